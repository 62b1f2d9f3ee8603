import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { paths } from '../routes.ts';
import type { CheckoutForm, Field } from './checkout.rules.ts';

type Fields = Pick<CheckoutForm, 'name' | 'phone' | 'email'>;

/** Whom we turn to about an order of somebody without an account; those who have one sign in instead. */
export function ContactFields({ form, set, lacking, back }: {
  form: Fields;
  set: (part: Partial<Fields>) => void;
  lacking: readonly Field[];
  back: string;
}) {
  const { t } = useLingui();
  const wrong: Readonly<Partial<Record<Field, string>>> = {
    name: t`Tell us a name, to call out or to ring for.`,
    phone: t`Tell us a phone number, for questions about this order.`,
    email: t`An e-mail address looks like nora@example.org. You may leave it out.`,
  };
  const first = lacking.find((field) => field in wrong);
  const field = (name: keyof Fields) => ({
    name,
    value: form[name],
    'aria-invalid': lacking.includes(name),
    'aria-describedby': name === first ? 'lacking-contact' : undefined,
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
  return (
    <>
      <p className="instead">
        <Trans>Have an account?</Trans>{' '}
        <Link href={paths.signIn(back)}>
          <Trans>Sign in</Trans>
        </Link>
      </p>
      <div className="grid">
        <label className="field">
          <Trans>Name</Trans>
          <input autoComplete="name" required maxLength={200} {...field('name')} />
        </label>
        <label className="field">
          <Trans>Phone</Trans>
          <input type="tel" autoComplete="tel" required maxLength={40} {...field('phone')} />
        </label>
        <label className="field all">
          <Trans>
            E-mail <i>if you like</i>
          </Trans>
          <input type="email" autoComplete="email" maxLength={320} {...field('email')} />
        </label>
      </div>
      {first && (
        <p className="wrong" id="lacking-contact" role="alert">
          {wrong[first]}
        </p>
      )}
    </>
  );
}
