import { Trans, useLingui } from '@lingui/react/macro';
import { useSettings } from '../screen.tsx';
import { shift } from '../shift/shift.ts';
import { type Sound, sounds } from '../sounds/sounds.rules.ts';

/** Which events are heard; each can be tried. */
export function SoundsFields() {
  const { t } = useLingui();
  const [settings, set] = useSettings();
  const names: Readonly<Record<Sound, string>> = {
    NEW: t`A new order`, CHANGED: t`An order changed or was called off`, RUSH: t`An order is rushed`, RECALLED: t`An order is recalled`, LATE: t`An order becomes late`,
    REFUSED: t`Something wasn't done`, NOT_LIVE: t`The screen isn't live`,
  };
  const hear = async (sound: Sound) => {
    await shift.player.unlock();
    shift.player.play(sound);
  };
  return (
    <fieldset className="toggles">
      <legend>
        <Trans>Sounds</Trans>
      </legend>
      {sounds.map((sound) => {
        const name = names[sound];
        return (
          <div key={sound}>
            <label>
              <input type="checkbox" checked={settings.sounds[sound]} onChange={(event) => set({ sounds: { ...settings.sounds, [sound]: event.target.checked } })} /> {name}
            </label>
            <button type="button" className="button" aria-label={`${t`Hear it`}: ${name}`} onClick={() => void hear(sound)}>
              <Trans>Hear it</Trans>
            </button>
          </div>
        );
      })}
    </fieldset>
  );
}
