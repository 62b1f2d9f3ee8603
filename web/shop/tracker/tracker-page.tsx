import { useEffect, useState } from 'react';
import { useLive } from '../../shared/live/use-live.ts';
import { forgetGuestOrder, guestToken } from '../orders/guest-orders.ts';
import { paths } from '../routes.ts';
import { Header } from '../shell/header.tsx';
import { Failed, NoSuchPage } from '../shell/no-page.tsx';
import { PageSkeleton } from '../shell/skeleton.tsx';
import { useShop } from '../shop.tsx';
import { type Access, accesses } from './access.rules.ts';
import { LinkIsOver, WhoseOrder } from './no-access.tsx';
import { OrderFeed } from './order.feed.ts';
import { Tracked } from './tracked.tsx';
import { useLinkToken } from './use-link-token.ts';
import './tracker-page.css';

/** Where an order is, live, for whoever has a right to see it. */
export function TrackerPage({ id }: { id: string }) {
  const { viewer, becomes } = useShop();
  const linkToken = useLinkToken(id);
  const [refused, refuse] = useState<readonly string[]>([]);
  if (viewer === undefined) return <PageSkeleton />;
  const all = accesses({ guestToken: guestToken(id), viewerId: viewer?.id, linkToken });
  const access = all.find((one) => !refused.includes(keyOf(one)));
  if (!access) return linkToken ? <LinkIsOver /> : viewer ? <NoSuchPage /> : <WhoseOrder />;
  const isNone = (code: string) => {
    if (code === 'UNAUTHENTICATED' && access.is === 'GUEST') forgetGuestOrder(id);
    if (code === 'UNAUTHENTICATED' && access.is === 'ACCOUNT') becomes(null); // the session has ended
    refuse((before) => [...before, keyOf(access)]);
  };
  return <Followed key={keyOf(access)} id={id} access={access} isNone={isNone} />;
}

const keyOf = (access: Access) => `${access.is} ${access.is === 'ACCOUNT' ? access.viewerId : access.token}`;

// What is answered where there is no right to the order, or none any more.
const none = ['NOT_FOUND', 'UNAUTHENTICATED', 'BAD_USER_INPUT'];

function Followed({ id, access, isNone }: { id: string; access: Access; isNone: (code: string) => void }) {
  const shop = useShop();
  const [order] = useState(() => new OrderFeed(shop, access, id));
  const [failure, fail] = useState<string | null>(null);
  const known = useLive(order.orders, ({ things }) => things.get(id));
  const load = async () => {
    fail(null);
    const code = await order.load();
    if (code && none.includes(code)) isNone(code);
    else fail(code);
  };
  useEffect(() => {
    void load();
    const wake = () => document.visibilityState === 'visible' && order.feed.wake();
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    const end = order.feed.start();
    return () => {
      end();
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it begins once, with the page
  }, [order]);
  if (known) {
    return (
      <>
        <Header home={paths.menu(known.location.slug)} />
        <Tracked order={known} source={order} />
      </>
    );
  }
  return failure ? <Failed code={failure} again={() => void load()} /> : <PageSkeleton />;
}
