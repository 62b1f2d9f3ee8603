import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useIsOffline } from '../../shared/live/use-is-offline.ts';
import { paths } from '../routes.ts';
import './skeleton.css';

/** Where a page will be. */
export function PageSkeleton() {
  const isOffline = useIsOffline();
  return (
    <main className="skeleton" aria-busy="true">
      <p className={isOffline ? 'notice' : 'unseen'} role="status">
        {isOffline ? <Trans>No network: this page comes when it is back. Your cart is kept.</Trans> : <Trans>One moment…</Trans>}
      </p>
      {isOffline && (
        <Link className="button" href={paths.front()}>
          <Trans>To the menu</Trans>
        </Link>
      )}
      <i />
      <i />
      <i />
      <i />
    </main>
  );
}
