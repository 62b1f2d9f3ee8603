import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { type Client, useClient } from 'urql';
import { serverClock } from '../shared/api/client.ts';
import type { Connection } from '../shared/live/feed.ts';
import { useConnection, useLive } from '../shared/live/use-live.ts';
import type { Board, Standing } from './board/board.feed.ts';
import type { DrawnFragment, StationFragment, TicketFragment, WorkplaceFragment } from './gql/graphql.ts';
import { openPlace, type Place } from './place.ts';
import type { Waiting } from './queue/queue.ts';
import { useScreen } from './screen.tsx';
import { laidOver } from './ticket/overlay.rules.ts';

const Context = createContext<Place | null>(null);

/** The place whose kitchen is shown: its board, its queue, and what can be done. */
export function useKitchen(): Place {
  const place = useContext(Context);
  if (!place) throw new Error('there is no kitchen around this');
  return place;
}

/** Opens a location's kitchen for as long as it is shown. */
export function KitchenProvider({ place, children }: { place: WorkplaceFragment; children: ReactNode }) {
  const { disk, kept } = useScreen();
  const client: Client = useClient();
  const [opened] = useState(() => openPlace({ client, disk, kept, place }));
  useEffect(() => opened.start(), [opened]);
  return <Context value={opened}>{children}</Context>;
}

/** The board's tickets by id, with what was tapped here laid over them. Those that nothing was done to stay the same objects. */
export function useTickets(): ReadonlyMap<string, TicketFragment> {
  const { board, queue } = useKitchen();
  const told = useLive(board.tickets, ({ things }) => things);
  const { actions } = useSyncExternalStore(queue.watch, queue.waiting);
  return useMemo(() => (actions.length ? new Map([...told].map(([id, ticket]) => [id, laidOver(ticket, actions)])) : told), [told, actions]);
}

export function useStanding(): Standing {
  const { board } = useKitchen();
  return useSyncExternalStore(board.watch, board.standing);
}

/** Live, or since when it isn't. */
export function useBoardConnection(): Connection {
  const { board } = useKitchen();
  return useConnection(board.feed);
}

export function useWaiting(): Waiting {
  const { queue } = useKitchen();
  return useSyncExternalStore(queue.watch, queue.waiting);
}

/** What dishes are drawn by, by their ids. */
export function useDishes(): ReadonlyMap<string, DrawnFragment> {
  const { dishes } = useKitchen();
  return useSyncExternalStore(dishes.watch, dishes.all);
}

const none: readonly StationFragment[] = [];

export function useStations(): readonly StationFragment[] {
  return useStandingOf((standing) => (standing.isThere ? standing.stations : none));
}

/** A part of what the board tells of itself: who reads it is drawn again only when that changes. */
export function useStandingOf<P>(pick: (standing: Standing) => P): P {
  const { board }: { board: Board } = useKitchen();
  return useSyncExternalStore(board.watch, () => pick(board.standing()));
}

export const serverNow = serverClock.now;
