import { Client, cacheExchange, fetchExchange, subscriptionExchange } from '@urql/core';

import { connect, subscribe } from './socket.mjs';

export function newClient(url, token) {
  const socket = connect(url, token);
  return new Client({
    url,
    preferGetMethod: false,
    fetchOptions: () => ({
      credentials: 'include',
      headers: token() ? { authorization: `Bearer ${token()}` } : {},
    }),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({ unsubscribe: subscribe(socket, request, sink) }),
        }),
      }),
    ],
  });
}
