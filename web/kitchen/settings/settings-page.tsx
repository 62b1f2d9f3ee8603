import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Language, languages, names, remember, speak } from '../../shared/language/language.ts';
import { catalogues } from '../catalogues.ts';
import { useStations } from '../kitchen.tsx';
import { paths } from '../routes.ts';
import { useScreen, useSettings } from '../screen.tsx';
import { SignOut } from '../sign-in/sign-in.tsx';
import { KeysFields } from './keys-fields.tsx';
import { type TextSize, textSizes, type Theme, themes } from './settings.rules.ts';
import { SoundsFields } from './sounds-fields.tsx';
import './settings.css';

/** How this screen is: each its own. */
export function SettingsPage() {
  const { i18n, t } = useLingui();
  const { places, who } = useScreen();
  const [settings, set] = useSettings();
  const stations = useStations();
  const themeNames: Readonly<Record<Theme, string>> = { DARK: t`Dark`, LIGHT: t`Light`, CONTRAST: t`High contrast` };
  const choose = async (language: Language) => {
    set({ language });
    remember(language);
    await speak(i18n, language, catalogues);
  };
  return (
    <main className="page settings">
      <header>
        <h1>
          <Trans>This screen</Trans>
        </h1>
        <Link className="button main" href={paths.board()}>
          <Trans>To the board</Trans>
        </Link>
      </header>
      {places.length > 1 && (
        <Choice legend={<Trans>Location</Trans>} name="place" value={settings.locationId ?? places[0]?.id ?? ''} options={places.map(({ id, name }) => [id, name])} choose={(locationId) => set({ locationId, stationId: null })} />
      )}
      <Choice legend={<Trans>Station</Trans>} name="station" value={settings.stationId ?? stations[0]?.id ?? ''} options={stations.map(({ id, name }) => [id, name])} choose={(stationId) => set({ stationId })} />
      <Choice legend={<Trans>Looks</Trans>} name="theme" value={settings.theme} options={themes.map((theme) => [theme, themeNames[theme]])} choose={(theme) => set({ theme })} />
      <Choice legend={<Trans>Text size</Trans>} name="size" value={String(settings.textSize)} options={textSizes.map((size) => [String(size), `${size} %`])} choose={(size) => set({ textSize: Number(size) as TextSize })} />
      <Choice legend={<Trans>Language</Trans>} name="language" value={i18n.locale} options={languages.map((language) => [language, names[language]])} choose={(language) => void choose(language as Language)} />
      <SoundsFields />
      <KeysFields />
      <section>
        <h2>
          <Trans>Other screens</Trans>
        </h2>
        <p>
          <Link className="button" href={paths.counter()}>
            <Trans>Numbers for the counter</Trans>
          </Link>{' '}
          {who.is === 'WORKER' && <SignOut />}
        </p>
      </section>
    </main>
  );
}

function Choice<V extends string>({ legend, name, value, options, choose }: { legend: ReactNode; name: string; value: string; options: readonly (readonly [V, string])[]; choose: (value: V) => void }) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      <div className="choices">
        {options.map(([option, label]) => (
          <label key={option}>
            <input type="radio" name={name} checked={option === value} onChange={() => choose(option)} />
            <span>
              <b>{label}</b>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
