// Subscribes with graphql-sse and prints each result, "again" for each time it had to connect again, and "complete". The
// client leaves it to its user to say where the stream goes on.
import { createClient } from 'graphql-sse';

const [url, query] = process.argv.slice(2);
let last = '';
let times = 0;
const client = createClient({
  url,
  headers: () => (last ? { 'Last-Event-ID': last } : {}),
  retry: async () => {},
  on: {
    connecting: (again) => {
      if (!again) return;
      console.log('again');
      if (++times === 10) client.dispose(); // it goes round in circles
    },
  },
});
client.subscribe(
  { query },
  {
    next: (result) => {
      console.log(JSON.stringify(result));
      last = Object.values(result.data ?? {})[0]?.cursor ?? last;
    },
    error: (e) => console.log('error', e.message),
    complete: () => {
      console.log('complete');
      client.dispose();
    },
  },
);
