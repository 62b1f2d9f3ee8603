// Breaks the rules with graphql-ws, one after the other, and prints how the server answered: the close code, the status of
// the handshake, or the code of the error.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url] = process.argv.slice(2);
const endless = 'subscription { ticks(every: 60000) { n } }';
const anna = { authorization: 'Bearer anna' };

/** Sends another message in the place of those of a type. */
const instead = (type, message) => ({
  jsonMessageReplacer: (key, value) => (key === '' && value.type === type ? message : value),
});

/** Opens sockets in another way. */
const opened = (protocol, options) => ({
  webSocketImpl: class extends WebSocket {
    constructor(address, usual) {
      super(address, protocol(usual), options);
    }
  },
});

const codes = (e) => (Array.isArray(e) ? e.map((x) => x.extensions.code).join() : undefined);

/** Subscribes to all queries on one socket; resolves with how the first one ended that wasn't to go on. */
function attempt(options, ...queries) {
  return new Promise((resolve) => {
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: {
        error: (e) => e.message && resolve(e.message.replace('Unexpected server response: ', '')),
        closed: (e) => resolve(e.code),
      },
      ...options,
    });
    for (const query of queries) {
      client.subscribe(
        { query },
        { next() {}, error: (e) => codes(e) && resolve(codes(e)), complete() {} },
      );
    }
    clients.push(client);
  });
}

const clients = [];
const breaches = {
  'unknown message': [instead('subscribe', { type: 'start' }), endless],
  'subscribe before init': [instead('connection_init', { id: '1', type: 'subscribe', payload: { query: endless } }), endless],
  "stranger's token": [{ connectionParams: { authorization: 'Bearer nobody' } }, endless],
  'no subprotocol': [opened(() => undefined), endless],
  'no init': [instead('connection_init', { type: 'ping' }), endless],
  'duplicate id': [{ generateID: () => 'same' }, endless, endless],
  'second init': [instead('subscribe', { type: 'connection_init' }), endless],
  'message too large': [{}, `{ hello } # ${'x'.repeat(300_000)}`],
  'third subscription': [{}, endless, endless, endless],
  mutation: [{}, 'mutation { touch }'],
  'foreign origin': [opened((usual) => usual, { origin: 'https://evil.example' }), endless],
};
for (const [name, breach] of Object.entries(breaches)) {
  console.log(`${name}: ${await attempt(...breach)}`);
}

const first = attempt({ connectionParams: anna }, endless);
await new Promise((resolve) => clients.at(-1).on('connected', resolve));
console.log(`second socket: ${await attempt({ connectionParams: anna }, endless)}`);
const cookie = opened((usual) => usual, { headers: { cookie: 'session=anna' } });
console.log(`second socket by cookie: ${await attempt(cookie, endless)}`);
await Promise.all(clients.map((client) => client.dispose()));
await first;
