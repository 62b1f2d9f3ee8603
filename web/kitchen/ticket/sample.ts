import type { ChosenFragment, MadeFragment, TaskStatus, TicketFragment, TicketItemFragment } from '../gql/graphql.ts';

// Tickets for tests of rules, each with what the test is about.

export const noon = Date.parse('2026-05-01T12:00:00Z');

/** So many minutes after noon, as the server writes it. */
export const minutes = (after: number) => new Date(noon + after * 60_000).toISOString();

export const option = (name: string, other: Partial<ChosenFragment> = {}): ChosenFragment => ({
  groupName: 'Extra toppings', name, portion: 'WHOLE', amount: 'REGULAR', isDefault: false, ...other,
});

export const made = (name: string, other: Partial<MadeFragment> = {}): MadeFragment => ({
  menuItemId: name.toLowerCase(), name, size: 'MEDIUM', quantity: 1, instructions: null, allergens: [], options: [], secondHalf: null, ...other,
});

/** A line that passes make, oven and expo, where its tasks stand as said. */
export function line(id: string, statuses: readonly TaskStatus[] = ['QUEUED', 'WAITING', 'WAITING'], other: Partial<TicketItemFragment> = {}): TicketItemFragment {
  const stations = ['make', 'oven', 'expo'].slice(3 - statuses.length);
  return {
    id, fireAt: minutes(0), change: null, before: null, item: made('Margherita'),
    tasks: statuses.map((status, i) => ({
      id: `${id} ${stations[i]}`, status, startedAt: null, doneAt: status === 'DONE' ? minutes(1) : null, doneBy: null, isTooFast: false, station: { id: stations[i] ?? '' },
    })),
    ...other,
  };
}

export function ticket(id: string, other: Partial<TicketFragment> = {}): TicketFragment {
  return {
    id, version: 1, status: 'OPEN', openedAt: minutes(0), fireAt: minutes(0), dueAt: minutes(20), closedAt: null,
    isRush: false, rushReason: null, isRecalled: false, recallReason: null, isChanged: false,
    order: { id: `order ${id}`, number: 100 + id.charCodeAt(0), status: 'CONFIRMED', fulfillment: 'PICKUP', specialInstructions: null, scheduledFor: null },
    items: [line(`${id}1`)], ...other,
  };
}

export const stations = [
  { id: 'make', name: 'Make', position: 1, capacity: null, isExpo: false },
  { id: 'oven', name: 'Oven', position: 2, capacity: 6, isExpo: false },
  { id: 'expo', name: 'Expo', position: 3, capacity: null, isExpo: true },
];
