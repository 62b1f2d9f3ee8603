import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';

import { connect, subscribe } from './socket.mjs';

export function newEnvironment(url, token) {
  const socket = connect(url, token);
  const ask = async ({ text, name }, variables) => {
    const answer = await fetch(url, {
      method: 'POST',
      credentials: 'include',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'application/graphql-response+json',
        ...(token() ? { authorization: `Bearer ${token()}` } : {}),
      },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return answer.json();
  };
  const watch = ({ text, name }, variables) =>
    Observable.create((sink) => subscribe(socket, { query: text, operationName: name, variables }, sink));
  return new Environment({ network: Network.create(ask, watch), store: new Store(new RecordSource()) });
}
