// Uses the shop through one of the documented clients, over a network that is cut in the middle, and prints what came.
import net from 'node:net';
import { once } from 'node:events';
import ws from 'ws';
import { drivers } from './drivers.mjs';

globalThis.WebSocket ??= ws; // as browsers and Node 22 have it
const [name, api, token, dish] = process.argv.slice(2);

const open = new Set();
const proxy = net.createServer((client) => {
  const server = net.connect(new URL(api).port, new URL(api).hostname);
  for (const [from, to] of [[client, server], [server, client]]) {
    open.add(from);
    from.on('data', (chunk) => to.write(chunk));
    from.on('close', () => (to.destroy(), open.delete(from)));
    from.on('error', () => {});
  }
});
const listen = async (port) => once(proxy.listen(port, '127.0.0.1'), 'listening');
const cut = async () => {
  const closed = new Promise((done) => proxy.close(done));
  for (const socket of open) socket.destroy();
  await closed;
};
await listen(0);
const { port } = proxy.address();

const move = async (mutation, orderId) => {
  const answer = await fetch(api, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: `mutation ($id: ID!) { ${mutation}(input: {orderId: $id}) { order { status } userErrors { code } } }`,
      variables: { id: orderId },
    }),
  });
  const { data } = await answer.json();
  if (data[mutation].userErrors.length) throw new Error(JSON.stringify(data));
};

const client = await drivers[name](`http://localhost:${port}${new URL(api).pathname}`, () => token);

// An order whose first answer is lost on the way.
const input = { fulfillment: 'PICKUP', paymentMethod: 'CASH', items: [{ menuItemId: dish, size: 'MEDIUM', quantity: 1 }] };
const { placeOrder } = await import('./place-order.mjs');
let lose = true;
const placed = await placeOrder(
  async (document, variables) => {
    const answer = await client.ask(document, variables);
    if (lose) {
      lose = false;
      throw new Error('the answer is lost');
    }
    return answer;
  },
  crypto.randomUUID(),
  input,
);
console.log('placed', placed.order.status, placed.userErrors.length);

const list = `query List { orders(first: 5) { nodes { __typename id status } asOf } }`;
const { orders } = (await client.ask(list, {})).data;
console.log('orders', orders.nodes.length, orders.nodes[0].status);

const watched = `subscription Watch($after: Cursor) {
  kitchenFeed(after: $after) {
    __typename
    ... on OrderChanged { cursor event { type } order { __typename id status } }
    ... on ResyncRequired { cursor }
  }
}`;
const came = [];
let arrived = () => {};
client.watch(watched, { after: orders.asOf }, (item) => {
  came.push(item.event.type);
  arrived();
});
const until = async (n) => {
  while (came.length < n) await new Promise((done) => (arrived = done));
};

await move('startPreparingOrder', placed.order.id);
await until(1);
await cut();
await move('markOrderReady', placed.order.id);
await listen(port);
await until(2);
await cut();
await listen(port);
await move('completeOrder', placed.order.id);
await until(3);
console.log(came.join(' '));
if (client.shown) console.log('shown', client.shown(list).orders.nodes[0].status);
process.exit();
