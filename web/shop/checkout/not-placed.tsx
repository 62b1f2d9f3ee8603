import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { bare, money } from '../../shared/money/money.ts';
import { useIsOffline } from '../../shared/live/use-is-offline.ts';
import { wallDate } from '../../shared/time/time.ts';
import type { Menu } from '../menu/menu.feed.ts';
import type { Refusal } from './placing.ts';
import type { Placing } from './use-placing.ts';

/** Why there is no order, or that it isn't known whether there is; and what to do. */
export function NotPlaced({ placing: { isBusy, isHeld, outcome, shown, again, withdraw }, place, menu, lacks, choose }: {
  placing: Placing;
  place: PlaceFragment;
  menu: Menu;
  lacks: number;
  choose: (at: string) => void;
}) {
  const { i18n } = useLingui();
  useEffect(() => {
    if (outcome?.is === 'REFUSED') void menu.load(); // what we showed was old
  }, [outcome, menu]);
  const isOffline = useIsOffline();
  if (isOffline && isHeld) {
    return (
      <div className="notice" role="status">
        <p>
          <Trans>No network: nothing was sent. Your order waits on this device, and is sent once when the network is back.</Trans>
        </p>
        <button type="button" className="button" onClick={withdraw}>
          <Trans>Don't order</Trans>
        </button>
      </div>
    );
  }
  if (isOffline && isBusy) {
    return (
      <p className="notice" role="status">
        <Trans>No network: we don't know yet whether your order has arrived. When the network is back, this page asks; it is never ordered twice.</Trans>
      </p>
    );
  }
  if (isOffline && !outcome) {
    return (
      <p className="notice" role="status">
        <Trans>No network. What you order now is sent once, when the network is back.</Trans>
      </p>
    );
  }
  if (!outcome && lacks > 0) {
    const more = bare(lacks, place, i18n.locale);
    return (
      <p className="notice">
        <Trans>{more} more, and we deliver. Or pick it up.</Trans>
      </p>
    );
  }
  if (!outcome) return null;
  if (outcome.is === 'UNKNOWN') {
    return (
      <div className="notice" role="alert">
        <p>
          <Trans>We don't know yet whether your order has arrived. Ask again: it is never ordered twice.</Trans>
        </p>
        <button type="button" className="button" onClick={again}>
          <Trans>Ask again</Trans>
        </button>
      </div>
    );
  }
  const next = outcome.is === 'REFUSED' && outcome.why.__typename === 'SlotUnavailableError' ? outcome.why.nextSlot : null;
  const at = next && wallDate(next.start, place.timeZone, i18n.locale);
  return (
    <div className="notice bad" role="alert">
      <p>{outcome.is === 'FAILED' ? refusal(i18n, outcome.code) : <Why why={outcome.why} place={place} menu={menu} shown={shown} />}</p>
      {next && (
        <button type="button" className="button" onClick={() => choose(next.start)}>
          <Trans>Take {at}</Trans>
        </button>
      )}
    </div>
  );
}

function Why({ why, place, menu, shown }: { why: Refusal; place: PlaceFragment; menu: Menu; shown: number | null }) {
  const { i18n } = useLingui();
  if (why.__typename === 'PriceChangedError') {
    const now = money(why.total, place, i18n.locale);
    const before = shown === null ? '–' : money(shown, place, i18n.locale);
    return (
      <Trans>
        The price has changed: {before} → {now}. Nothing was ordered: look over it, and order again.
      </Trans>
    );
  }
  if (why.__typename === 'InsufficientStockError') {
    const things = menu.dishes.picture().things;
    const names = why.menuItemIds.map((id) => things.get(id)?.name).filter(Boolean).join(', ');
    return <Trans>Not enough is left: {names}. Nothing was ordered.</Trans>;
  }
  if (why.code === 'LIMIT_REACHED' && why.path?.at(-1) === 'paymentMethod') return <Trans>Until your first order has arrived, pay by card. Nothing was ordered.</Trans>;
  return refusal(i18n, why.code);
}
