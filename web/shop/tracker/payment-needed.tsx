import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useRef, useState } from 'react';
import { send } from '../../shared/api/client.ts';
import { ProcessPaymentDocument, type TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import type { BankAction } from '../checkout/cards.ts';
import { CardField } from '../checkout/card-field.tsx';
import { Cards } from '../checkout/cards-choice.tsx';
import { useCards } from '../checkout/use-cards.ts';
import { useShop } from '../shop.tsx';
import type { OrderFeed } from './order.feed.ts';

/** What is still to be done for a payment: at the bank, or with another card. */
export function PaymentNeeded({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { settings } = useShop();
  const { status, payment } = order;
  if (status !== 'PENDING' || payment.method !== 'CARD' || source.access.is === 'LINK') return null;
  const bank = payment.nextAction?.url;
  const isAskedHere = payment.nextAction?.clientSecret && settings.cardKey;
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
      ) : isAskedHere ? (
        <AskedHere action={payment.nextAction} />
      ) : (
        <p>
          <Trans>The payment didn't go through. You have not been charged.</Trans>
        </p>
      )}
      <AnotherCard order={order} source={source} />
    </div>
  );
}

/** The bank asks in this page. It does so by itself once, right after the order. */
function AskedHere({ action }: { action: BankAction }) {
  const { toBank } = useCards();
  const [isBusy, setBusy] = useState(false);
  const [isVain, setVain] = useState(false);
  const ask = async () => {
    setBusy(true);
    setVain(!(await toBank(action)));
    setBusy(false);
  };
  return (
    <>
      <p>
        <Trans>Your bank wants to know that it is you. You have not been charged.</Trans>
      </p>
      {isVain && (
        <p className="wrong" role="alert">
          <Trans>Your bank couldn't be asked. Try again, or pay with another card.</Trans>
        </p>
      )}
      <button type="button" className="button main" disabled={isBusy} onClick={() => void ask()}>
        <Trans>Answer your bank</Trans>
      </button>
    </>
  );
}

/** Another card pays, where the shop can read one; or else what can be done instead. */
function AnotherCard({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { simulatedCards, cardKey } = useShop().settings;
  if (simulatedCards || cardKey) return <AnotherCardForm order={order} source={source} />;
  return (
    <p>
      <Trans>We can't take another card on this page. Cancel the order and order again, paying in cash, or call us. Unpaid, it ends by itself.</Trans>
    </p>
  );
}

function AnotherCardForm({ order, source }: { order: TrackedOrderFragment; source: OrderFeed }) {
  const { i18n } = useLingui();
  const { client } = source;
  const cards = useCards();
  const [chosen, choose] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  // The key is the intent's: pressing again while nothing is known pays nothing twice.
  const attempt = useRef({ chosen: '', token: '', key: '' });
  const isUnderWay = useRef(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!chosen || isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    const token = attempt.current.chosen === chosen ? attempt.current.token : await cards.token(chosen);
    if (token) {
      if (attempt.current.token !== token) attempt.current = { chosen, token, key: crypto.randomUUID() };
      await pay();
    }
    isUnderWay.current = false;
    setBusy(false);
  };
  const pay = async () => {
    const input = { orderId: order.id, paymentToken: attempt.current.token, idempotencyKey: attempt.current.key };
    const { data, failure } = await send(client, ProcessPaymentDocument, { input });
    if (data?.processPayment.order) source.orders.take(data.processPayment.order);
    const code = failure ?? data?.processPayment.userErrors[0]?.code ?? null;
    setWrong(code);
    if (data) attempt.current = { chosen: '', token: '', key: '' };
    const action = data?.processPayment.order?.payment.nextAction;
    if (action && !code) void cards.toBank(action);
  };
  return (
    <details>
      <summary>
        <Trans>Pay with another card</Trans>
      </summary>
      <form onSubmit={(event) => void submit(event)}>
        <div className="choices">
          <Cards pay={chosen} choose={choose} />
        </div>
        <CardField cards={cards} pay={chosen} />
        {wrong && (
          <p className="wrong" role="alert">
            {refusal(i18n, wrong)}
          </p>
        )}
        <button type="submit" className="button" disabled={isBusy || !chosen}>
          <Trans>Pay with this card</Trans>
        </button>
      </form>
    </details>
  );
}
