import { type AnyVariables, type TypedDocumentNode, useQuery } from 'urql';
import { failureOf } from './client.ts';

/** What a page knows of an answer: its data (the old one, while a new one is asked for), or why there is none. */
export interface Asked<D> {
  readonly data: D | undefined;
  readonly failure: string | null;
  readonly again: () => void;
}

/** Asks the server, whatever the cache has: for what depends on who is signed in. */
export function useAsk<D, V extends AnyVariables>(query: TypedDocumentNode<D, V>, variables: V, pause = false): Asked<D> {
  const [{ data, error }, ask] = useQuery<D, V>({ query, variables, pause, requestPolicy: 'cache-and-network' });
  return { data, failure: error && !data ? failureOf(error) : null, again: () => ask({ requestPolicy: 'network-only' }) };
}
