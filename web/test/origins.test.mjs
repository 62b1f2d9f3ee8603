import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { settings } from './settings.mjs';

// What browsers do with the session's cookie, where PIZZERIA_TRUSTED_ORIGINS names pages on a port of 127.0.0.1, which is the
// server's own site, and on the same port of localhost, which is another one.

const endpoint = new URL('/graphql', settings.server).href;
const ports = [Number(process.env.TRUSTED_PORT), 0];
/** @type {import('node:http').Server[]} */
let servers;
/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('playwright-core').BrowserContext} */
let context;

before(async () => {
  assert.ok(ports[0], 'set TRUSTED_PORT to the port of the origins that the server trusts');
  servers = await Promise.all(
    ports.map(
      (port) =>
        new Promise((resolve) => {
          const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
          server.listen(port, () => resolve(server));
        }),
    ),
  );
  browser = await chromium.launch({
    executablePath: settings.browser,
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  context = await browser.newContext();
  const own = await openPage('127.0.0.1', 0);
  const { data } = await ask(own, 'mutation { signIn(input: {email: "cook@example.com", password: "pizzeria-demo"}) { token } }');
  token = data.signIn.token;
});

after(async () => {
  await browser?.close();
  for (const server of servers ?? []) server.close();
});

/** A session, which before() has the browser keep as a cookie. */
let token = '';

/**
 * @param {string} host
 * @param {number} server which of the two
 */
async function openPage(host, server) {
  const page = await context.newPage();
  const address = servers[server]?.address();
  assert.ok(address && typeof address === 'object');
  await page.goto(`http://${host}:${address.port}/`);
  return page;
}

/**
 * @param {import('playwright-core').Page} page that asks, with its cookies
 * @param {string} query
 * @param {Record<string, string>} [headers]
 * @returns {Promise<any>}
 */
function ask(page, query, headers = {}) {
  return page.evaluate(
    async ([url, body, more]) => {
      const response = await fetch(url, { method: 'POST', credentials: 'include', headers: { 'content-type': 'application/json', ...more }, body });
      return response.json();
    },
    /** @type {const} */ ([endpoint, JSON.stringify({ query }), headers]),
  );
}

/**
 * @param {import('playwright-core').Page} page that opens a socket
 * @returns {Promise<any>} the first answer to a subscription of the kitchen, or "open" if there is none within a second
 */
function subscribe(page) {
  return page.evaluate(
    (url) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
        socket.onopen = () => socket.send('{"type": "connection_init"}');
        socket.onclose = (event) => resolve(event.code);
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(data);
          if (message.type === 'connection_ack') {
            socket.send('{"type": "subscribe", "id": "1", "payload": {"query": "subscription { kitchenFeed { __typename } }"}}');
            setTimeout(() => resolve('open'), 1000);
          } else if (message.type === 'error') {
            resolve(message.payload[0].extensions.code);
          }
        };
      }),
    endpoint,
  );
}

const orders = '{ orders(first: 1) { asOf } }';

test('a page of the same site is signed in by the cookie', async () => {
  const page = await openPage('127.0.0.1', 0);

  assert.equal((await ask(page, orders)).errors, undefined);
  assert.equal(await subscribe(page), 'open');
});

test('a page of another site is a visitor, trusted or not, unless it sends a token', async () => {
  const page = await openPage('localhost', 0);

  assert.equal((await ask(page, orders)).errors[0].extensions.code, 'UNAUTHENTICATED');
  assert.equal(await subscribe(page), 'UNAUTHENTICATED');
  assert.equal((await ask(page, orders, { authorization: `Bearer ${token}` })).errors, undefined);
});

test('a page that is not trusted reads nothing, whatever its site', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const page = await openPage(host, 1);

    await assert.rejects(ask(page, orders), /Failed to fetch/);
    assert.equal(await subscribe(page), 1006);
  }
});
