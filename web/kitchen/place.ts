import type { Client } from 'urql';
import { failureOf, send, serverClock } from '../shared/api/client.ts';
import { PageSocket } from '../shared/api/socket.ts';
import { Board } from './board/board.feed.ts';
import { Dishes } from './board/dishes.ts';
import type { SavedBoard } from './board/saved-board.ts';
import type { Disk, Kept } from './disk/disk.ts';
import { ApplyKitchenActionsDocument, KitchenBoardChangedDocument, KitchenBoardDocument, type WorkplaceFragment } from './gql/graphql.ts';
import type { TicketFragment } from './gql/graphql.ts';
import { type Action, type Answer, Queue } from './queue/queue.ts';

/** What is done, without what the screen knows itself. */
export type Deed = Pick<Action, 'kind'> & Partial<Pick<Action, 'taskIds' | 'stationIds' | 'reason' | 'minutes'>>;

/** A location's kitchen, as far as the screen has it. */
export interface Place {
  readonly place: WorkplaceFragment;
  readonly board: Board;
  readonly queue: Queue;
  readonly dishes: Dishes;
  readonly act: (ticket: Pick<TicketFragment, 'id' | 'version'>, deed: Deed) => Promise<void>;
  /** Begins to be live; what is returned ends it. */
  readonly start: () => () => void;
}

const saveWithin = 500; // ms after a change

/** Opens a location's kitchen with what was kept of it. */
export function openPlace({ client, disk, kept, place }: { client: Client; disk: Disk; kept: Kept; place: WorkplaceFragment }): Place {
  const locationId = place.id;
  const socket = new PageSocket(undefined, () => board.heard());
  const board = new Board({
    load: async () => {
      const { data, error } = await client.query(KitchenBoardDocument, { locationId }, { requestPolicy: 'network-only' }).toPromise();
      return data?.kitchenBoard ?? (error ? failureOf(error) : 'INTERNAL_SERVER_ERROR');
    },
    subscribe: (after, sink) => socket.subscribe(KitchenBoardChangedDocument, { locationId, after }, sink),
    now: serverClock.now,
    random: Math.random,
  });
  const dishes = new Dishes(client, locationId);
  const saved = (): SavedBoard | null => {
    const known = board.kept();
    return known && { ...known, place, dishes: [...dishes.all().values()], ahead: serverClock.ahead() };
  };
  const queue = new Queue({
    send: (actions) => sendTo(client, locationId, actions),
    write: (change) => {
      const now = change.drop && saved();
      return disk.write(now ? { ...change, board: now } : change);
    },
    take: (tickets) => board.answered(tickets),
    random: Math.random,
  });
  if (kept.board?.place.id === locationId) {
    serverClock.resume(kept.board.ahead);
    board.restore(kept.board);
    dishes.restore(kept.board.dishes);
  }
  const act: Place['act'] = ({ id, version }, deed) =>
    queue.add({ taskIds: [], stationIds: [], ...deed, id: crypto.randomUUID(), ticketId: id, seenVersion: version, at: new Date(serverClock.now()).toISOString() });
  return { place, board, queue, dishes, act, start: () => start({ board, queue, dishes, socket, disk, save: () => saveTo(disk, saved()) }) };
}

async function sendTo(client: Client, locationId: string, actions: readonly Action[]): Promise<Answer> {
  const { data, failure } = await send(client, ApplyKitchenActionsDocument, { input: { locationId, actions } });
  if (!data) return { is: failure === 'BAD_USER_INPUT' ? 'REFUSED' : 'FAILED', code: failure }; // what can't be read won't be the next time either
  const { results, userErrors } = data.applyKitchenActions;
  const [refused] = userErrors;
  return refused ? { is: 'REFUSED', code: refused.code } : { is: 'ANSWERED', results };
}

async function saveTo(disk: Disk, board: SavedBoard | null): Promise<void> {
  if (board) await disk.write({ board }).catch(() => undefined); // the queue tells when nothing is kept
}

type Started = Pick<Place, 'board' | 'queue' | 'dishes'> & { readonly socket: PageSocket; readonly disk: Disk; readonly save: () => Promise<void> };

function start({ board, queue, dishes, socket, disk, save }: Started): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  const saveSoon = () => {
    later ??= setTimeout(() => {
      later = undefined;
      void save();
    }, saveWithin);
  };
  const saveNow = () => void save();
  const wake = () => {
    if (document.visibilityState === 'hidden') return;
    board.wake();
    queue.wake();
    void dishes.load();
  };
  const lost = () => socket.renew(); // so that it isn't called live until a ping finds out
  // Read anew: since the page was opened, somebody may have signed out and in again.
  void disk.read().then(({ actions, notices }) => queue.restore(actions, notices), () => undefined);
  const ends = [board.feed.start(), board.watch(saveSoon), board.tickets.watch(saveSoon), dishes.watch(saveSoon)];
  void dishes.load();
  addEventListener('online', wake);
  addEventListener('offline', lost);
  addEventListener('pagehide', saveNow);
  document.addEventListener('visibilitychange', wake);
  return () => {
    clearTimeout(later);
    for (const end of ends) end();
    queue.end();
    removeEventListener('online', wake);
    removeEventListener('offline', lost);
    removeEventListener('pagehide', saveNow);
    document.removeEventListener('visibilitychange', wake);
  };
}
