import { useEffect, useRef } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../shared/api/client.ts';
import { PreviewOrderDocument, type QuoteOrderInput } from '../../shared/api/gql/graphql.ts';
import type { Said } from './cart.rules.ts';

/** What the server says that something costs. */
export interface Previewed {
  /** What it said last, and of what; null until it has said something. */
  readonly said: Said | null;
  /** Whether that is of what is asked now, though it may be a minute old. */
  readonly isCurrent: boolean;
  readonly failure: string | null;
  readonly again: () => void;
}

const age = 60_000; // ms: a promise isn't shown for longer, as long as there is a network

const nothing: QuoteOrderInput = { items: [], fulfillment: 'PICKUP' };

/** Asks what something would cost, and anew whenever `since` is another: what it rests on has changed. Null asks nothing. */
export function usePreview(input: QuoteOrderInput | null, since: unknown): Previewed {
  const [{ data, error, operation }, ask] = useQuery({
    query: PreviewOrderDocument, variables: { input: input ?? nothing }, pause: !input, requestPolicy: 'cache-and-network',
  });
  const before = useRef(since);
  const isAsked = input !== null;
  useEffect(() => {
    if (isAsked && before.current !== since) ask({ requestPolicy: 'network-only' });
    before.current = since;
  }, [since, isAsked, ask]);
  useEffect(() => {
    if (!isAsked) return;
    // Without network what was said last stays: an order goes only at the total that was shown.
    const renew = () => document.visibilityState === 'visible' && navigator.onLine && ask({ requestPolicy: 'network-only' });
    const aging = setInterval(renew, age);
    addEventListener('online', renew);
    return () => {
      clearInterval(aging);
      removeEventListener('online', renew);
    };
  }, [isAsked, ask]);
  const said = isAsked && data && operation ? { preview: data.previewOrder, items: operation.variables.input.items } : null;
  return {
    said,
    isCurrent: said !== null && !error && JSON.stringify(operation?.variables.input) === JSON.stringify(input),
    failure: isAsked && error ? failureOf(error) : null, again: () => ask({ requestPolicy: 'network-only' }),
  };
}
