import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { AmendOrderDocument, type AmendedFragment, type TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { bare } from '../../shared/money/money.ts';
import { mostPortions } from '../cart/cart.rules.ts';
import { Promised } from '../cart/promised.tsx';
import { CardField } from '../checkout/card-field.tsx';
import { Cards } from '../checkout/cards-choice.tsx';
import { useCards } from '../checkout/use-cards.ts';
import { lineName } from '../dish/chosen.tsx';
import { changesOf, mayAmend, type Wanted, wantedOf } from './amend.rules.ts';
import type { OrderFeed } from './order.feed.ts';

/** Changes an order until the kitchen begins: what becomes of it is shown before it is done. */
export function Amend({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  if (!mayAmend(order)) return null;
  const open = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className="button" onClick={open}>
        <Trans>Change the order</Trans>
      </button>
      <dialog ref={dialog} aria-labelledby="amend" className="amend" onClose={() => setOpen(false)}>
        <h2 id="amend">
          <Trans>Change the order</Trans>
        </h2>
        {isOpen && <Changing order={order} source={source} close={() => dialog.current?.close()} />}
      </dialog>
    </>
  );
}

function Changing({ order, source, close }: { order: TrackedOrderFragment; source: OrderFeed; close: () => void }) {
  const { i18n } = useLingui();
  const { client } = source;
  const cards = useCards();
  const [wanted, want] = useState<Wanted>(new Map());
  const [told, tell] = useState<AmendedFragment | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [chosen, choose] = useState('');
  const [isBusy, setBusy] = useState(false);
  // The key is the intent's: pressing again while nothing is known changes nothing twice.
  const attempt = useRef({ of: '', key: '', token: '' });
  const changes = changesOf(order.items, wanted);
  const asked = JSON.stringify(changes);
  useEffect(() => {
    let isCurrent = true;
    tell(null);
    setWrong(null);
    const ask = async () => {
      const input = { orderId: order.id, expectedVersion: order.version, idempotencyKey: 'dry', dryRun: true, ...JSON.parse(asked) };
      const { data, failure } = await send(client, AmendOrderDocument, { input });
      if (!isCurrent) return;
      tell(data?.amendOrder ?? null);
      setWrong(failure ?? data?.amendOrder.userErrors[0]?.code ?? null);
    };
    if (asked !== 'null') void ask();
    return () => {
      isCurrent = false;
    };
  }, [asked, client, order.id, order.version]);
  const paysMore = order.payment.method === 'CARD' && (told?.priceChange ?? 0) > 0;
  const amend = async () => {
    if (!changes) return;
    setBusy(true);
    const of = `${order.version} ${asked} ${chosen}`;
    if (attempt.current.of !== of) {
      const token = paysMore ? await cards.token(chosen) : '';
      if (token === null) return setBusy(false);
      attempt.current = { of, key: crypto.randomUUID(), token };
    }
    const { key, token } = attempt.current;
    const input = { orderId: order.id, expectedVersion: order.version, idempotencyKey: key, paymentToken: token || null, ...changes };
    const { data, failure } = await send(client, AmendOrderDocument, { input });
    setBusy(false);
    if (data) attempt.current = { of: '', key: '', token: '' };
    const made = data?.amendOrder.order;
    if (made) source.orders.take(made);
    const code = failure ?? data?.amendOrder.userErrors[0]?.code ?? null;
    if (code) return setWrong(code);
    if (made?.pendingAmendment?.nextAction) void cards.toBank(made.pendingAmendment.nextAction);
    close();
  };
  return (
    <>
      <ul>
        {order.items.map((item) => (
          <Line key={item.id} item={item} portions={wantedOf(wanted, item)} count={(n) => want(new Map(wanted).set(item.id, n))} />
        ))}
      </ul>
      <div role="status">{told?.totals && <Becomes order={order} told={told} />}</div>
      {wrong && (
        <p className="wrong" role="alert">
          {refusal(i18n, wrong)}
        </p>
      )}
      {paysMore && !wrong && (
        <>
          <p>
            <Trans>The difference is reserved on your card. Nothing is changed before your bank has agreed.</Trans>
          </p>
          <div className="choices">
            <Cards pay={chosen} choose={choose} />
          </div>
          <CardField cards={cards} pay={chosen} />
        </>
      )}
      <div className="buttons">
        <button type="button" className="button" onClick={close}>
          <Trans>Leave it as it is</Trans>
        </button>
        <button type="button" className="button main" disabled={isBusy || !told?.totals || wrong !== null || (paysMore && !chosen)} onClick={() => void amend()}>
          <Trans>Change it</Trans>
        </button>
      </div>
    </>
  );
}

function Line({ item, portions, count }: { item: TrackedOrderFragment['items'][number]; portions: number; count: (portions: number) => void }) {
  const { t } = useLingui();
  const name = lineName({ name: item.name, second: item.secondHalf });
  return (
    <li className={portions === 0 ? 'gone' : ''}>
      <span>{name}</span>
      <div className="stepper">
        <button type="button" aria-label={portions === 1 ? t`Remove ${name}` : t`One ${name} less`} disabled={portions === 0} onClick={() => count(portions - 1)}>
          −
        </button>
        <output className="number">{portions}</output>
        <button type="button" aria-label={t`One ${name} more`} disabled={portions >= mostPortions} onClick={() => count(portions + 1)}>
          +
        </button>
      </div>
    </li>
  );
}

/** What the order would be. */
function Becomes({ order, told }: { order: TrackedOrderFragment; told: AmendedFragment }) {
  const { i18n } = useLingui();
  const currency = { currency: order.currency, currencyDecimals: order.location.currencyDecimals };
  const change = told.priceChange ?? 0;
  const by = bare(Math.abs(change), currency, i18n.locale);
  const total = bare(told.totals?.total ?? 0, currency, i18n.locale);
  const dropped = told.droppedPromotions?.join(', ');
  return (
    <>
      <p className="number">
        {change > 0 ? <Trans>{by} more: {total} in all.</Trans> : change < 0 ? <Trans>{by} less: {total} in all.</Trans> : <Trans>It costs the same: {total}.</Trans>}
      </p>
      {dropped && (
        <p>
          <Trans>This doesn't apply any more: {dropped}.</Trans>
        </p>
      )}
      {told.promise && (
        <p>
          <Promised place={order.location} promise={told.promise} />
        </p>
      )}
    </>
  );
}

/** A change that waits for the bank. */
export function PendingAmendment({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const cards = useCards();
  const { pendingAmendment: pending } = order;
  if (!pending || source.access.is === 'LINK') return null;
  const action = pending.nextAction;
  return (
    <div className="notice" role="status">
      <p>
        <Trans>Your change waits for your bank. Until it has agreed, we make what you ordered before.</Trans>
      </p>
      {action && (
        <button type="button" className="button main" onClick={() => void cards.toBank(action)}>
          <Trans>Answer your bank</Trans>
        </button>
      )}
    </div>
  );
}
