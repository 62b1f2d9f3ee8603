// How each of the documented clients asks a document, and watches a subscription.
import { parse } from 'graphql';
import { pipe, subscribe } from 'wonka';

const failed = (e) => {
  console.log('failed', e);
  process.exit(1);
};

export const drivers = {
  async apollo(url, token) {
    const { newClient } = await import('./apollo.mjs');
    const client = newClient(url, token);
    return {
      ask: async (text, variables) => {
        const document = parse(text);
        return document.definitions[0].operation === 'query'
          ? client.query({ query: document, variables })
          : client.mutate({ mutation: document, variables });
      },
      watch: (text, variables, next) =>
        client.subscribe({ query: parse(text), variables }).subscribe({ next: ({ data }) => next(data.kitchenFeed), error: failed }),
      shown: (text) => client.readQuery({ query: parse(text) }),
    };
  },

  async urql(url, token) {
    const { newClient } = await import('./urql.mjs');
    const client = newClient(url, token);
    return {
      ask: async (text, variables) =>
        parse(text).definitions[0].operation === 'query' ? client.query(text, variables) : client.mutation(text, variables),
      watch: (text, variables, next) =>
        pipe(client.subscription(text, variables), subscribe(({ data, error }) => (error ? failed(error) : next(data.kitchenFeed)))),
    };
  },

  async relay(url, token) {
    const { newEnvironment } = await import('./relay.mjs');
    const network = newEnvironment(url, token).getNetwork();
    // What Relay's compiler makes of a document, as far as the network sees it.
    const compiled = (text) => {
      const { operation, name } = parse(text).definitions[0];
      return { id: null, cacheID: name.value, text, name: name.value, operationKind: operation, metadata: {} };
    };
    return {
      ask: (text, variables) => network.execute(compiled(text), variables, {}).toPromise(),
      watch: (text, variables, next) =>
        network.execute(compiled(text), variables, {}).subscribe({ next: ({ data }) => next(data.kitchenFeed), error: failed }),
    };
  },

  async stream(url, token) {
    const { watch } = await import('./stream.mjs');
    return {
      ask: async (query, variables) => {
        const headers = { 'Content-Type': 'application/json', authorization: `Bearer ${token()}` };
        const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
        return answer.json();
      },
      watch: (query, variables, next) =>
        watch(url, token, { query, variables }, { next: ({ data }) => next(data.kitchenFeed), error: failed, complete: () => {} }),
    };
  },
};
