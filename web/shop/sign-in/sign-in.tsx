import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { SignInDocument, type SignInMutation, SignUpDocument, UpdateProfileDocument } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import type { CheckoutForm } from '../checkout/checkout.rules.ts';
import { useShop } from '../shop.tsx';
import './sign-in.css';

type Outcome = SignInMutation['signIn'];

/** What is known already of somebody who is to have an account: it is filled in, and what is left of it is kept. */
export type Newcomer = Partial<Pick<CheckoutForm, 'name' | 'phone' | 'email' | 'street' | 'postalCode' | 'city' | 'notes'>>;

/** Signs somebody in, or up, on whatever page it stands. Whoever is signed in then, the shop knows. */
export function SignIn({ newcomer }: { newcomer?: Newcomer | undefined }) {
  const [isNew, setNew] = useState(newcomer !== undefined);
  const { t } = useLingui();
  return (
    <div className="sign-in">
      <div className="choices" role="radiogroup" aria-label={t`Your account`}>
        <label>
          <input type="radio" name="account" checked={!isNew} onChange={() => setNew(false)} />
          <span>
            <b>
              <Trans>I have an account</Trans>
            </b>
          </span>
        </label>
        <label>
          <input type="radio" name="account" checked={isNew} onChange={() => setNew(true)} />
          <span>
            <b>
              <Trans>I am new here</Trans>
            </b>
          </span>
        </label>
      </div>
      {isNew ? <SignUpForm newcomer={newcomer} /> : <SignInForm />}
    </div>
  );
}

function SignInForm() {
  const { client, settings } = useShop();
  const { wrong, isBusy, submit } = useSigning(async (field) => {
    const { data, failure } = await send(client, SignInDocument, { input: { email: field('email'), password: field('password') } });
    return data?.signIn ?? failure ?? 'INTERNAL_SERVER_ERROR';
  });
  return (
    <form onSubmit={submit}>
      <label className="field">
        <Trans>E-mail</Trans>
        <input name="email" type="email" autoComplete="username" required maxLength={320} />
      </label>
      <label className="field">
        <Trans>Password</Trans>
        <input name="password" type="password" autoComplete="current-password" required maxLength={1000} />
      </label>
      {settings.demo && (
        <p className="hint">
          <Trans>In the demo: customer@example.com, pizzeria-demo</Trans>
        </p>
      )}
      <Wrong code={wrong} isSignIn />
      <button type="submit" className="button main" disabled={isBusy}>
        <Trans>Sign in</Trans>
      </button>
    </form>
  );
}

function SignUpForm({ newcomer = {} }: { newcomer: Newcomer | undefined }) {
  const { client } = useShop();
  const { name, phone, email, street, postalCode, city, notes } = newcomer;
  const { wrong, message, isBusy, submit } = useSigning(async (field) => {
    const input = { name: field('name'), phone: field('phone') || null, email: field('email'), password: field('password') };
    const { data, failure } = await send(client, SignUpDocument, { input });
    if (!data?.signUp.viewer || !street || !postalCode || !city) return data?.signUp ?? failure ?? 'INTERNAL_SERVER_ERROR';
    const addresses = [{ street, postalCode, city, notes: notes || null }];
    const kept = await send(client, UpdateProfileDocument, { input: { addresses } });
    return kept.data?.updateProfile.viewer ? kept.data.updateProfile : data.signUp; // without the address it is an account, too
  });
  return (
    <form onSubmit={submit}>
      <label className="field">
        <Trans>Name</Trans>
        <input name="name" autoComplete="name" required maxLength={200} defaultValue={name} />
      </label>
      <label className="field">
        <Trans>
          Phone <i>for questions about your order</i>
        </Trans>
        <input name="phone" type="tel" autoComplete="tel" maxLength={40} defaultValue={phone} />
      </label>
      <label className="field">
        <Trans>E-mail</Trans>
        <input name="email" type="email" autoComplete="username" required maxLength={320} defaultValue={email} />
      </label>
      <label className="field">
        <Trans>
          Password <i>10 characters or more</i>
        </Trans>
        <input name="password" type="password" autoComplete="new-password" required minLength={10} maxLength={1000} />
      </label>
      <Wrong code={wrong} message={message} />
      <button type="submit" className="button main" disabled={isBusy}>
        <Trans>Make my account</Trans>
      </button>
    </form>
  );
}

function Wrong({ code, message, isSignIn }: { code: string | null; message?: string | null; isSignIn?: true }) {
  const { i18n } = useLingui();
  if (!code) return null;
  return (
    <p className="wrong" role="alert">
      {code === 'UNAUTHENTICATED' && isSignIn ? <Trans>E-mail address or password is wrong.</Trans> : refusal(i18n, code)}
      {code === 'BAD_USER_INPUT' && message && (
        <>
          {' '}
          <span lang="en">{message}</span>
        </>
      )}
    </p>
  );
}

function useSigning(ask: (field: (name: string) => string) => Promise<Outcome | string>) {
  const { becomes } = useShop();
  const [wrong, setWrong] = useState<{ code: string; message: string | null } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const outcome = await ask((name) => String(fields.get(name) ?? ''));
    setBusy(false);
    if (typeof outcome === 'string') return setWrong({ code: outcome, message: null });
    const [error] = outcome.userErrors;
    if (error) return setWrong(error);
    if (outcome.viewer) becomes(outcome.viewer);
  };
  return { wrong: wrong?.code ?? null, message: wrong?.message ?? null, isBusy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) };
}
