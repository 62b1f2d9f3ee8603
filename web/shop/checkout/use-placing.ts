import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { newClient, send } from '../../shared/api/client.ts';
import { PlaceOrderDocument, type PlaceFragment, type SignedInFragment } from '../../shared/api/gql/graphql.ts';
import { networkWithin } from '../../shared/live/network.ts';
import { rememberGuestOrder } from '../orders/guest-orders.ts';
import { paths } from '../routes.ts';
import { useShop } from '../shop.tsx';
import { type Attempt, isStale, longestWait, type Order, placedLately, restoredAttempt } from './checkout.rules.ts';
import { type Outcome, place as placed, type Placed } from './placing.ts';
import { useCards } from './use-cards.ts';

/** Where an order stands: being written, being sent, or answered without having been placed. */
export interface Placing {
  readonly isBusy: boolean;
  /** It waits for the network, and nobody has heard of it: it can be withdrawn. */
  readonly isHeld: boolean;
  readonly outcome: Exclude<Outcome, { is: 'PLACED' }> | null;
  /** The total of the order that was sent last, as it was shown. */
  readonly shown: number | null;
  readonly order: (order: Order) => void;
  /** Sends the attempt that isn't answered once more. */
  readonly again: () => void;
  readonly withdraw: () => void;
}

const deviceTime = () => Date.now(); // an age is meant, which no server needs to tell
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Places an order once. Before it is sent it is kept on the device with its key, and forgotten only when it is known what became of it:
 * whoever presses twice, goes back or reloads asks for the same order again. Without network it waits, and is sent when that is back. A page
 * that hears of its order while it goes away tells the one that comes next, which finds an empty cart.
 */
export function usePlacing(place: PlaceFragment, viewer: SignedInFragment | null): Placing {
  const { client, cartOf, becomes } = useShop();
  const [, go] = useLocation();
  const { toBank } = useCards();
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Placing['outcome']>(null);
  const [isHeld, hold] = useState(false);
  const [shown, show] = useState<number | null>(null);
  const isSending = useRef(false);
  const keyOf = (who: string) => `attempt ${place.id} ${who}`; // nobody else's, who may sign in here next
  const [key, guestKey] = [keyOf(viewer?.id ?? 'guest'), keyOf('guest')];
  const placedKey = `placed ${place.id} ${viewer?.id ?? 'guest'}`;

  // Whoever ordered as a guest, and signs in before it is known what became of that, orders nothing else before it is.
  const keptAt = () => [key, guestKey].find((one) => restoredAttempt(localStorage.getItem(one)));
  const keep = (attempt: Attempt) => localStorage.setItem(attempt.order.contact ? guestKey : key, JSON.stringify(attempt));
  const kept = () => restoredAttempt(localStorage.getItem(keptAt() ?? key));
  const forget = () => localStorage.removeItem(keptAt() ?? key);

  const sendUntilKnown = async (attempt: Attempt) => {
    if (isSending.current) return;
    isSending.current = true;
    setBusy(true);
    setOutcome(null);
    show(attempt.order.expectedTotal ?? null);
    keep(attempt);
    hold(!attempt.isSent);
    const isBack = attempt.isSent || (await networkWithin(longestWait));
    if (kept()?.key !== attempt.key) return; // it was withdrawn, or another tab has placed it
    hold(false);
    const isTooLate = !isBack || isStale(attempt, deviceTime());
    if (!isTooLate) keep({ ...attempt, isSent: true });
    const became: Outcome = isTooLate ? { is: 'FAILED', code: 'UNREACHABLE' } : await placed(() => sendOnce(attempt), wait);
    isSending.current = false;
    setBusy(false);
    if (became.is === 'PLACED') {
      if (became.guestToken) remember(became.order, became.guestToken);
      localStorage.setItem(placedKey, JSON.stringify({ id: became.order.id, at: deviceTime() }));
      cartOf(place.id).change(() => []); // before the attempt is forgotten: a page that ends in between leaves nothing to be ordered again
    }
    if (became.is !== 'UNKNOWN') forget();
    if (became.is === 'FAILED' && became.code === 'UNAUTHENTICATED') {
      becomes(null); // the session has ended
      return go(paths.signIn(paths.checkout(place.slug)));
    }
    if (became.is !== 'PLACED') return setOutcome(became);
    go(paths.order(became.order.id), { replace: true });
    const { nextAction } = became.order.payment;
    if (nextAction) void toBank(nextAction); // if it can't ask, the order's page does
  };
  const sendOnce = async ({ order, key: idempotencyKey }: Attempt) => {
    await networkWithin(Infinity); // the answer may have been lost with it
    const asker = viewer && order.contact ? newClient('VISITOR') : client;
    return send(asker, PlaceOrderDocument, { input: { ...order, idempotencyKey } });
  };
  const remember = ({ id, number, placedAt, scheduledFor }: Placed, token: string) =>
    rememberGuestOrder({ id, number, token, place: place.name, at: placedAt, for: scheduledFor });
  const again = () => {
    const attempt = kept();
    if (attempt) void sendUntilKnown(attempt);
  };
  const withdraw = () => {
    forget();
    isSending.current = false;
    setBusy(false);
    hold(false);
  };
  const goOn = () => {
    const placed = placedLately(localStorage.getItem(placedKey), deviceTime());
    if (kept()) again();
    else if (placed && !cartOf(place.id).basket().lines.length) go(paths.order(placed), { replace: true });
  };
  const resume = useRef(goOn);
  useEffect(() => {
    resume.current = goOn;
  });
  useEffect(() => resume.current(), []);
  const isUnknown = outcome?.is === 'UNKNOWN';
  useEffect(() => {
    if (!isUnknown) return;
    const back = () => resume.current();
    addEventListener('online', back);
    return () => removeEventListener('online', back);
  }, [isUnknown]);
  const order = (order: Order) => void sendUntilKnown({ key: crypto.randomUUID(), order, at: deviceTime(), isSent: false });
  return { isBusy, isHeld, outcome, shown, again, withdraw, order };
}
