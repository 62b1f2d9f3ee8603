import { Trans, useLingui } from '@lingui/react/macro';
import { type CSSProperties, useMemo, useState } from 'react';
import { chosenTickets } from '../counts/all-day.tsx';
import type { StationFragment } from '../gql/graphql.ts';
import { useStations, useTickets } from '../kitchen.tsx';
import { useKeys } from '../keys/use-keys.ts';
import { useScreen, useSettings } from '../screen.tsx';
import { useSounds } from '../sounds/use-sounds.ts';
import { takesOf } from '../ticket/slack.rules.ts';
import { pageCount } from './cells.rules.ts';
import { Dialogs } from './dialogs.tsx';
import { Notices } from './notices.tsx';
import { Page } from './page.tsx';
import { Rail } from './rail.tsx';
import { Side } from './side.tsx';
import { inOrder, isOnBoard } from './station.rules.ts';
import { UndoChip } from './undo-chip.tsx';
import { useCells } from './use-cells.ts';
import { useDeeds } from './use-deeds.ts';
import { useGrid } from './use-grid.ts';
import { useLaidOut } from './use-laid-out.ts';
import { useLearned } from './use-learned.ts';
import './board.css';

/** What a station has to do. */
export function BoardPage() {
  const stations = useStations();
  const [{ stationId }] = useSettings();
  const station = stations.find(({ id }) => id === stationId) ?? stations[0];
  if (!station) return <NoBoard />;
  return <BoardOf key={station.id} station={station} stations={stations} />;
}

function BoardOf({ station, stations }: { station: StationFragment; stations: readonly StationFragment[] }) {
  const { t } = useLingui();
  const [, set] = useSettings();
  const { who } = useScreen();
  const byId = useTickets();
  const tickets = useMemo(() => [...byId.values()], [byId]);
  const mine = useMemo(() => inOrder(tickets.filter((ticket) => isOnBoard(ticket, station))), [tickets, station]);
  const takes = useLearned(useMemo(() => takesOf(tickets), [tickets]));
  const { element, grid } = useGrid();
  const laidOut = useLaidOut(mine, station, grid.room);
  const perPage = grid.columns * grid.rows;
  const cells = useCells(laidOut.wanted, perPage);
  const [page, setPage] = useState(0);
  const [selected, select] = useState<string | null>(null);
  const [chosen, choose] = useState<string | null>(null);
  const [hasSide, setSide] = useState(true);
  const pages = pageCount(cells, perPage);
  const shown = Math.min(page, pages - 1);
  const deeds = useDeeds({ tickets: byId, stations, station, mayAct: who.is !== 'WORKER' || who.mayAct, words: { bumped: (number) => t`${number} done`, undone: (number) => t`${number} is back` } });
  const highlighted = chosenTickets(tickets, station, chosen);
  useSounds({ station, tickets: mine, takes });
  useKeys({
    cells, page: shown, columns: grid.columns, perPage, selected, select, deeds,
    turn: () => setPage((shown + 1) % pages), toggleSide: () => setSide((before) => !before), blocks: laidOut.blocks,
  });
  return (
    <div className={`kitchen ${hasSide ? '' : 'without-day'}`}>
      <Rail stations={stations} station={station} tickets={tickets} choose={(id) => set({ stationId: id })} />
      <main className="board-area" aria-label={t`Orders`}>
        <div className="board" ref={element} style={{ '--columns': grid.columns, '--rows': grid.rows } as CSSProperties}>
          {mine.length === 0 && cells.length === 0 ? (
            <Nothing />
          ) : (
            <Page {...{ cells, grid, perPage, station, stations, takes, selected, highlighted }} page={shown} tickets={byId} blocks={laidOut.blocks} deeds={deeds.onTickets} />
          )}
        </div>
        {pages > 1 && (
          <nav className="pages" aria-label={t`Pages`}>
            {Array.from({ length: pages }, (_, i) => (
              <button key={i} type="button" aria-current={i === shown || undefined} aria-label={t`Page ${i + 1} of ${pages}`} onClick={() => setPage(i)}>
                {i + 1}
              </button>
            ))}
          </nav>
        )}
      </main>
      {hasSide && <Side {...{ tickets, station, chosen, choose }} deeds={deeds} />}
      <UndoChip undoable={deeds.undoable} undo={deeds.undo} />
      <Notices />
      <Dialogs {...{ stations, station, tickets }} byId={byId} deeds={deeds} />
    </div>
  );
}

function Nothing() {
  return (
    <div className="empty">
      <h2>
        <Trans>Nothing to do here.</Trans>
      </h2>
      <p>
        <Trans>The next order comes by itself.</Trans>
      </p>
    </div>
  );
}

function NoBoard() {
  return (
    <>
      <main className="empty" aria-busy="true">
        <h1>
          <Trans>The board is on its way.</Trans>
        </h1>
        <p>
          <Trans>If this stays, the server can't be reached. It is tried again by itself.</Trans>
        </p>
      </main>
      <Notices />
    </>
  );
}

