import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { refusal } from '../../shared/api/refusals.ts';
import { paths } from '../routes.ts';
import { Header } from './header.tsx';
import './no-page.css';
import { usePage } from './use-page.ts';

/** An address that leads nowhere. */
export function NoSuchPage() {
  const { t } = useLingui();
  const heading = usePage(t`No such page`);
  return (
    <>
      <Header />
      <main className="no-page">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Nothing on this plate.</Trans>
        </h1>
        <p>
          <Trans>There is no such page, or it isn't yours to see.</Trans>
        </p>
        <Link className="button main" href={paths.front()}>
          <Trans>To the menu</Trans>
        </Link>
      </main>
    </>
  );
}

/** A page whose answer didn't come. */
export function Failed({ code, again }: { code: string; again: () => void }) {
  const { i18n } = useLingui();
  return (
    <main className="no-page">
      <h1>
        <Trans>That didn't work.</Trans>
      </h1>
      <p role="alert">{refusal(i18n, code)}</p>
      <button className="button main" type="button" onClick={again}>
        <Trans>Try again</Trans>
      </button>
    </main>
  );
}

/** A page that broke: a fault of ours. */
export function Broken() {
  return (
    <main className="no-page">
      <h1>
        <Trans>We dropped this plate.</Trans>
      </h1>
      <p role="alert">
        <Trans>Something broke on this page. Your cart is kept, and nothing was sent twice.</Trans>
      </p>
      <button className="button main" type="button" onClick={() => location.reload()}>
        <Trans>Reload</Trans>
      </button>
    </main>
  );
}
