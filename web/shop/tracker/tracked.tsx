import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import type { TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { useConnection } from '../../shared/live/use-live.ts';
import { Promised } from '../cart/promised.tsx';
import { wallDate, wallTime } from '../../shared/time/time.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { usePage } from '../shell/use-page.ts';
import { Actions } from './actions.tsx';
import { PendingAmendment } from './amend.tsx';
import type { OrderFeed } from './order.feed.ts';
import { PaymentNeeded } from './payment-needed.tsx';
import { promised, type Stage, stages } from './tracker.rules.ts';
import { What } from './what.tsx';
import { headline, stageNames } from './words.ts';

/** An order as its events tell it. */
export function Tracked({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { t, i18n } = useLingui();
  const { number, status, fulfillment, deliveryAddress, location } = order;
  const heading = usePage(t`Order ${number}`);
  const says = i18n._(headline(status, fulfillment));
  const before = useRef(status);
  useEffect(() => {
    if (before.current !== status) announce(says);
    before.current = status;
  }, [status, says]);
  const promise = promised(order);
  const day = order.scheduledFor && wallDate(order.scheduledFor, location.timeZone, i18n.locale);
  const street = deliveryAddress?.street ?? '';
  const shop = location.name;
  return (
    <main className="tracker">
      <section className="now">
        <p className="which">
          <Trans>Order {number}</Trans> · {fulfillment === 'DELIVERY' ? <Trans>Delivery to {street}</Trans> : <Trans>Pickup at {shop}</Trans>}
        </p>
        <h1 ref={heading} tabIndex={-1}>
          {says}
        </h1>
        {promise && (
          <p className="when">
            {fulfillment === 'DELIVERY' ? <Trans>At your door</Trans> : <Trans>Ready</Trans>}{' '}
            <Promised place={location} promise={promise} />
            {day && (
              <small>
                <Trans>ordered for {day}</Trans>
              </small>
            )}
          </p>
        )}
        <PaymentNeeded order={order} source={source} />
        <PendingAmendment order={order} source={source} />
      </section>
      <ol className="way" aria-label={t`So far, and still to come`}>
        {stages(order).map((stage, i) => (
          <StageRow key={`${i} ${stage.type}`} stage={stage} timeZone={location.timeZone} />
        ))}
      </ol>
      <What order={order} isOwn={source.access.is !== 'LINK'} />
      <Actions order={order} source={source} />
      <LiveLine source={source} timeZone={location.timeZone} />
    </main>
  );
}

function StageRow({ stage: { type, is, at, reason, isByItself }, timeZone }: { stage: Stage; timeZone: string }) {
  const { i18n } = useLingui();
  const time = at && wallTime(at, timeZone, i18n.locale);
  return (
    <li className={is.toLowerCase()} aria-current={is === 'HERE' ? 'step' : undefined}>
      <b>{i18n._(stageNames[type])}</b>
      {is === 'GUESSED' && (
        <span className="unseen">
          <Trans>still to come</Trans>
        </span>
      )}
      {time && (
        <time className="number" dateTime={at}>
          {is === 'GUESSED' && '≈ '}
          {time}
        </time>
      )}
      {reason && <small>{reason}</small>}
      {isByItself && <small>{type === 'CANCELLED' ? <Trans>It wasn't paid in time.</Trans> : <Trans>The payment didn't go through.</Trans>}</small>}
    </li>
  );
}

/** Whether what is shown is what is. */
function LiveLine({ source, timeZone }: { source: OrderFeed; timeZone: string }) {
  const { i18n } = useLingui();
  const connection = useConnection(source.feed);
  const since = connection.is === 'broken' && connection.since ? wallTime(connection.since, timeZone, i18n.locale) : null;
  return (
    <p className={connection.is === 'live' ? 'live is-live' : 'live'} role="status">
      {connection.is === 'live' ? (
        <Trans>Live. Every stage with a time has happened; what is dotted is our estimate.</Trans>
      ) : since ? (
        <Trans>Not live since {since}. We are trying again.</Trans>
      ) : connection.is === 'connecting' ? (
        <Trans>Connecting…</Trans>
      ) : (
        <Trans>Not live. Reload the page to see what is new.</Trans>
      )}
    </p>
  );
}
