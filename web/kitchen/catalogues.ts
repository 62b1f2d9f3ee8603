import type { Catalogues } from '../shared/language/language.ts';

/** The kitchen's texts: only the reader's language is loaded. */
export const catalogues: Catalogues = {
  en: () => import('./locales/en.po'),
  it: () => import('./locales/it.po'),
  de: () => import('./locales/de.po'),
};
