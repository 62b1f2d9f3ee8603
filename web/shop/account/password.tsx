import { Trans } from '@lingui/react/macro';
import type { FormEvent } from 'react';
import { send } from '../../shared/api/client.ts';
import { ChangePasswordDocument } from '../../shared/api/gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { Saved } from './saved.tsx';
import { useSaving } from './use-saving.ts';

/** Another password; all other sessions end. */
export function Password() {
  const { client, socket } = useShop();
  const { save, code, wrong, isBusy, isDone } = useSaving();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    const input = { currentPassword: String(fields.get('current')), newPassword: String(fields.get('new')) };
    const done = await save(async () => {
      const { data, failure } = await send(client, ChangePasswordDocument, { input });
      return failure ?? data?.changePassword.userErrors[0]?.code ?? null;
    });
    if (!done) return;
    form.reset();
    socket.renew();
  };
  return (
    <section>
      <h2>
        <Trans>Password</Trans>
      </h2>
      <form className="pair" onSubmit={(event) => void submit(event)}>
        <label className="field">
          <Trans>The present one</Trans>
          <input name="current" type="password" autoComplete="current-password" required maxLength={1000} />
        </label>
        <label className="field">
          <Trans>
            The new one <i>10 characters or more</i>
          </Trans>
          <input name="new" type="password" autoComplete="new-password" required minLength={10} maxLength={1000} />
        </label>
        <button type="submit" className="button" disabled={isBusy}>
          <Trans>Change it</Trans>
        </button>
        {code === 'UNAUTHENTICATED' ? (
          <p className="wrong" role="alert">
            <Trans>The present password is wrong.</Trans>
          </p>
        ) : (
          <Saved isDone={isDone} wrong={wrong} />
        )}
      </form>
    </section>
  );
}
