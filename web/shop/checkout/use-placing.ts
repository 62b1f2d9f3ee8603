import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { send } from '../../shared/api/client.ts';
import { PlaceOrderDocument, type PlaceFragment, type SignedInFragment } from '../../shared/api/gql/graphql.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';
import { type Attempt, type Order, restoredAttempt } from './checkout.rules.ts';
import { type Outcome, place as placed } from './placing.ts';

/** Where an order stands: being written, being sent, or answered without having been placed. */
export interface Placing {
  readonly isBusy: boolean;
  readonly outcome: Exclude<Outcome, { is: 'PLACED' }> | null;
  /** The total of the order that was sent last, as it was shown. */
  readonly shown: number | null;
  readonly order: (order: Order) => void;
  /** Sends the attempt that isn't answered once more. */
  readonly again: () => void;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Places an order once. Before it is sent it is kept on the device with its key, and forgotten only when it is known what became of it:
 * whoever presses twice, goes back or reloads asks for the same order again.
 */
export function usePlacing(place: PlaceFragment, viewer: SignedInFragment): Placing {
  const { client, cartOf, becomes } = useShop();
  const [, go] = useLocation();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Placing['outcome']>(null);
  const [shown, show] = useState<number | null>(null);
  const isSending = useRef(false);
  const key = `attempt ${place.id} ${viewer.id}`; // nobody else's, who may sign in here next

  const sendUntilKnown = async (attempt: Attempt) => {
    if (isSending.current) return;
    isSending.current = true;
    setBusy(true);
    setOutcome(null);
    show(attempt.order.expectedTotal ?? null);
    localStorage.setItem(key, JSON.stringify(attempt));
    const input = { ...attempt.order, idempotencyKey: attempt.key };
    const became = await placed(() => send(client, PlaceOrderDocument, { input }), wait);
    isSending.current = false;
    setBusy(false);
    if (became.is !== 'UNKNOWN') localStorage.removeItem(key);
    if (became.is === 'FAILED' && became.code === 'UNAUTHENTICATED') return becomes(null); // the session has ended: the page asks who it is
    if (became.is !== 'PLACED') return setOutcome(became);
    cartOf(place.id).change(() => []);
    go(paths.order(became.order.id), { replace: true });
    const bank = became.order.payment.nextAction?.url;
    if (bank) location.assign(bank);
  };
  const again = () => {
    const attempt = restoredAttempt(localStorage.getItem(key));
    if (attempt) void sendUntilKnown(attempt);
  };
  const resume = useRef(again);
  useEffect(() => {
    resume.current = again;
  });
  useEffect(() => resume.current(), []);
  return { isBusy, outcome, shown, again, order: (order) => void sendUntilKnown({ key: crypto.randomUUID(), order }) };
}
