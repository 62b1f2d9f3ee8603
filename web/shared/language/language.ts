import type { I18n, Messages } from '@lingui/core';

export const languages = ['en', 'it', 'de'] as const;

export type Language = (typeof languages)[number];

/** What each language is called by those who speak it. */
export const names: Readonly<Record<Language, string>> = { en: 'English', it: 'Italiano', de: 'Deutsch' };

/** How an app finds its catalogues: only the reader's is loaded. */
export type Catalogues = Readonly<Record<Language, () => Promise<{ messages: Messages }>>>;

const isLanguage = (text: string): text is Language => languages.some((language) => language === text);

/** The reader's language: the one of the page, as the server chose it, or else the browser's. */
export function preferred(page: string, wanted: readonly string[]): Language {
  const found = [page, ...wanted].map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  return found ?? 'en';
}

/** Speaks the language from now on, and remembers it for the server's next page. */
export async function speak(i18n: I18n, language: Language, catalogues: Catalogues): Promise<void> {
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
}

/** For a year, so that the server's next page is in this language from the first byte. */
export function remember(language: Language) {
  document.cookie = `language=${language}; path=/; max-age=31536000; samesite=lax`;
}
