import { type GuestOrder, rememberedOrders, withOrder } from './guest-orders.rules.ts';

const key = 'guest orders';
const deviceTime = () => Date.now(); // of days, which no server needs to tell

/** What was ordered here without an account, the newest first. */
export const guestOrders = (): readonly GuestOrder[] => rememberedOrders(localStorage.getItem(key), deviceTime());

/** The token of an order that was placed here without an account; undefined if there is none. */
export const guestToken = (id: string) => guestOrders().find((order) => order.id === id)?.token;

export function rememberGuestOrder(order: GuestOrder) {
  keep(withOrder(guestOrders(), order));
}

/** The server knows the token no more. */
export function forgetGuestOrder(id: string) {
  keep(guestOrders().filter((order) => order.id !== id));
}

function keep(orders: readonly GuestOrder[]) {
  if (orders.length) localStorage.setItem(key, JSON.stringify(orders));
  else localStorage.removeItem(key);
}
