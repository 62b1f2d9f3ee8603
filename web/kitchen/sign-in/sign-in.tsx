import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { useClient } from 'urql';
import { send } from '../../shared/api/client.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { SignInDocument, SignOutDocument } from '../gql/graphql.ts';
import { useScreen } from '../screen.tsx';
import './sign-in.css';

/** Who works at the screen signs in with an account of the staff. A screen that is paired comes in by a code instead, here. */
export function SignIn() {
  const { ask } = useScreen();
  const { i18n } = useLingui();
  const client = useClient();
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const { data, failure } = await send(client, SignInDocument, { input: { email: String(fields.get('email')), password: String(fields.get('password')) } });
    setBusy(false);
    const code = failure ?? data?.signIn.userErrors[0]?.code ?? null;
    setWrong(code);
    if (!code) ask();
  };
  return (
    <main className="sign-in">
      <h1>
        <Trans>Kitchen</Trans>
      </h1>
      <p>
        <Trans>Sign in with the account that you work with. What was tapped on this screen is kept.</Trans>
      </p>
      <form onSubmit={(event) => void submit(event)}>
        <label className="field">
          <Trans>E-mail</Trans>
          <input name="email" type="email" autoComplete="username" required maxLength={320} />
        </label>
        <label className="field">
          <Trans>Password</Trans>
          <input name="password" type="password" autoComplete="current-password" required maxLength={1000} />
        </label>
        {wrong && (
          <p className="wrong" role="alert">
            {wrong === 'UNAUTHENTICATED' ? <Trans>E-mail address or password is wrong.</Trans> : refusal(i18n, wrong)}
          </p>
        )}
        <button type="submit" className="button main" disabled={isBusy}>
          <Trans>Sign in</Trans>
        </button>
      </form>
    </main>
  );
}

/** An account that works in no kitchen. */
export function Stranger({ name }: { name: string }) {
  return (
    <main className="sign-in">
      <h1>
        <Trans>Kitchen</Trans>
      </h1>
      <p role="alert">
        <Trans>{name}'s account doesn't work in a kitchen.</Trans>
      </p>
      <SignOut />
    </main>
  );
}

export function SignOut() {
  const { ask, disk } = useScreen();
  const client = useClient();
  const leave = async () => {
    const { failure } = await send(client, SignOutDocument, {});
    if (failure) return; // whoever is offline stays
    ask();
    await disk.write({ board: null }).catch(() => undefined); // nothing of it was kept then
  };
  return (
    <button type="button" className="button" onClick={() => void leave()}>
      <Trans>Sign out</Trans>
    </button>
  );
}
