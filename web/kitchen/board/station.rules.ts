import type { StationFragment, TicketFragment, TicketItemFragment } from '../gql/graphql.ts';

type Work = Pick<TicketFragment, 'status' | 'items'>;

/** The tasks of a ticket at a station, without what isn't wanted any more. */
export const tasksAt = ({ items }: Pick<TicketFragment, 'items'>, stationId: string) =>
  items.filter(({ change }) => change !== 'REMOVED').flatMap(({ tasks }) => tasks).filter(({ station }) => station.id === stationId);

const isAtHand = ({ status }: TicketItemFragment['tasks'][number]) => status === 'QUEUED' || status === 'STARTED';

/** Whether a station has a ticket on its board: some of it can be done there now. The expediter sees whole orders, as soon as any of it may begin. */
export function isOnBoard(ticket: Work & Pick<TicketFragment, 'isChanged'>, { id, isExpo }: StationFragment): boolean {
  if (ticket.status === 'CANCELLED') return ticket.isChanged && tasksAt(ticket, id).length > 0;
  if (ticket.status !== 'OPEN') return false;
  return isExpo || tasksAt(ticket, id).some(isAtHand) || (ticket.isChanged && tasksAt(ticket, id).length > 0);
}

/** In which order new tickets find their places: what is rushed, then by when it is due. */
export function inOrder(tickets: readonly TicketFragment[]): readonly TicketFragment[] {
  return tickets.toSorted((a, b) => Number(b.isRush) - Number(a.isRush) || Date.parse(a.dueAt) - Date.parse(b.dueAt) || (a.id < b.id ? -1 : 1));
}

/** The lines of a ticket that pass a station; the expediter's are all. */
export const itemsAt = ({ items }: Pick<TicketFragment, 'items'>, { id, isExpo }: StationFragment) =>
  isExpo ? items : items.filter(({ tasks }) => tasks.some(({ station }) => station.id === id));

/** What is in hand at a station, in portions: what was begun there and isn't done. Of an oven, what is in it. */
export function inHand(tickets: readonly TicketFragment[], stationId: string): number {
  return tickets
    .filter(({ status }) => status === 'OPEN')
    .flatMap(({ items }) => items)
    .filter(({ tasks }) => tasks.some(({ station, status }) => station.id === stationId && status === 'STARTED'))
    .reduce((sum, { item }) => sum + item.quantity, 0);
}

/** Tickets that wait for their time, by that. */
export const heldOnes = (tickets: readonly TicketFragment[]) =>
  tickets.filter(({ status }) => status === 'HELD').toSorted((a, b) => Date.parse(a.fireAt) - Date.parse(b.fireAt) || (a.id < b.id ? -1 : 1));

/** How many portions a ticket is. */
export const portions = ({ items }: Pick<TicketFragment, 'items'>) => items.filter(({ change }) => change !== 'REMOVED').reduce((sum, { item }) => sum + item.quantity, 0);

/** What is open at other stations than the expediter's, while the order is to be handed on. */
export function openElsewhere({ items }: Pick<TicketFragment, 'items'>, stations: readonly StationFragment[]) {
  return stations
    .filter(({ isExpo }) => !isExpo)
    .map((station) => ({
      station,
      items: items.filter(({ change, tasks }) => change !== 'REMOVED' && tasks.some((task) => task.station.id === station.id && task.status !== 'DONE')).map(({ item }) => item),
    }))
    .filter((one) => one.items.length > 0);
}
