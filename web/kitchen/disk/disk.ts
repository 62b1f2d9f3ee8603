import type { Action, Notice } from '../queue/queue.ts';
import type { SavedBoard } from '../board/saved-board.ts';

/** What the screen keeps, so that a reload, or a restart without network, loses nothing. */
export interface Kept {
  /** In the order in which they were done. */
  readonly actions: readonly Action[];
  readonly notices: readonly Notice[];
  readonly board: SavedBoard | null;
}

/** A change of what is kept: all of it, or nothing. */
export interface Change {
  readonly put?: Action;
  /** The ids of actions that were answered. */
  readonly drop?: readonly string[];
  /** All that there are now. */
  readonly notices?: readonly Notice[];
  /** Null: it is forgotten. */
  readonly board?: SavedBoard | null;
}

/** Where the screen keeps things. */
export interface Disk {
  readonly read: () => Promise<Kept>;
  /** Rejects if nothing could be written. */
  readonly write: (change: Change) => Promise<void>;
}

const database = 'kitchen';
const version = 1;
const stores = { actions: 'actions', single: 'single' } as const;

/** Opens the browser's disk, IndexedDB. It rejects if the browser has none for this page. */
export async function openDisk(factory: IDBFactory): Promise<Disk> {
  const opening = factory.open(database, version);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(stores.actions, { autoIncrement: true });
    opening.result.createObjectStore(stores.single);
  };
  const db = await settled(opening);
  db.onversionchange = () => db.close(); // another tab has a newer app
  return { read: () => read(db), write: (change) => write(db, change) };
}

async function read(db: IDBDatabase): Promise<Kept> {
  const all = db.transaction(Object.values(stores));
  const single = all.objectStore(stores.single);
  const [actions, notices, board] = await Promise.all([
    settled(all.objectStore(stores.actions).getAll() as IDBRequest<Action[]>),
    settled(single.get('notices') as IDBRequest<Notice[] | undefined>),
    settled(single.get('board') as IDBRequest<SavedBoard | undefined>),
  ]);
  return { actions, notices: notices ?? [], board: board ?? null };
}

function write(db: IDBDatabase, { put, drop = [], notices, board }: Change): Promise<void> {
  const all = db.transaction(Object.values(stores), 'readwrite', { durability: 'strict' });
  const [actions, single] = [all.objectStore(stores.actions), all.objectStore(stores.single)];
  if (put) actions.add(put);
  if (drop.length) dropAll(actions, new Set(drop));
  if (notices) single.put(notices, 'notices');
  if (board) single.put(board, 'board');
  if (board === null) single.delete('board');
  return new Promise((resolve, reject) => {
    all.oncomplete = () => resolve();
    all.onabort = () => reject(all.error ?? new Error('the disk took nothing'));
  });
}

function dropAll(actions: IDBObjectStore, ids: ReadonlySet<string>) {
  const walk = actions.openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (!cursor) return;
    if (ids.has((cursor.value as Action).id)) cursor.delete();
    cursor.continue();
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the disk does not answer'));
  });
}
