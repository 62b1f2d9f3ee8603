import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { bare, money } from '../../shared/money/money.ts';
import { reachInWords } from '../menu/deal-words.ts';
import type { Menu } from '../menu/menu.feed.ts';
import { paths } from '../routes.ts';
import { CartLineRow } from './cart-line.tsx';
import './cart-panel.css';
import { keyOf, orderable } from './cart.rules.ts';
import { Promised } from './promised.tsx';
import { Sums } from './sums.tsx';
import { missing } from './totals.rules.ts';
import { useReviewed } from './use-reviewed.ts';

/** Beside the menu: what is chosen, and what it comes to. */
export function CartPanel({ place, menu }: { place: PlaceFragment; menu: Menu }) {
  return (
    <aside className="cart" aria-labelledby="cart">
      <h2 id="cart">
        <Trans>Your order</Trans>
      </h2>
      <CartContent place={place} menu={menu} />
    </aside>
  );
}

/** The cart itself, beside the menu or on a page of its own. */
export function CartContent({ place, menu }: { place: PlaceFragment; menu: Menu }) {
  const { i18n } = useLingui();
  const { basket, lines, preview, isCurrent, failure } = useReviewed(place, menu);
  const isLoaded = useLive(menu.dishes, ({ cursor }) => cursor !== '');
  const dishes = useLive(menu.dishes, ({ things }) => things);
  if (!basket.lines.length) {
    return (
      <p className="empty">
        <Trans>Nothing yet. What you add waits here, also if you close the page.</Trans>
      </p>
    );
  }
  if (!isLoaded) return <p className="empty" aria-busy="true" />;
  const lacks = preview ? missing(place.minimumOrder, preview.totals, basket.fulfillment) : 0;
  const closed = preview?.problems.find(({ code }) => code === 'SERVICE_CLOSED' || code === 'SERVICE_PAUSED');
  const more = bare(lacks, place, i18n.locale);
  return (
    <>
      <ul className="lines">
        {lines.map((line) => (
          <CartLineRow key={keyOf(line.line)} reviewed={line} place={place} />
        ))}
      </ul>
      {orderable(lines).length > 0 && <Sums place={place} preview={preview} isCurrent={isCurrent} fulfillment={basket.fulfillment} />}
      {preview?.promise && (
        <p className="promised">
          {basket.fulfillment === 'DELIVERY' ? <Trans>At your door</Trans> : <Trans>Ready</Trans>} <Promised place={place} promise={preview.promise} />
        </p>
      )}
      {closed && (
        <p className="notice" role="status">
          {refusal(i18n, closed.code)}
        </p>
      )}
      {failure && (
        <p className="notice" role="status">
          {refusal(i18n, failure)}
        </p>
      )}
      {preview?.withinReach.slice(0, 2).map(({ id, name, reward, lacks: missing }) => (
        <p key={id} className="reach">
          {reachInWords({ i18n, place, dishes }, name, reward, missing)}
        </p>
      ))}
      {lacks > 0 && (
        <p className="notice">
          <Trans>{more} more, and we deliver. Or pick it up.</Trans>
        </p>
      )}
      {orderable(lines).length > 0 && (
        <Link className="button main wide" href={paths.checkout(place.slug)}>
          <Trans>Checkout</Trans>
          {preview && (
            <>
              {' · '}
              <span className="number">{money(preview.totals.total, place, i18n.locale)}</span>
            </>
          )}
        </Link>
      )}
    </>
  );
}
