/** Records the errors, requests and sockets of a page. */
export class PageMonitor {
  /** @type {string[]} console errors, exceptions, violations of the content security policy */
  errors = [];
  /** @type {string[]} requests and sockets that leave the server's origin */
  foreignRequests = [];
  /** @type {string[]} the bodies posted to the API */
  posted = [];
  /** @type {import('playwright-core').WebSocket[]} */
  sockets = [];
  /** How many subscriptions were sent over sockets. */
  subscriptions = 0;
  /** How many messages came over sockets. */
  received = 0;

  #server;

  /**
   * @param {import('playwright-core').Page} page
   * @param {URL} server
   */
  constructor(page, server) {
    this.#server = server;
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => this.#recordConsole(message));
    page.on('websocket', (socket) => this.#recordSocket(socket));
    // The context, unlike the page, also reports what the workers load.
    page.context().on('request', (request) => this.#recordRequest(request));
  }

  /** @param {import('playwright-core').ConsoleMessage} message */
  #recordConsole(message) {
    // The browser logs each answer of status 4xx. From the API those are answers like others, and the page shows them.
    if (this.#isAPI(message.location().url)) return;
    if (['error', 'warning'].includes(message.type())) this.errors.push(message.text());
  }

  /** @param {import('playwright-core').WebSocket} socket */
  #recordSocket(socket) {
    this.#checkOrigin(socket.url());
    this.sockets.push(socket);
    socket.on('framereceived', () => this.received++);
    socket.on('framesent', ({ payload }) => {
      if (JSON.parse(String(payload)).type === 'subscribe') this.subscriptions++;
    });
  }

  /** @param {import('playwright-core').Request} request */
  #recordRequest(request) {
    this.#checkOrigin(request.url());
    if (this.#isAPI(request.url())) this.posted.push(request.postData() ?? '');
  }

  /** @param {string} url */
  #checkOrigin(url) {
    const { protocol, host } = new URL(url);
    if (protocol !== 'data:' && host !== this.#server.host) this.foreignRequests.push(url);
  }

  /** @param {string} url */
  #isAPI(url) {
    return url === new URL('/graphql', this.#server).href;
  }
}
