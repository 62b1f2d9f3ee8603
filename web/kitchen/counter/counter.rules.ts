import type { TicketFragment } from '../gql/graphql.ts';

const shownFor = 10 * 60_000; // for which a ready number stays, in ms

/** The numbers that guests at the counter look for: of pickups alone, and nothing else about them. */
export interface Numbers {
  readonly almost: readonly number[];
  readonly ready: readonly number[];
}

/** Almost ready is what only the expediter has yet to do; ready is what was handed on, for a while. The newest come first. */
export function numbersOf(tickets: readonly TicketFragment[], expoId: string, now: number): Numbers {
  const pickups = tickets.filter(({ order }) => order.fulfillment === 'PICKUP');
  const isAlmost = ({ status, items }: TicketFragment) =>
    status === 'OPEN' && items.filter(({ change }) => change !== 'REMOVED').every(({ tasks }) => tasks.every(({ status, station }) => status === 'DONE' || station.id === expoId));
  const ready = pickups
    .filter(({ status, closedAt }) => status === 'DONE' && closedAt && now - Date.parse(closedAt) < shownFor)
    .toSorted((a, b) => Date.parse(b.closedAt ?? '') - Date.parse(a.closedAt ?? ''));
  const almost = pickups.filter(isAlmost).toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  return { almost: almost.map(({ order }) => order.number), ready: ready.map(({ order }) => order.number) };
}
