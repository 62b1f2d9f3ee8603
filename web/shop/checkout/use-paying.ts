import { useEffect, useRef, useState } from 'react';
import type { Cards } from './cards.ts';
import type { Order } from './checkout.rules.ts';
import type { Placing } from './use-placing.ts';

/**
 * Has a card become a token before its order is placed. However often the button is pressed meanwhile, that is one token and one order;
 * whoever has left the page has ordered nothing.
 */
export function usePaying(cards: Cards, placing: Placing): Placing {
  const [isReading, setReading] = useState(false);
  const isUnderWay = useRef(false);
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => void (isThere.current = false);
  }, []);
  const read = async (order: Order) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setReading(true);
    const paymentToken = await cards.token(order.paymentToken ?? '');
    isUnderWay.current = false;
    setReading(false);
    if (paymentToken && isThere.current) placing.order({ ...order, paymentToken });
  };
  const order = (order: Order) => (order.paymentMethod === 'CARD' ? void read(order) : placing.order(order));
  return { ...placing, isBusy: placing.isBusy || isReading, order };
}
