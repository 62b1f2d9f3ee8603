import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Redirect, useLocation } from 'wouter';
import { send } from '../../shared/api/client.ts';
import { type SignedInFragment, SignOutDocument } from '../../shared/api/gql/graphql.ts';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useShop } from '../shop.tsx';
import './account-page.css';
import { Addresses } from './addresses.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { Password } from './password.tsx';
import { Profile } from './profile.tsx';
import { Sessions } from './sessions.tsx';

/** What the shop knows of the viewer, and where they are signed in. */
export function AccountPage() {
  const { t } = useLingui();
  const { viewer } = useShop();
  const heading = usePage(t`Your account`);
  if (viewer === undefined) return <PageSkeleton />;
  if (viewer === null) return <Redirect to={paths.signIn(paths.account())} replace />;
  const { name } = viewer;
  return (
    <>
      <Header />
      <main className="account">
        <h1 ref={heading} tabIndex={-1}>
          <Trans>Ciao, {name}.</Trans>
        </h1>
        <p className="lead">
          {viewer.email} · <Link href={paths.orders()}>{t`Your orders`}</Link>
        </p>
        <Sections viewer={viewer} />
      </main>
    </>
  );
}

function Sections({ viewer }: { viewer: SignedInFragment }) {
  const { client, becomes } = useShop();
  const [, go] = useLocation();
  const signOut = async () => {
    await send(client, SignOutDocument, {});
    sessionStorage.clear(); // what was filled in is the viewer's
    go(paths.front());
    becomes(null);
  };
  return (
    <>
      <Profile key={viewer.id} viewer={viewer} />
      <Addresses viewer={viewer} />
      <Password />
      <Sessions />
      <section>
        <h2>
          <Trans>Goodbye</Trans>
        </h2>
        <div className="buttons">
          <button type="button" className="button" onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </button>
          <DeleteAccount />
        </div>
      </section>
    </>
  );
}
