import { useEffect, useState } from 'react';
import type { Client } from 'urql';
import { type SignedInFragment, ViewerDocument } from '../../shared/api/gql/graphql.ts';

const pause = 5_000; // ms, between tries

type Viewer = SignedInFragment | null | undefined;

/** Who is signed in; undefined until the server has told, which it is asked for until it does. */
export function useViewer(client: Client) {
  const [viewer, setViewer] = useState<Viewer>();
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async () => {
      const { data, error } = await client.query(ViewerDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      if (isOver) return;
      if (error?.networkError) later = setTimeout(() => void ask(), pause);
      else setViewer((known) => known ?? data?.viewer ?? null);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(later);
    };
  }, [client]);
  return [viewer, setViewer] as const;
}
