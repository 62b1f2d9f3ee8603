import { Player } from '../sounds/player.ts';

/** Whether somebody works at the screen: then it can be heard, and stays awake, if the device lets it. */
export interface ShiftState {
  readonly isOn: boolean;
  readonly isAwake: boolean;
}

/** The screen from when somebody has touched it for the shift. */
class Shift {
  readonly player = new Player();
  readonly #watchers = new Set<() => void>();
  #state: ShiftState = { isOn: false, isAwake: false };

  readonly state = () => this.#state;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  /** Call it from a tap: browsers let nothing sound before. */
  async start(): Promise<void> {
    this.#show({ isOn: true, isAwake: true });
    document.addEventListener('visibilitychange', () => void this.#stayAwake());
    await Promise.all([this.player.unlock(), this.#stayAwake()]);
  }

  // The lock is lost whenever the page is hidden.
  async #stayAwake(): Promise<void> {
    if (document.visibilityState === 'hidden') return;
    try {
      await navigator.wakeLock.request('screen');
      this.#show({ ...this.#state, isAwake: true });
    } catch {
      this.#show({ ...this.#state, isAwake: false }); // which the rail tells
    }
  }

  #show(state: ShiftState) {
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

export const shift = new Shift();
