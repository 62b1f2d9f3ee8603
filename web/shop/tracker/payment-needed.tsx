import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useRef, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { ProcessPaymentDocument, type TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { Cards } from '../checkout/cards-choice.tsx';
import type { OrderFeed } from './order.feed.ts';

/** What is still to be done for a payment: at the bank, or with another card. */
export function PaymentNeeded({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { status, payment } = order;
  if (status !== 'PENDING' || payment.method !== 'CARD' || source.access.is === 'LINK') return null;
  const bank = payment.nextAction?.url;
  if (payment.status !== 'REQUIRES_ACTION') {
    return (
      <p className="notice" role="status">
        <Trans>The payment is being looked at. This page tells as soon as it is known; you are charged once at most.</Trans>
      </p>
    );
  }
  return (
    <div className="notice">
      {bank ? (
        <>
          <p>
            <Trans>Your bank wants to know that it is you. You have not been charged.</Trans>
          </p>
          <a className="button main" href={bank}>
            <Trans>Go to your bank</Trans>
          </a>
        </>
      ) : (
        <p>
          <Trans>The payment didn't go through. You have not been charged.</Trans>
        </p>
      )}
      <AnotherCard order={order} source={source} />
    </div>
  );
}

function AnotherCard({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { i18n } = useLingui();
  const { client } = source;
  const [token, choose] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The key is the intent's: pressing again while nothing is known pays nothing twice.
  const key = useRef({ token: '', key: '' });
  const pay = async (event: FormEvent) => {
    event.preventDefault();
    if (!token) return;
    if (key.current.token !== token) key.current = { token, key: crypto.randomUUID() };
    setBusy(true);
    const input = { orderId: order.id, paymentToken: token, idempotencyKey: key.current.key };
    const { data, failure } = await send(client, ProcessPaymentDocument, { input });
    setBusy(false);
    if (data?.processPayment.order) source.orders.take(data.processPayment.order);
    const code = failure ?? data?.processPayment.userErrors[0]?.code ?? null;
    setWrong(code);
    if (data) key.current = { token: '', key: '' };
    const bank = data?.processPayment.order?.payment.nextAction?.url;
    if (bank && !code) location.assign(bank);
  };
  return (
    <details>
      <summary>
        <Trans>Pay with another card</Trans>
      </summary>
      <form onSubmit={(event) => void pay(event)}>
        <div className="choices">
          <Cards pay={token} choose={choose} />
        </div>
        {wrong && (
          <p className="wrong" role="alert">
            {refusal(i18n, wrong)}
          </p>
        )}
        <button type="submit" className="button" disabled={isBusy || !token}>
          <Trans>Pay with this card</Trans>
        </button>
      </form>
    </details>
  );
}
