import { Trans, useLingui } from '@lingui/react/macro';
import { languages, type Language, names, remember, speak } from '../../shared/language/language.ts';
import { catalogues } from '../catalogues.ts';
import { useShop } from '../shop.tsx';
import './footer.css';
import { keepPage } from './worker.ts';

/** The end of each page: where the shops are, in which language it speaks, and whether it is only a demo. */
export function Footer() {
  const { places, settings } = useShop();
  const { i18n } = useLingui();
  const choose = async (language: Language) => {
    remember(language);
    await speak(i18n, language, catalogues);
    keepPage(location.pathname, true);
  };
  return (
    <footer className="foot">
      <ul>
        {places?.map(({ id, name, address, phone }) => (
          <li key={id}>
            <b>{name}</b>
            <span>
              {address.street}, {address.postalCode} {address.city}
            </span>
            {phone && <a href={`tel:${phone.replaceAll(' ', '')}`}>{phone}</a>}
          </li>
        ))}
      </ul>
      <label>
        <Trans>Language</Trans>
        <select value={i18n.locale} onChange={(event) => void choose(event.target.value as Language)}>
          {languages.map((language) => (
            <option key={language} value={language} lang={language}>
              {names[language]}
            </option>
          ))}
        </select>
      </label>
      {settings.demo && (
        <p>
          <Trans>This is a demo: nobody bakes, and no money moves.</Trans>
          {settings.playground && (
            <>
              {' '}
              <a href="/playground">
                <Trans>The API's playground</Trans>
              </a>
            </>
          )}
        </p>
      )}
    </footer>
  );
}
