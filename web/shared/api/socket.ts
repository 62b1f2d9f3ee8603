import type { Client as Socket, ClientOptions } from 'graphql-ws';
import { formatDocument, stringifyDocument, type TypedDocumentNode } from 'urql';
import type { Sink } from '../live/feed.ts';

// A lost network is noticed within ten seconds.
const pingEvery = 6_000;
const pongWithin = 4_000;

/**
 * The page's one socket: opened by the first subscription, closed after the last. It doesn't connect again by itself: feeds do. Its library
 * comes with the first subscription, so that nothing waits for it that is seen first.
 */
export class PageSocket {
  readonly #token: string | undefined;
  readonly #heard: () => void;
  #socket: Promise<Socket> | null = null;
  #isOpen = false;

  /** Opened as whoever the token is for; without one, as whom the page's cookie tells. `heard` is called whenever the server answers a ping. */
  constructor(token?: string, heard: () => void = () => undefined) {
    this.#token = token;
    this.#heard = heard;
  }

  /** Subscribes once, until the socket is lost; what is returned ends it. */
  subscribe<D, V extends Record<string, unknown>>(document: TypedDocumentNode<D, V>, variables: V, sink: Sink<D>): () => void {
    const opened = (this.#socket ??= this.#open());
    let isOver = false;
    let stop: () => void = () => undefined;
    const lost = () => {
      if (this.#socket === opened) this.#socket = null;
      if (!isOver) sink.ended(null);
    };
    const listen = (socket: Socket) => {
      if (!isOver) stop = this.#listen(socket, document, variables, sink);
    };
    void opened.then(listen, lost);
    return () => {
      isOver = true;
      stop();
    };
  }

  /** Somebody else is signed in: what is open was opened as another, and ends. */
  renew() {
    void this.#socket?.then((socket) => socket.dispose()).catch(() => undefined);
    this.#socket = null;
    this.#isOpen = false;
  }

  #listen<D, V extends Record<string, unknown>>(socket: Socket, document: TypedDocumentNode<D, V>, variables: V, sink: Sink<D>): () => void {
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

  #open(): Promise<Socket> {
    const opened = import('graphql-ws').then(({ createClient }) => {
      const socket = newSocket(createClient, this.#token, this.#heard);
      const isNow = (isOpen: boolean) => () => {
        if (this.#socket === opened) this.#isOpen = isOpen;
      };
      socket.on('connected', isNow(true));
      socket.on('closed', isNow(false));
      return socket;
    });
    return opened;
  }
}

function newSocket(createClient: (options: ClientOptions) => Socket, token: string | undefined, heard: () => void): Socket {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  let silent: ReturnType<typeof setTimeout> | undefined;
  const socket = createClient({
    url: url.href,
    ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
    retryAttempts: 0, // it would repeat a subscription with its first cursor
    keepAlive: pingEvery,
    lazyCloseTimeout: 1000,
    on: {
      // The library only sends pings: a socket that doesn't answer is a lost one.
      ping: (received) => {
        if (!received) silent = setTimeout(() => socket.terminate(), pongWithin);
      },
      pong: (received) => {
        if (!received) return;
        clearTimeout(silent);
        heard();
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
