import { GuardDialog } from '../expo/guard-dialog.tsx';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { SheetDialog } from '../keys/sheet.tsx';
import { RecallDialog } from '../recall/recall-dialog.tsx';
import { RushDialog } from '../rush/rush-dialog.tsx';
import { MoreDialog } from './more-dialog.tsx';
import type { useDeeds } from './use-deeds.ts';

interface Shown {
  readonly stations: readonly StationFragment[];
  readonly station: StationFragment;
  readonly tickets: readonly TicketFragment[];
  readonly byId: ReadonlyMap<string, TicketFragment>;
  readonly deeds: ReturnType<typeof useDeeds>;
}

/** What one is asked over the board. */
export function Dialogs({ stations, station, tickets, byId, deeds }: Shown) {
  const { asked, ask } = deeds;
  if (!asked) return null;
  const close = () => ask((now) => (now === asked ? null : now)); // one that was opened from another stays
  if (asked.is === 'SHEET') return <SheetDialog close={close} />;
  if (asked.is === 'RECALL') {
    return <RecallDialog {...{ tickets, station, close }} recall={({ id }, reason) => deeds.simply(id, { kind: 'RECALL', stationIds: [station.id], reason })} />;
  }
  const ticket = 'ticketId' in asked && byId.get(asked.ticketId);
  if (!ticket) return null; // it has gone meanwhile
  const { id } = ticket;
  if (asked.is === 'RUSH') return <RushDialog {...{ ticket, tickets, close }} rush={(reason) => deeds.simply(id, { kind: 'RUSH', reason })} />;
  if (asked.is === 'GUARD') return <GuardDialog {...{ ticket, stations, close }} bump={(reason) => deeds.bumpFor(id, reason)} />;
  return <MoreDialog {...{ ticket, close }} act={(kind) => deeds.simply(id, { kind })} rush={() => ask({ is: 'RUSH', ticketId: id })} />;
}
