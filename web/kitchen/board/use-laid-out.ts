import { useMemo, useState } from 'react';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { allergyNotes, type Block, blocksOf } from '../ticket/items.rules.ts';
import { inCells } from '../ticket/lengths.rules.ts';
import type { Wanted } from './cells.rules.ts';
import { itemsAt } from './station.rules.ts';

/** Blocks by ticket, those of each of its cells. */
export type Blocks = ReadonlyMap<string, readonly (readonly Block[])[]>;

// In lines of a block: a note, and the clocks and stages, which only a ticket's first cell has.
const note = 0.6;
const clocks = 0.8;

/** How many cells each ticket takes, and what is in each. What didn't change stays the same object. */
export function useLaidOut(tickets: readonly TicketFragment[], station: StationFragment, room: number): { readonly wanted: readonly Wanted[]; readonly blocks: Blocks } {
  const [known] = useState(() => new LaidOut());
  return useMemo(() => {
    const made = tickets.map((ticket) => ({ ticket, cells: known.cellsOf(ticket, station, room) }));
    return {
      wanted: made.map(({ ticket: { id, isRush }, cells }) => ({ id, cells: cells.length, isFirst: isRush })),
      blocks: new Map(made.map(({ ticket: { id }, cells }) => [id, cells])),
    };
  }, [known, tickets, station, room]);
}

/** Remembers what it made of a ticket, for as long as there is that ticket. */
class LaidOut {
  #made = new WeakMap<TicketFragment, readonly (readonly Block[])[]>();
  #of = '';

  cellsOf(ticket: TicketFragment, station: StationFragment, room: number): readonly (readonly Block[])[] {
    const of = `${station.id} ${room}`;
    if (this.#of !== of) this.#made = new WeakMap();
    this.#of = of;
    const cells = this.#made.get(ticket) ?? inCells(blocksOf(itemsAt(ticket, station)), room + clocks, notesOf(ticket) * note + clocks);
    this.#made.set(ticket, cells);
    return cells;
  }
}

const notesOf = (ticket: TicketFragment) =>
  allergyNotes(ticket).length + [ticket.isRush, ticket.isRecalled, ticket.isChanged || ticket.status === 'CANCELLED', ticket.order.specialInstructions].filter(Boolean).length;
