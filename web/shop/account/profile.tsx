import { Trans } from '@lingui/react/macro';
import type { FormEvent } from 'react';
import { send } from '../../shared/api/client.ts';
import { type SignedInFragment, UpdateProfileDocument, type UpdateProfileInput } from '../../shared/api/gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { Saved } from './saved.tsx';
import { type Done, useSaving } from './use-saving.ts';

/** Changes what the account says of its owner. */
export function useProfile() {
  const { client, becomes } = useShop();
  return async (input: UpdateProfileInput): Promise<Done> => {
    const { data, failure } = await send(client, UpdateProfileDocument, { input });
    if (data?.updateProfile.viewer) becomes(data.updateProfile.viewer);
    return failure ?? data?.updateProfile.userErrors[0]?.code ?? null;
  };
}

export function Profile({ viewer }: { viewer: SignedInFragment }) {
  const saving = useSaving();
  const change = useProfile();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const phone = String(fields.get('phone')).trim();
    void saving.save(() => change({ name: String(fields.get('name')), phone: phone || null }));
  };
  return (
    <section>
      <h2>
        <Trans>You</Trans>
      </h2>
      <form className="pair" onSubmit={submit}>
        <label className="field">
          <Trans>Name</Trans>
          <input name="name" autoComplete="name" required maxLength={200} defaultValue={viewer.name} />
        </label>
        <label className="field">
          <Trans>Phone</Trans>
          <input name="phone" type="tel" autoComplete="tel" maxLength={40} defaultValue={viewer.phone ?? ''} />
        </label>
        <button type="submit" className="button" disabled={saving.isBusy}>
          <Trans>Save</Trans>
        </button>
        <Saved {...saving} />
      </form>
    </section>
  );
}
