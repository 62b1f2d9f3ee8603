// Subscribes with graphql-ws and prints each result, "complete", or the errors that ended it.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query, token] = process.argv.slice(2);
const client = createClient({
  url,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: token ? { authorization: `Bearer ${token}` } : undefined,
});
client.subscribe(
  { query },
  {
    next: (result) => console.log(JSON.stringify(result)),
    error: (e) => console.log('error', Array.isArray(e) ? e.map((x) => x.extensions.code).join() : e.code),
    complete: () => {
      console.log('complete');
      void client.dispose();
    },
  },
);
