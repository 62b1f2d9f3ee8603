import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Link } from 'wouter';
import { announce } from '../../shared/ui/announce.tsx';
import { type Command, commands, defaultKeys, keyCap, remapped } from '../keys/keymap.rules.ts';
import { commandWords } from '../keys/words.ts';
import { paths } from '../routes.ts';
import { useSettings } from '../screen.tsx';

/** Which key does what. A key is set by pressing it. */
export function KeysFields() {
  const { i18n, t } = useLingui();
  const [{ keys, isKeyed }, set] = useSettings();
  const [waiting, wait] = useState<Command | null>(null);
  const press = (command: Command, event: React.KeyboardEvent) => {
    if (waiting !== command) return;
    if (event.key === 'Escape' || event.key === 'Tab') return wait(null);
    event.preventDefault();
    const changed = remapped(keys, command, event.key);
    if (!changed) return announce(t`This key can't be used.`);
    set({ keys: changed });
    wait(null);
  };
  return (
    <fieldset className="toggles keys-fields">
      <legend>
        <Trans>Keys</Trans>
      </legend>
      <div>
        <label>
          <input type="checkbox" checked={isKeyed} onChange={(event) => set({ isKeyed: event.target.checked })} /> <Trans>Single keys work on the board</Trans>
        </label>
        <span>
          <button type="button" className="button" onClick={() => set({ keys: defaultKeys })}>
            <Trans>As usual</Trans>
          </button>{' '}
          <Link className="button" href={paths.keys()}>
            <Trans>Sheet to print</Trans>
          </Link>
        </span>
      </div>
      <ul>
        {commands.map((command) => {
          const name = commandWords(i18n, command);
          const key = keys[command] ? keyCap(keys[command]) : t`none`;
          return (
            <li key={command}>
              <span>{name}</span>
              <button type="button" className="button" aria-label={t`${name}: ${key}. Press to choose another key.`} onClick={() => wait(command)} onKeyDown={(event) => press(command, event)} onBlur={() => wait(null)}>
                {waiting === command ? <Trans>press a key …</Trans> : <kbd>{key}</kbd>}
              </button>
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
