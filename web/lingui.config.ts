import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'it', 'de'],
  catalogs: ['shop', 'kitchen'].map((app) => ({ path: `${app}/locales/{locale}`, include: [app, 'shared'] })),
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: 'message',
});
