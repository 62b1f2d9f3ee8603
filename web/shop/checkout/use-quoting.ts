import { useEffect, useState, useSyncExternalStore } from 'react';
import { send, serverClock } from '../../shared/api/client.ts';
import { QuoteOrderDocument } from '../../shared/api/gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { Quoting, type Standing, type Wanted } from './quoting.ts';

/** Holds what is about to be ordered, for as long as the checkout is open and used. */
export function useQuoting({ key, input }: Wanted, isSending: boolean): readonly [Standing, Quoting] {
  const { client } = useShop();
  const [quoting] = useState(
    () =>
      new Quoting({
        now: serverClock.now,
        // A refusal, as of an address that holds too much, keeps nobody from ordering: then the order goes by the total that is shown.
        ask: async (asked) => (await send(client, QuoteOrderDocument, { input: asked })).data?.quoteOrder.quote ?? null,
      }),
  );
  const text = JSON.stringify(input);
  useEffect(() => quoting.want({ key, input }), [quoting, key, text]); // oxlint-disable-line react-hooks/exhaustive-deps -- the text is the input
  useEffect(() => quoting.pauses(isSending), [quoting, isSending]);
  useEffect(() => {
    const used = () => quoting.used();
    for (const event of uses) addEventListener(event, used);
    return () => {
      for (const event of uses) removeEventListener(event, used);
      quoting.end();
    };
  }, [quoting]);
  return [useSyncExternalStore(quoting.watch, quoting.standing), quoting];
}

const uses = ['pointerdown', 'keydown', 'focus'] as const;
