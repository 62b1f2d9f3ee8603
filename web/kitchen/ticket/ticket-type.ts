import type { MadeFragment, TicketFragment as ToldTicket, TicketItemFragment as ToldItem } from '../gql/graphql.ts';

/** What became of a line that was changed since the kitchen had its ticket. */
export type LineChange = 'ADDED' | 'CHANGED' | 'REMOVED';

/** A line of an order in the kitchen. The API tells that a ticket was changed, and not yet which lines: both fields are for when it does. */
export type TicketItemFragment = ToldItem & { readonly change?: LineChange | null; readonly before?: MadeFragment | null };

/** An order in the kitchen. */
export type TicketFragment = Omit<ToldTicket, 'items'> & { readonly items: readonly TicketItemFragment[] };
