/** What a key can do. A cell's number is that of its place on the page, from 1. */
export const commands = [
  'BUMP_1', 'BUMP_2', 'BUMP_3', 'BUMP_4', 'BUMP_5', 'BUMP_6', 'BUMP_7', 'BUMP_8', 'BUMP_9',
  'LEFT', 'RIGHT', 'UP', 'DOWN', 'ITEM', 'UNDO', 'RECALL', 'HOLD', 'FIRE', 'RUSH', 'SEEN', 'PAGE', 'ALL_DAY', 'SHEET',
] as const;

export type Command = (typeof commands)[number];

/** The key of each command, as KeyboardEvent.key has it; letters in lower case. None: ''. */
export type Keymap = Readonly<Record<Command, string>>;

export const defaultKeys: Keymap = {
  BUMP_1: '1', BUMP_2: '2', BUMP_3: '3', BUMP_4: '4', BUMP_5: '5', BUMP_6: '6', BUMP_7: '7', BUMP_8: '8', BUMP_9: '9',
  LEFT: 'ArrowLeft', RIGHT: 'ArrowRight', UP: 'ArrowUp', DOWN: 'ArrowDown', ITEM: 'i', UNDO: 'u', RECALL: 'r', HOLD: 'h', FIRE: 'f', RUSH: 'x', SEEN: 's',
  PAGE: 'p', ALL_DAY: 'a', SHEET: '?',
};

/** A key that went down, and where. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** It is held down, or writes. */
  readonly repeat: boolean;
  /** The focus is in a field, or a dialog is open. */
  readonly isElsewhere: boolean;
}

export const keyOf = (key: string) => (key.length === 1 ? key.toLowerCase() : key);

/** What a key does; null: nothing of ours. No key does anything while somebody types, or with a modifier, or twice because it is held. */
export function commandOf(keys: Keymap, { key, ctrlKey, altKey, metaKey, repeat, isElsewhere }: Pressed): Command | null {
  if (ctrlKey || altKey || metaKey || isElsewhere) return null;
  const command = commands.find((one) => keys[one] !== '' && keys[one] === keyOf(key)) ?? null;
  return repeat && command && !moves.has(command) ? null : command;
}

const moves: ReadonlySet<Command> = new Set(['LEFT', 'RIGHT', 'UP', 'DOWN']);

// With these one moves through the page, or leaves a dialog.
const reserved = new Set(['Tab', 'Escape', 'Enter', ' ', 'Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Process', 'Unidentified']);

/** Gives a command another key, and takes it from whoever had it; null: the key can't be had. */
export function remapped(keys: Keymap, command: Command, pressed: string): Keymap | null {
  const key = keyOf(pressed);
  if (reserved.has(key)) return null;
  const freed = commands.map((one) => [one, keys[one] === key ? '' : keys[one]] as const);
  return { ...(Object.fromEntries(freed) as Keymap), [command]: key };
}

/** A key as it is printed on a keyboard. */
export const keyCap = (key: string) => caps[key] ?? (key.length === 1 ? key.toUpperCase() : key);

const caps: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', PageUp: 'PgUp', PageDown: 'PgDn', Backspace: '⌫', Delete: 'Del', ß: 'ß' };

/** The cell that a command bumps, from 0; null: none. */
export const cellOf = (command: Command) => (command.startsWith('BUMP_') ? Number(command.slice(5)) - 1 : null);

/** From which cell to which one goes, in a grid of so many columns; to the end of the page at most. */
export function moved(from: number, command: Command, columns: number, cells: number): number {
  const step = { LEFT: -1, RIGHT: 1, UP: -columns, DOWN: columns }[command as 'LEFT'] ?? 0;
  const to = from + step;
  return to < 0 || to >= cells ? from : to;
}
