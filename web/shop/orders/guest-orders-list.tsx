import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { paths } from '../routes.ts';
import type { GuestOrder } from './guest-orders.rules.ts';

/** What was ordered on this device without an account: where each is, its page tells. */
export function GuestOrders({ orders, isSignedIn }: { orders: readonly GuestOrder[]; isSignedIn: boolean }) {
  const { i18n } = useLingui();
  const day = new Intl.DateTimeFormat(i18n.locale, { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  return (
    <>
      <ul className="orders">
        {orders.map(({ id, number, place, at }) => (
          <li key={id}>
            <div>
              <h2>
                <Link href={paths.order(id)}>
                  <Trans>Order {number}</Trans>
                </Link>
              </h2>
              <p>
                {day.format(new Date(at))} · {place}
              </p>
              {isSignedIn && (
                <p className="tag">
                  <Trans>without your account</Trans>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <p>
        {isSignedIn ? (
          <Trans>What was ordered on this device without your account is shown here alone, for a week.</Trans>
        ) : (
          <>
            <Trans>Ordered on this device, without an account: they are shown for a week.</Trans>{' '}
            <Link href={paths.signIn(paths.orders())}>
              <Trans>Sign in, and see all of an account.</Trans>
            </Link>
          </>
        )}
      </p>
    </>
  );
}
