import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { useLive } from '../../shared/live/use-live.ts';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { Failed, NoSuchPage } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { usePage } from '../shell/use-page.ts';
import { useShop } from '../shop.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { OrderFeed } from './order.feed.ts';
import { Tracked } from './tracked.tsx';
import './tracker-page.css';

/** Where an order is, live. */
export function TrackerPage({ id }: { id: string }) {
  const { viewer } = useShop();
  if (viewer === undefined) return <PageSkeleton />;
  return viewer ? <Followed key={viewer.id} id={id} /> : <WhoseOrder />;
}

function WhoseOrder() {
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
          <Trans>Sign in, and see where it is.</Trans>
        </p>
        <SignIn />
      </main>
    </>
  );
}

function Followed({ id }: { id: string }) {
  const { client, socket } = useShop();
  const [order] = useState(() => new OrderFeed(client, socket, id));
  const [failure, fail] = useState<string | null>(null);
  const known = useLive(order.orders, ({ things }) => things.get(id));
  const load = () => {
    fail(null);
    void order.load().then(fail);
  };
  useEffect(() => {
    void order.load().then(fail);
    const wake = () => document.visibilityState === 'visible' && order.feed.wake();
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    const end = order.feed.start();
    return () => {
      end();
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [order]);
  if (known) {
    return (
      <>
        <Header home={paths.menu(known.location.slug)} />
        <Tracked order={known} source={order} />
      </>
    );
  }
  if (failure === 'NOT_FOUND' || failure === 'BAD_USER_INPUT') return <NoSuchPage />;
  return failure ? <Failed code={failure} again={load} /> : <PageSkeleton />;
}
