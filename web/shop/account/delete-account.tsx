import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { send } from '../../shared/api/client.ts';
import { DeleteAccountDocument } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';

/** Forgets the viewer for good, who says so by the password. */
export function DeleteAccount() {
  const { i18n } = useLingui();
  const { client, becomes } = useShop();
  const [, go] = useLocation();
  const dialog = useRef<HTMLDialogElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const remove = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const { data, failure } = await send(client, DeleteAccountDocument, { input: { password } });
    const code = failure ?? data?.deleteAccount.userErrors[0]?.code ?? null;
    if (code) return setWrong(code);
    dialog.current?.close();
    sessionStorage.clear();
    go(paths.front());
    becomes(null);
  };
  return (
    <>
      <button type="button" className="button" onClick={() => dialog.current?.showModal()}>
        <Trans>Delete my account</Trans>
      </button>
      <dialog ref={dialog} aria-labelledby="delete">
        <h2 id="delete">
          <Trans>Delete your account?</Trans>
        </h2>
        <p>
          <Trans>We forget your name, your addresses and what you wrote. Only what was sold and paid stays in our books. This can't be undone.</Trans>
        </p>
        <form onSubmit={(event) => void remove(event)}>
          <label className="field">
            <Trans>Your password, once more</Trans>
            <input name="password" type="password" autoComplete="current-password" required maxLength={1000} />
          </label>
          {wrong && (
            <p className="wrong" role="alert">
              {wrong === 'UNAUTHENTICATED' ? <Trans>The password is wrong.</Trans> : refusal(i18n, wrong)}
            </p>
          )}
          <div className="buttons">
            <button type="button" className="button" onClick={() => dialog.current?.close()}>
              <Trans>Stay</Trans>
            </button>
            <button type="submit" className="button main">
              <Trans>Delete it for good</Trans>
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
