// Subscribes with graphql-sse and prints each result and "complete".
import { createClient } from 'graphql-sse';

const [url, query] = process.argv.slice(2);
const client = createClient({ url, retryAttempts: 0 });
client.subscribe(
  { query },
  {
    next: (result) => console.log(JSON.stringify(result)),
    error: (e) => console.log('error', e.message),
    complete: () => {
      console.log('complete');
      client.dispose();
    },
  },
);
