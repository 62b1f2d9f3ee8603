import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import { useClient } from 'urql';
import type { WorkplaceFragment } from './gql/graphql.ts';
import type { Disk, Kept } from './disk/disk.ts';
import type { SettingsStore } from './settings/settings.ts';
import type { Settings } from './settings/settings.rules.ts';
import { useWorker, type WhoWorks } from './sign-in/use-worker.ts';

/** What a screen has, whoever works at it: its disk, its settings, and who is signed in. */
export interface Screen {
  readonly disk: Disk;
  readonly kept: Kept;
  readonly store: SettingsStore;
  readonly who: WhoWorks;
  /** Somebody has signed in, or out. */
  readonly ask: () => void;
  /** Where the screen may stand: the worker's locations; without network, where it stood. */
  readonly places: readonly WorkplaceFragment[];
}

const Context = createContext<Screen | null>(null);

export function useScreen(): Screen {
  const screen = useContext(Context);
  if (!screen) throw new Error('there is no screen around this');
  return screen;
}

export function useSettings(): readonly [Settings, SettingsStore['set']] {
  const { store } = useScreen();
  return [useSyncExternalStore(store.watch, store.settings), store.set];
}

export function ScreenProvider({ settings, disk, kept, children }: { settings: SettingsStore; disk: Disk; kept: Kept; children: ReactNode }) {
  const [who, ask] = useWorker(useClient());
  const places = useMemo(() => (who.is === 'WORKER' ? who.places : (who.is === 'AWAY' || who.is === 'ASKING') && kept.board ? [kept.board.place] : []), [who, kept]);
  const screen = useMemo<Screen>(() => ({ disk, kept, store: settings, who, ask, places }), [disk, kept, settings, who, ask, places]);
  return <Context value={screen}>{children}</Context>;
}
