import type { GraphQLFormattedError } from 'graphql';
import { createClient } from 'graphql-ws';
import type { GraphQLRequest, Subscribable } from './request.ts';

/**
 * The events of one subscription, over a socket of its own that closes when the subscription is stopped. A lost
 * connection is shown, not retried: what is on the screen is what the server sent.
 */
export function subscription(
  endpoint: URL,
  request: GraphQLRequest,
  headers: Record<string, string>,
): Subscribable {
  return {
    subscribe(sink) {
      const client = createClient({
        url: socketURL(endpoint),
        connectionParams: connectionParams(headers),
        retryAttempts: 0,
      });
      const unsubscribe = client.subscribe<Record<string, unknown>, Record<string, unknown>>(request, {
        next: (result) => sink.next(result),
        error: (reason) => {
          sink.next({ errors: describe(reason) });
          sink.complete();
        },
        complete: () => sink.complete(),
      });
      return { unsubscribe };
    },
  };
}

function socketURL(endpoint: URL): string {
  const url = new URL(endpoint);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}

/**
 * Browsers can't set headers on a socket, so the one that says who is asking travels in connection_init. A null makes a visitor
 * of a tab without it: the browser sends its cookie with the handshake in any case.
 */
function connectionParams(headers: Record<string, string>): { authorization: string | null } {
  const authorization = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return { authorization: authorization || null };
}

/** The client reports GraphQL errors, the socket's close event, its bare error event or an exception. */
function describe(reason: unknown): readonly GraphQLFormattedError[] {
  if (Array.isArray(reason)) return reason;
  if (reason instanceof CloseEvent) {
    return [{ message: reason.reason || 'The connection was closed.', extensions: { closeCode: reason.code } }];
  }
  return [{ message: reason instanceof Error ? reason.message : 'The connection failed.' }];
}
