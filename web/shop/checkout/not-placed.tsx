import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { bare, money } from '../../shared/money/money.ts';
import type { Menu } from '../menu/menu.feed.ts';
import type { Refusal } from './placing.ts';
import type { Placing } from './use-placing.ts';

/** Why there is no order, or that it isn't known whether there is; and what to do. */
export function NotPlaced({ outcome, place, menu, lacks, again }: {
  outcome: Placing['outcome'];
  place: PlaceFragment;
  menu: Menu;
  lacks: number;
  again: () => void;
}) {
  const { i18n } = useLingui();
  useEffect(() => {
    if (outcome?.is === 'REFUSED') void menu.load(); // what we showed was old
  }, [outcome, menu]);
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
  return (
    <p className="notice bad" role="alert">
      {outcome.is === 'FAILED' ? refusal(i18n, outcome.code) : <Why why={outcome.why} place={place} menu={menu} />}
    </p>
  );
}

function Why({ why, place, menu }: { why: Refusal; place: PlaceFragment; menu: Menu }) {
  const { i18n } = useLingui();
  if (why.__typename === 'PriceChangedError') {
    const total = money(why.total, place, i18n.locale);
    return <Trans>It costs {total} now. Nothing was ordered: look over it, and order again.</Trans>;
  }
  if (why.__typename === 'InsufficientStockError') {
    const things = menu.dishes.picture().things;
    const names = why.menuItemIds.map((id) => things.get(id)?.name).filter(Boolean).join(', ');
    return <Trans>Not enough is left: {names}. Nothing was ordered.</Trans>;
  }
  return refusal(i18n, why.code);
}
