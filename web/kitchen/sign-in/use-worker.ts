import { useCallback, useEffect, useState } from 'react';
import type { Client } from 'urql';
import { WorkerDocument } from '../gql/graphql.ts';
import { type WhoWorks, whoWorks } from './worker.rules.ts';

export type { WhoWorks } from './worker.rules.ts';

const pause = 5_000; // ms, between tries

/** Who works at the screen, and how to ask again. It is asked until the server tells. */
export function useWorker(client: Client): readonly [WhoWorks, () => void] {
  const [who, setWho] = useState<WhoWorks>({ is: 'ASKING' });
  const [round, setRound] = useState(0);
  const ask = useCallback(() => setRound((before) => before + 1), []);
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const tell = async () => {
      const { data } = await client.query(WorkerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      if (isOver) return;
      if (data) return setWho(whoWorks(data));
      setWho((before) => (before.is === 'ASKING' ? { is: 'AWAY' } : before)); // who was known stays
      later = setTimeout(() => void tell(), pause);
    };
    const back = () => {
      clearTimeout(later);
      void tell();
    };
    void tell();
    addEventListener('online', back);
    return () => {
      isOver = true;
      clearTimeout(later);
      removeEventListener('online', back);
    };
  }, [client, round]);
  return [who, ask];
}
