import type { DrawnFragment, StationFragment, TicketFragment, WorkplaceFragment } from '../gql/graphql.ts';
import type { Told } from './digest.rules.ts';

/** A board as it is kept on the disk: what is shown without network. */
export interface SavedBoard {
  readonly place: WorkplaceFragment;
  readonly tickets: readonly TicketFragment[];
  readonly told: readonly (readonly [string, Told])[];
  readonly stations: readonly StationFragment[];
  readonly dishes: readonly DrawnFragment[];
  readonly cursor: string;
  /** When the server was last heard of, in ms of its time. */
  readonly heardAt: number;
  /** By how many ms the server's clock is ahead of this screen's. */
  readonly ahead: number;
}
