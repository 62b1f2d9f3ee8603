import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { useWaiting } from '../kitchen.tsx';
import { useSettings } from '../screen.tsx';
import { keyCap } from '../keys/keymap.rules.ts';
import { bumpCommand } from '../keys/use-keys.ts';
import type { Takes } from '../ticket/slack.rules.ts';
import { Ticket, type TicketDeeds } from '../ticket/ticket.tsx';
import { type Cells, pageOf } from './cells.rules.ts';
import type { Grid } from './use-grid.ts';
import type { Blocks } from './use-laid-out.ts';

interface Paged {
  readonly cells: Cells;
  readonly page: number;
  readonly perPage: number;
  readonly grid: Grid;
  readonly tickets: ReadonlyMap<string, TicketFragment>;
  readonly blocks: Blocks;
  readonly station: StationFragment;
  readonly stations: readonly StationFragment[];
  readonly takes: Takes;
  readonly selected: string | null;
  readonly highlighted: ReadonlySet<string> | null;
  readonly deeds: TicketDeeds;
}

/** One page of cells. A gap stays an empty cell. */
export function Page({ cells, page, perPage, grid, tickets, blocks, station, stations, takes, selected, highlighted, deeds }: Paged) {
  const [{ keys, isKeyed }] = useSettings();
  const { actions } = useWaiting();
  const parts = grid.isList ? cells : pageOf(cells, page, perPage);
  return (
    <div className="cells">
      {parts.map((part, i) => {
        const ticket = part && tickets.get(part.id);
        const ofPart = part && blocks.get(part.id);
        if (!part || !ticket || !ofPart) return <div key={`gap ${i}`} className="gap" />;
        const command = bumpCommand(i - part.part);
        // While it may not grow, what has no cell of its own yet is in the last one.
        const inCell = part.part === part.of - 1 ? ofPart.slice(part.part).flat() : (ofPart[part.part] ?? []);
        return (
          <Ticket
            key={`${part.id} ${part.part}`}
            {...{ ticket, station, stations, takes, deeds }}
            blocks={part.of === ofPart.length ? (ofPart[part.part] ?? []) : inCell}
            part={part.part}
            of={part.of}
            keyCap={isKeyed && command ? keyCap(keys[command]) : ''}
            isSelected={selected === part.id}
            isCounted={highlighted && highlighted.has(part.id)}
            isUnsent={actions.some(({ ticketId }) => ticketId === part.id)}
          />
        );
      })}
    </div>
  );
}
