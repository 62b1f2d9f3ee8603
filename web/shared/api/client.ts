import { type AnyVariables, cacheExchange, Client, type CombinedError, fetchExchange, type TypedDocumentNode } from 'urql';
import { ServerClock } from '../time/server-clock.ts';

/** Learns the time from each answer. */
export const serverClock = new ServerClock(Date.now);

const endpoint = '/graphql';

const timed: typeof fetch = async (input, init) => {
  const asked = Date.now();
  const answer = await fetch(input, init);
  serverClock.learn(answer.headers.get('date'), asked);
  return answer;
};

/** Who asks: whom the page's cookie tells, whoever a token is for, or a visitor, whatever the cookie tells. */
export type Asker = 'COOKIE' | 'VISITOR' | { readonly token: string };

/** The client of a page, mostly by its cookie, so that what depends on the viewer is not to be answered from the cache. */
export function newClient(asker: Asker = 'COOKIE'): Client {
  const accept = { accept: 'application/graphql-response+json' };
  const headers = typeof asker === 'object' ? { ...accept, authorization: `Bearer ${asker.token}` } : accept;
  return new Client({
    url: new URL(endpoint, location.href).href,
    preferGetMethod: false,
    fetch: timed,
    fetchOptions: { credentials: asker === 'COOKIE' ? 'same-origin' : 'omit', headers },
    exchanges: [cacheExchange, fetchExchange],
  });
}

/** Why there is no answer: the code of the first error, or UNREACHABLE if nothing came back. */
export function failureOf(error: CombinedError): string {
  if (error.networkError && !error.graphQLErrors.length) return 'UNREACHABLE';
  return String(error.graphQLErrors[0]?.extensions['code'] ?? 'INTERNAL_SERVER_ERROR');
}

/** What became of a command. */
export type Answer<D> = { readonly data: D; readonly failure: null } | { readonly data: null; readonly failure: string };

/** Sends a command. It neither throws nor touches the cache of queries: what it changed, its answer tells. */
export async function send<D, V extends AnyVariables>(client: Client, document: TypedDocumentNode<D, V>, variables: V): Promise<Answer<D>> {
  const { data, error } = await client.mutation(document, variables).toPromise();
  if (data && !error) return { data, failure: null };
  return { data: null, failure: error ? failureOf(error) : 'INTERNAL_SERVER_ERROR' };
}
