// Subscribes while the database is away, and prints the first event that comes.
import ws from 'ws';
import { connect, subscribe } from './socket.mjs';

globalThis.WebSocket ??= ws;
const [url, token, after] = process.argv.slice(2);
const socket = connect(url, () => token);
subscribe(
  socket,
  { query: 'subscription ($after: Cursor) { kitchenFeed(after: $after) { ... on OrderChanged { cursor event { type } } } }', variables: { after } },
  {
    next: ({ data }) => {
      console.log(data.kitchenFeed.event.type);
      process.exit();
    },
    error: (e) => {
      console.log('failed', e);
      process.exit(1);
    },
    complete: () => {},
  },
);
