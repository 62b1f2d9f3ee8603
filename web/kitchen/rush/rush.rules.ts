import type { StationFragment, TicketFragment } from '../gql/graphql.ts';

/** The tickets that wait longer if one is rushed: open ones that are due before it and aren't rushed themselves. */
export function overtaken(tickets: readonly TicketFragment[], ticket: TicketFragment): readonly TicketFragment[] {
  return tickets
    .filter(({ id, status, isRush, dueAt }) => id !== ticket.id && status === 'OPEN' && !isRush && Date.parse(dueAt) <= Date.parse(ticket.dueAt))
    .toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
}

/** What can be brought back, the newest first: what is done, and what is done at the station but not as a whole. */
export function recallable(tickets: readonly TicketFragment[], station: StationFragment): readonly TicketFragment[] {
  const doneAt = (ticket: TicketFragment) =>
    Math.max(0, ...ticket.items.flatMap(({ tasks }) => tasks.filter((task) => task.station.id === station.id && task.doneAt)).map((task) => Date.parse(task.doneAt ?? '')));
  return tickets
    .filter((ticket) => ticket.status === 'DONE' || (ticket.status === 'OPEN' && doneAt(ticket) > 0))
    .toSorted((a, b) => (doneAt(b) || Date.parse(b.closedAt ?? '')) - (doneAt(a) || Date.parse(a.closedAt ?? '')));
}
