import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { guestOrders } from '../orders/guest-orders.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';
import { Mark } from './mark.tsx';
import './header.css';

/** The top of each page: where one is, who one is, and what the page adds. */
export function Header({ home = paths.front(), children }: { home?: string; children?: ReactNode }) {
  const { viewer } = useShop();
  const { t } = useLingui();
  const [here] = useLocation();
  return (
    <header className="top">
      <Link className="brand" href={home}>
        <Mark />
        <span>Mario’s</span>
      </Link>
      {children}
      <nav className="me" aria-label={t`You`}>
        {viewer === null && (
          <>
            {guestOrders().length > 0 && (
              <Link href={paths.orders()}>
                <Trans>Orders</Trans>
              </Link>
            )}
            <Link href={paths.signIn(here)}>
              <Trans>Sign in</Trans>
            </Link>
          </>
        )}
        {viewer && (
          <>
            <Link href={paths.orders()}>
              <Trans>Orders</Trans>
            </Link>
            <Link href={paths.account()}>
              <Trans>Account</Trans>
            </Link>
          </>
        )}
      </nav>
    </header>
  );
}
