// What the kitchen's service worker decides, without the worker.

/** What a request is for: a file of a build, whose name tells its content; one of the app's pages; or nothing of the worker's. */
export function kindOf(path: string, isPage: boolean): 'FILE' | 'PAGE' | null {
  if (path.startsWith('/assets/')) return 'FILE';
  return isPage && /^\/kitchen(\/|$)/.test(path) ? 'PAGE' : null;
}

const prefix = 'kitchen build ';

/** The cache of a build. */
export const cacheOf = (build: string) => prefix + build;

/** The caches to be deleted: of all builds but this and the one before, whose page may be open. Names come as they were made. */
export function outdated(names: readonly string[], current: string): readonly string[] {
  return names.filter((name) => name.startsWith(prefix) && name !== current).slice(0, -1);
}
