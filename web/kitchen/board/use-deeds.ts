import { useEffect, useMemo, useRef, useState } from 'react';
import { announce } from '../../shared/ui/announce.tsx';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { serverNow, useKitchen } from '../kitchen.tsx';
import type { Deed } from '../place.ts';
import type { Block } from '../ticket/items.rules.ts';
import { statusAt } from '../ticket/items.rules.ts';
import { endedBy } from '../ticket/overlay.rules.ts';
import type { TicketDeeds } from '../ticket/ticket.tsx';
import { openElsewhere } from './station.rules.ts';

/** The last bump on this screen, which can be taken back. */
export interface Undoable {
  readonly ticketId: string;
  readonly number: number;
  readonly taskIds: readonly string[];
  /** By the server's clock, in ms. */
  readonly at: number;
}

/** What one may be asked, or shown, over the board. */
export type Asked =
  | { readonly is: 'RUSH' | 'GUARD' | 'MORE'; readonly ticketId: string }
  | { readonly is: 'RECALL' | 'SHEET' };

interface Options {
  readonly tickets: ReadonlyMap<string, TicketFragment>;
  readonly stations: readonly StationFragment[];
  readonly station: StationFragment;
  /** Whoever may not only looks on, which the notices say. */
  readonly mayAct: boolean;
  readonly words: { readonly bumped: (number: number) => string; readonly undone: (number: number) => string };
}

/** What can be done at a station's board. The functions stay the same, so that tickets that didn't change aren't drawn again. */
export function useDeeds(options: Options) {
  const { act } = useKitchen();
  const [undoable, setUndoable] = useState<Undoable | null>(null);
  const [asked, ask] = useState<Asked | null>(null);
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const deeds = useMemo(() => {
    const withTicket = (id: string, what: (ticket: TicketFragment) => void) => {
      const ticket = latest.current.tickets.get(id);
      if (ticket && latest.current.mayAct) what(ticket);
    };
    const simply = (ticketId: string, deed: Deed) => withTicket(ticketId, (ticket) => void act(ticket, deed));
    const bumpFor = (ticketId: string, reason: string | null) =>
      withTicket(ticketId, (ticket) => {
        const { station, words } = latest.current;
        const deed: Deed = { kind: 'BUMP', stationIds: [station.id], reason };
        const taskIds = endedBy(ticket, { ...deed, kind: 'BUMP' });
        if (!taskIds.length) return;
        setUndoable({ ticketId, number: ticket.order.number, taskIds, at: serverNow() });
        announce(words.bumped(ticket.order.number));
        void act(ticket, deed);
      });
    const bump = (ticketId: string) =>
      withTicket(ticketId, (ticket) => {
        const { station, stations } = latest.current;
        if (ticket.status === 'CANCELLED') return void act(ticket, { kind: 'SEEN' });
        if (station.isExpo && openElsewhere(ticket, stations).length) ask({ is: 'GUARD', ticketId });
        else bumpFor(ticketId, null);
      });
    const tap = (ticketId: string, block: Block) =>
      withTicket(ticketId, (ticket) => {
        const { station } = latest.current;
        const taskIds = block.lines.flatMap(({ tasks }) => tasks.filter((task) => task.station.id === station.id).map(({ id }) => id));
        const status = statusAt(block, station.id);
        // Where there are only so many places, things go in before they come out.
        const kind = status === 'DONE' ? 'UNDO' : status === 'QUEUED' && station.capacity !== null ? 'START' : 'DONE';
        void act(ticket, { kind, taskIds });
      });
    const undo = () =>
      setUndoable((last) => {
        if (last) {
          simply(last.ticketId, { kind: 'UNDO', taskIds: last.taskIds });
          announce(latest.current.words.undone(last.number));
        }
        return null;
      });
    const onTickets: TicketDeeds = { bump, tap, seen: (id) => simply(id, { kind: 'SEEN' }), more: (ticketId) => ask({ is: 'MORE', ticketId }) };
    return { onTickets, bumpFor, undo, simply };
  }, [act]);
  return { ...deeds, undoable, asked, ask } as const;
}
