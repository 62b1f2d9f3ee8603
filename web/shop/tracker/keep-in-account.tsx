import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';

/** For a guest: what was told for this order is known the next time, and isn't written twice on the way. */
export function KeepInAccount({ orderId }: { orderId: string }) {
  const { viewer } = useShop();
  if (viewer) return null;
  return (
    <section className="keep" aria-labelledby="keep">
      <h2 id="keep">
        <Trans>Again soon?</Trans>
      </h2>
      <p>
        <Trans>An account keeps your name, phone and address for the next order. All it needs is an e-mail address and a password.</Trans>
      </p>
      <Link className="button" href={paths.signUp(paths.order(orderId))}>
        <Trans>Keep them in an account</Trans>
      </Link>
    </section>
  );
}
