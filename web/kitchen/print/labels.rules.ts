import type { MadeFragment, TicketFragment } from '../gql/graphql.ts';

/** What stands on a box. */
export interface Label {
  readonly nth: number;
  readonly of: number;
  readonly made: MadeFragment;
}

/** One label for each portion of an order, "2 of 3". */
export function labelsOf({ items }: Pick<TicketFragment, 'items'>): readonly Label[] {
  const all = items.filter(({ change }) => change !== 'REMOVED').flatMap(({ item }) => Array.from({ length: item.quantity }, () => item));
  return all.map((made, i) => ({ nth: i + 1, of: all.length, made }));
}
