import { Trans, useLingui } from '@lingui/react/macro';
import { Redirect, useSearch } from 'wouter';
import { keptDraft } from '../checkout/use-draft.ts';
import { backOf } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { usePage } from '../shell/use-page.ts';
import { useShop } from '../shop.tsx';
import { SignIn } from './sign-in.tsx';

/** Leads back to where one came from, once one is signed in. */
export function SignInPage() {
  const { t } = useLingui();
  const { viewer } = useShop();
  const heading = usePage(t`Sign in`);
  const search = useSearch();
  if (viewer) return <Redirect to={backOf(search)} replace />;
  return (
    <>
      <Header />
      <main className="sign-in-page">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Good to see you.</Trans>
        </h1>
        <p>
          <Trans>Your addresses and your orders are where you left them.</Trans>
        </p>
        <SignIn newcomer={new URLSearchParams(search).has('new') ? keptDraft() : undefined} />
      </main>
    </>
  );
}
