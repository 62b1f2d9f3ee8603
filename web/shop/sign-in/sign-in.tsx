import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
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
  const { wrong, isBusy, submit } = useSigning(async (typed) => {
    const { data, failure } = await send(client, SignInDocument, { input: { email: typed('email'), password: typed('password') } });
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
  const { wrong, field, isBusy, submit } = useSigning(async (typed) => {
    const input = { name: typed('name'), phone: typed('phone') || null, email: typed('email'), password: typed('password') };
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
      <Wrong code={wrong} field={field} />
      <button type="submit" className="button main" disabled={isBusy}>
        <Trans>Make my account</Trans>
      </button>
    </form>
  );
}

// What each field asks for, where the server refuses what is written into it.
const fields = {
  name: msg`Tell us your name, on one line.`,
  phone: msg`Write the phone number with five digits at least, or leave it out.`,
  email: msg`The e-mail address isn't complete.`,
  password: msg`Take another password: 10 characters or more, and none of the first that somebody would try.`,
} as const satisfies Record<string, MessageDescriptor>;

const isField = (name: string | undefined): name is keyof typeof fields => name !== undefined && Object.hasOwn(fields, name);

function Wrong({ code, field, isSignIn }: { code: string | null; field?: keyof typeof fields | null; isSignIn?: true }) {
  const { i18n } = useLingui();
  if (!code) return null;
  return (
    <p className="wrong" role="alert">
      {code === 'UNAUTHENTICATED' && isSignIn ? <Trans>E-mail address or password is wrong.</Trans> : refusal(i18n, code)}
      {field && <> {i18n._(fields[field])}</>}
    </p>
  );
}

function useSigning(ask: (typed: (name: string) => string) => Promise<Outcome | string>) {
  const { becomes } = useShop();
  const [wrong, setWrong] = useState<{ code: string; field: keyof typeof fields | null } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    const outcome = await ask((name) => String(fields.get(name) ?? ''));
    setBusy(false);
    if (typeof outcome === 'string') return setWrong({ code: outcome, field: null });
    const [error] = outcome.userErrors;
    const name = error?.code === 'BAD_USER_INPUT' ? error.path?.[0] : undefined;
    if (error) return setWrong({ code: error.code, field: isField(name) ? name : null });
    if (outcome.viewer) becomes(outcome.viewer);
  };
  return { wrong: wrong?.code ?? null, field: wrong?.field ?? null, isBusy, submit: (event: FormEvent<HTMLFormElement>) => void submit(event) };
}
