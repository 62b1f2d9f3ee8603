import { type Disk, openDisk } from './disk.ts';

/** The browser's disk; without one, everything is as on a new screen, and what can't be written says so. */
export async function diskOrNone(): Promise<Disk> {
  try {
    return await openDisk(indexedDB);
  } catch {
    return { read: () => Promise.resolve({ actions: [], notices: [], board: null }), write: () => Promise.reject(new Error('the browser keeps nothing for this page')) };
  }
}
