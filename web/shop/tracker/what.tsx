import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import { DishPicture } from '../dish/dish-picture.tsx';
import { chosenOf } from '../cart/cart.rules.ts';
import { TotalRows } from '../cart/total-rows.tsx';
import { Chosen, lineName } from '../dish/chosen.tsx';
import { sizeName } from '../dish/sizes.ts';
import { useShop } from '../shop.tsx';
import { useLive } from '../../shared/live/use-live.ts';

/** What is coming, and what it cost; for who ordered it also what became of the payment. */
export function What({ order, isOwn }: { order: TrackedOrderFragment; isOwn: boolean }) {
  const { i18n } = useLingui();
  const { totals, payment, location } = order;
  const currency = { currency: order.currency, currencyDecimals: location.currencyDecimals };
  const amount = (cents: number) => bare(cents, currency, i18n.locale);
  const menu = useShop().menuOf(location.id);
  useEffect(() => {
    if (menu.dishes.picture().cursor === '') void menu.load(); // only for the pictures
  }, [menu]);
  const dishes = useLive(menu.dishes, ({ things }) => things);
  return (
    <section className="coming" aria-labelledby="what">
      <h2 id="what">
        <Trans>What is coming</Trans>
      </h2>
      <ul>
        {order.items.map((item) => {
          const { id, size, quantity, instructions, total } = item;
          const dish = dishes.get(item.menuItemId);
          const other = item.secondHalf && dishes.get(item.secondHalf.menuItemId);
          return (
            <li key={id}>
              <div className="pic">{dish && <DishPicture dish={dish} second={other} sizes="4rem" />}</div>
              <div>
                <b>
                  {quantity} × {lineName({ name: item.name, second: item.secondHalf })}
                </b>
                {size !== 'ONE_SIZE' && <small>{sizeName(i18n, size)}</small>}
                <Chosen options={chosenOf(item)} />
                {instructions && <small>“{instructions}”</small>}
              </div>
              <span className="number">{amount(total)}</span>
            </li>
          );
        })}
      </ul>
      <dl className="sums number">
        {totals.discount > 0 && (
          <div>
            <dt>
              <Trans>Discount</Trans>
            </dt>
            <dd>−{amount(totals.discount)}</dd>
          </div>
        )}
        {totals.deliveryFee > 0 && (
          <div>
            <dt>
              <Trans>Delivery</Trans>
            </dt>
            <dd>{amount(totals.deliveryFee)}</dd>
          </div>
        )}
        <TotalRows totals={totals} currency={currency} />
        {payment.refunded > 0 && (
          <div>
            <dt>
              <Trans>Given back</Trans>
            </dt>
            <dd>{amount(payment.refunded)}</dd>
          </div>
        )}
      </dl>
      {(isOwn || payment.method === 'CASH') && (
        <p className="paid">
          <Paid payment={payment} />
        </p>
      )}
    </section>
  );
}

function Paid({ payment: { method, status } }: { payment: TrackedOrderFragment['payment'] }) {
  if (method === 'CASH') return status === 'CAPTURED' ? <Trans>Paid in cash.</Trans> : status === 'PENDING' ? <Trans>To be paid in cash.</Trans> : null;
  switch (status) {
    case 'AUTHORIZED':
      return <Trans>Reserved on your card; charged when the kitchen starts.</Trans>;
    case 'CAPTURED':
      return <Trans>Charged to your card.</Trans>;
    case 'PARTIALLY_REFUNDED':
    case 'REFUNDED':
      return <Trans>Charged to your card, and given back.</Trans>;
    case 'VOIDED':
    case 'FAILED':
      return <Trans>You were not charged.</Trans>;
    case 'PENDING':
    case 'REQUIRES_ACTION':
      return <Trans>You have not been charged yet.</Trans>;
  }
}
