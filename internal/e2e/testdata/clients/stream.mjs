// A subscription over server-sent events, for networks that let no websocket through. It goes on like one in a browser's
// EventSource: the header Last-Event-ID names the last event.
import { createClient } from 'graphql-sse';

export function watch(url, token, request, sink) {
  let last;
  const client = createClient({
    url,
    credentials: 'include',
    headers: () => ({
      ...(token() ? { authorization: `Bearer ${token()}` } : {}),
      ...(last ? { 'Last-Event-ID': last } : {}),
    }),
    retryAttempts: Infinity,
    retry: () => new Promise((again) => setTimeout(again, 200 + 800 * Math.random())),
  });
  client.subscribe(request, {
    ...sink,
    next(result) {
      sink.next(result);
      last = Object.values(result.data ?? {})[0]?.cursor ?? last;
    },
  });
  return () => client.dispose();
}
