import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from 'wouter';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import '../shell/no-page.css';
import { usePage } from '../shell/use-page.ts';
import { useShop } from '../shop.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';

/** An order that a visitor has no right to see, as far as is known here. */
export function WhoseOrder() {
  const { t } = useLingui();
  const heading = usePage(t`Your order`);
  return (
    <>
      <Header />
      <main className="sign-in-page">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Is this your order?</Trans>
        </h1>
        <p>
          <Trans>Sign in, and see where it is. What was ordered without an account is shown on the device that ordered it, for a week.</Trans>
        </p>
        <SignIn />
      </main>
    </>
  );
}

/** A link that shows its order no more, or never did. */
export function LinkIsOver() {
  const { t } = useLingui();
  const { viewer } = useShop();
  const [here] = useLocation();
  const heading = usePage(t`Link to an order`);
  return (
    <>
      <Header />
      <main className="no-page">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>This link shows nothing any more.</Trans>
        </h1>
        <p>
          <Trans>A link to an order works for seven days, and only as a whole. Ask for it once more where you got it from.</Trans>
        </p>
        <Link className="button main" href={paths.front()}>
          <Trans>To the menu</Trans>
        </Link>
        {!viewer && (
          <p>
            <Link href={paths.signIn(here)}>
              <Trans>It is my own order: sign in</Trans>
            </Link>
          </p>
        )}
      </main>
    </>
  );
}
