import { type Language, languages } from '../../shared/language/language.ts';
import { commands, defaultKeys, type Keymap } from '../keys/keymap.rules.ts';
import { type Sound, sounds } from '../sounds/sounds.rules.ts';

export const themes = ['DARK', 'LIGHT', 'CONTRAST'] as const;
export type Theme = (typeof themes)[number];

/** In per cent of what is usual. */
export const textSizes = [85, 100, 115, 130, 150] as const;
export type TextSize = (typeof textSizes)[number];

/** What a screen is set to. */
export interface Settings {
  /** Null: it isn't chosen yet. */
  readonly locationId: string | null;
  readonly stationId: string | null;
  readonly theme: Theme;
  readonly textSize: TextSize;
  /** Null: as the browser has it. */
  readonly language: Language | null;
  readonly keys: Keymap;
  /** One-key commands can be switched off. */
  readonly isKeyed: boolean;
  readonly sounds: Readonly<Record<Sound, boolean>>;
}

export const defaults: Settings = {
  locationId: null, stationId: null, theme: 'DARK', textSize: 100, language: null, keys: defaultKeys, isKeyed: true,
  sounds: Object.fromEntries(sounds.map((sound) => [sound, true])) as Record<Sound, boolean>,
};

/** What was kept, as far as it can be understood: a screen that was set by another version of the app keeps the rest. */
export function settingsOf(text: string | null): Settings {
  const kept = objectOf(text);
  const one = <T>(of: readonly T[], value: unknown, otherwise: T) => of.find((each) => each === value) ?? otherwise;
  const name = (value: unknown) => (typeof value === 'string' ? value : null);
  const [keys, heard] = [kept['keys'], kept['sounds']].map((value) => (typeof value === 'object' && value ? value : {})) as [Record<string, unknown>, Record<string, unknown>];
  return {
    locationId: name(kept['locationId']), stationId: name(kept['stationId']),
    theme: one(themes, kept['theme'], defaults.theme), textSize: one(textSizes, kept['textSize'], defaults.textSize),
    language: one<Language | null>(languages, kept['language'], null), isKeyed: kept['isKeyed'] !== false,
    keys: Object.fromEntries(commands.map((command) => [command, name(keys[command]) ?? defaultKeys[command]])) as Keymap,
    sounds: Object.fromEntries(sounds.map((sound) => [sound, heard[sound] !== false])) as Record<Sound, boolean>,
  };
}

function objectOf(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
