/** An order of somebody without an account, as the device that placed it remembers it. */
export interface GuestOrder {
  readonly id: string;
  /** With which it is seen, paid and cancelled: a secret of this device. */
  readonly token: string;
  readonly number: number;
  /** The name of where it was placed. */
  readonly place: string;
  /** When it was placed, and when it is for. */
  readonly at: string;
  readonly for: string | null;
}

const most = 20;
const lasts = 7 * 24 * 3_600_000; // ms, as the server's token

const isAlive = ({ at, for: later }: GuestOrder, now: number) => now < Date.parse(later ?? at) + lasts;

/** The orders that a stored text holds, the newest first, without those whose tokens have expired. */
export function rememberedOrders(text: string | null, now: number): readonly GuestOrder[] {
  try {
    const orders: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(orders) ? orders.filter(isOne).filter((order) => isAlive(order, now)) : [];
  } catch {
    return [];
  }
}

/** With an order. Of one that is there already the newest token counts; of too many the oldest are forgotten. */
export function withOrder(orders: readonly GuestOrder[], order: GuestOrder): readonly GuestOrder[] {
  return [order, ...orders.filter(({ id }) => id !== order.id)].slice(0, most);
}

/** Those that aren't among an account's: each order is shown once. */
export function notAmong(orders: readonly GuestOrder[], ids: readonly string[]): readonly GuestOrder[] {
  return orders.filter(({ id }) => !ids.includes(id));
}

function isOne(value: unknown): value is GuestOrder {
  const order = value as GuestOrder | null;
  return typeof order?.id === 'string' && typeof order.token === 'string' && typeof order.at === 'string';
}
