import type { AmendOrderInput, TrackedOrderFragment } from '../../shared/api/gql/graphql.ts';

type Item = Pick<TrackedOrderFragment['items'][number], 'id' | 'quantity'>;

/** How many portions of a line are wanted, by its id; of a line that isn't named, as many as before. */
export type Wanted = ReadonlyMap<string, number>;

export const wantedOf = (wanted: Wanted, { id, quantity }: Item) => wanted.get(id) ?? quantity;

/** What is to be changed of an order; null if nothing is, or nothing would be left. */
export function changesOf(items: readonly Item[], wanted: Wanted): Pick<AmendOrderInput, 'change' | 'remove'> | null {
  const other = items.filter((item) => wantedOf(wanted, item) !== item.quantity);
  const remove = other.filter((item) => wantedOf(wanted, item) === 0).map(({ id }) => id);
  if (other.length === 0 || remove.length === items.length) return null;
  return { remove, change: other.filter(({ id }) => !remove.includes(id)).map((item) => ({ itemId: item.id, quantity: wantedOf(wanted, item) })) };
}

/** Whether the customer may change the order still: until the kitchen begins, and not while a change waits at the bank. */
export const mayAmend = ({ status, allowedTransitions, pendingAmendment }: Pick<TrackedOrderFragment, 'status' | 'allowedTransitions' | 'pendingAmendment'>) =>
  status === 'CONFIRMED' && allowedTransitions.includes('CANCELLED') && !pendingAmendment?.isProcessing;
