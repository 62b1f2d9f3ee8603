import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'it', 'de'],
  catalogs: [{ path: 'shop/locales/{locale}', include: ['shop', 'shared'] }],
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: 'message',
});
