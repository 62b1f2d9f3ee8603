import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { print } from 'graphql';

import { connect, subscribe } from './socket.mjs';

export function newClient(url, token) {
  const socket = connect(url, token);
  const http = ApolloLink.from([
    new SetContextLink(() => (token() ? { headers: { authorization: `Bearer ${token()}` } } : {})),
    new HttpLink({ uri: url, credentials: 'include' }),
  ]);
  // In the place of GraphQLWsLink. A getter has to be made behind Apollo, which copies the variables that it is given.
  const live = new ApolloLink(
    ({ query, operationName, variables }) =>
      new Observable((sink) => subscribe(socket, { query: print(query), operationName, variables }, sink)),
  );
  return new ApolloClient({
    cache: new InMemoryCache(),
    link: ApolloLink.split(({ operationType }) => operationType === 'subscription', live, http),
  });
}
