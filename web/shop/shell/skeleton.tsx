import { Trans } from '@lingui/react/macro';
import './skeleton.css';

/** Where a page will be. */
export function PageSkeleton() {
  return (
    <main className="skeleton" aria-busy="true">
      <p className="unseen">
        <Trans>One moment…</Trans>
      </p>
      <i />
      <i />
      <i />
      <i />
    </main>
  );
}
