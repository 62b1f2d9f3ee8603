// A websocket that connects again for as long as it takes, and subscriptions that go on from their cursors.
import { createClient } from 'graphql-ws';

export const connect = (url, token) =>
  createClient({
    url: url.replace(/^http/, 'ws'),
    // Asked at every connection. Without a token the browser's cookie tells who it is.
    connectionParams: () => (token() ? { authorization: `Bearer ${token()}` } : {}),
    retryAttempts: Infinity,
    shouldRetry: () => true,
  });

export function subscribe(socket, { query, operationName, variables }, sink) {
  let cursor = variables?.after;
  let stop, later;
  // graphql-ws writes the request anew at each connection, and then reads this.
  const going = {
    ...variables,
    get after() {
      return cursor;
    },
  };
  const start = () => {
    stop = socket.subscribe(
      { query, operationName, variables: going },
      {
        next(result) {
          sink.next(result);
          cursor = Object.values(result.data ?? {})[0]?.cursor ?? cursor;
        },
        error(e) {
          // The server is there, and its database is away: the server refuses the subscription, and the socket goes on.
          if (Array.isArray(e) && e[0].extensions?.code === 'UNAVAILABLE') later = setTimeout(start, 1000);
          else sink.error(e);
        },
        complete: () => sink.complete(),
      },
    );
  };
  start();
  return () => {
    clearTimeout(later);
    stop();
  };
}
