import { type Settings, settingsOf } from './settings.rules.ts';

const key = 'kitchen settings';

/** This screen's settings, kept on it, and shown on the page's root element. */
export class SettingsStore {
  readonly #storage: Storage;
  readonly #root: HTMLElement;
  readonly #watchers = new Set<() => void>();
  #settings: Settings;

  constructor(storage: Storage, root: HTMLElement) {
    this.#storage = storage;
    this.#root = root;
    this.#settings = settingsOf(storage.getItem(key));
    this.#dress();
  }

  readonly settings = () => this.#settings;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  };

  readonly set = (change: Partial<Settings>) => {
    this.#settings = { ...this.#settings, ...change };
    this.#storage.setItem(key, JSON.stringify(this.#settings));
    this.#dress();
    for (const watcher of this.#watchers) watcher();
  };

  #dress() {
    const { theme, textSize } = this.#settings;
    this.#root.dataset['theme'] = theme.toLowerCase();
    this.#root.style.setProperty('--text', String(textSize / 100));
  }
}
