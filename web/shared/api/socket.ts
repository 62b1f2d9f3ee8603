import { type Client as Socket, createClient } from 'graphql-ws';
import { formatDocument, stringifyDocument, type TypedDocumentNode } from 'urql';
import type { Sink } from '../live/feed.ts';

// A lost network is noticed within ten seconds.
const pingEvery = 6_000;
const pongWithin = 4_000;

/** The page's one socket: opened by the first subscription, closed after the last. It doesn't connect again by itself: feeds do. */
export class PageSocket {
  #socket: Socket = newSocket();
  #isOpen = false;

  constructor() {
    this.#follow();
  }

  /** Subscribes once, until the socket is lost; what is returned ends it. */
  subscribe<D, V extends Record<string, unknown>>(document: TypedDocumentNode<D, V>, variables: V, sink: Sink<D>): () => void {
    const socket = this.#socket;
    if (this.#isOpen) sink.opened();
    const forget = socket.on('connected', sink.opened);
    const stop = socket.subscribe<D>(
      { query: stringifyDocument(formatDocument(document)), variables },
      {
        next: ({ data, errors }) => {
          if (data) sink.event(data);
          else if (errors) end(codeOf(errors));
        },
        error: (error) => end(codeOf(error)),
        complete: () => end(null),
      },
    );
    const end = (refusal: string | null) => {
      forget();
      sink.ended(refusal);
    };
    return () => {
      forget();
      stop();
    };
  }

  /** Somebody else is signed in: what is open was opened as another, and ends. */
  renew() {
    void this.#socket.dispose();
    this.#socket = newSocket();
    this.#isOpen = false;
    this.#follow();
  }

  #follow() {
    const socket = this.#socket;
    socket.on('connected', () => (this.#isOpen = true));
    socket.on('closed', () => {
      if (this.#socket === socket) this.#isOpen = false;
    });
  }
}

function newSocket(): Socket {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let silent: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: url.href,
    retryAttempts: 0, // it would repeat a subscription with its first cursor
    keepAlive: pingEvery,
    lazyCloseTimeout: 1000,
    on: {
      // The library only sends pings: a socket that doesn't answer is a lost one.
      ping: (received) => {
        if (!received) silent = setTimeout(() => socket.terminate(), pongWithin);
      },
      pong: (received) => {
        if (received) clearTimeout(silent);
      },
      closed: () => clearTimeout(silent),
    },
  });
  return socket;
}

/** The code of a refusal that another try wouldn't change; null if it is the network, or the server is busy. */
function codeOf(error: unknown): string | null {
  if (Array.isArray(error)) {
    const code = String(error[0]?.extensions?.code ?? 'INTERNAL_SERVER_ERROR');
    return ['UNAVAILABLE', 'RATE_LIMITED', 'TOO_MANY_SUBSCRIPTIONS', 'INTERNAL_SERVER_ERROR'].includes(code) ? null : code;
  }
  return error instanceof CloseEvent && error.code === 4403 ? 'UNAUTHENTICATED' : null;
}
