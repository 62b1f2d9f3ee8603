import type { MadeFragment, TicketFragment, TicketItemFragment } from '../gql/graphql.ts';
import { nameOf } from '../ticket/items.rules.ts';

/** How much of something is to be made, and for which tickets. */
export interface Count {
  readonly name: string;
  /** In portions; of what lies on a half, by halves. */
  readonly count: number;
  readonly ticketIds: ReadonlySet<string>;
}

/** What is still to be made at a station: the lines whose task there isn't done. They are those on the board, so that no count drifts. */
function toMake(tickets: readonly TicketFragment[], stationId: string): readonly { ticketId: string; item: MadeFragment }[] {
  const isLeft = ({ change, tasks }: TicketItemFragment) => change !== 'REMOVED' && tasks.some(({ station, status }) => station.id === stationId && status !== 'DONE');
  return tickets.filter(({ status }) => status === 'OPEN').flatMap(({ id, items }) => items.filter(isLeft).map(({ item }) => ({ ticketId: id, item })));
}

/** By dish, the most first. */
export function dishCounts(tickets: readonly TicketFragment[], stationId: string): readonly Count[] {
  return summed(toMake(tickets, stationId).map(({ ticketId, item }) => ({ ticketId, name: nameOf(item), count: item.quantity })));
}

/** By what goes on or into dishes, as far as their options tell: what comes with them, and what was added, without what was left out. */
export function optionCounts(tickets: readonly TicketFragment[], stationId: string): readonly Count[] {
  return summed(
    toMake(tickets, stationId).flatMap(({ ticketId, item }) =>
      [...item.options, ...(item.secondHalf?.options ?? [])]
        .filter(({ amount }) => amount !== 'NONE')
        .map(({ name, portion }) => ({ ticketId, name, count: item.quantity * (portion === 'WHOLE' ? 1 : 0.5) })),
    ),
  );
}

function summed(all: readonly { readonly ticketId: string; readonly name: string; readonly count: number }[]): readonly Count[] {
  const counts = new Map<string, { name: string; count: number; ticketIds: Set<string> }>();
  for (const { ticketId, name, count } of all) {
    const sum = counts.get(name) ?? { name, count: 0, ticketIds: new Set<string>() };
    counts.set(name, { ...sum, count: sum.count + count, ticketIds: sum.ticketIds.add(ticketId) });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** A count as it is read at a distance: "2½". */
export const countText = (count: number) => (Number.isInteger(count) ? String(count) : `${Math.floor(count) || ''}½`);
