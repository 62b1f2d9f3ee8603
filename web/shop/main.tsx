import '../shared/ui/tokens.css';
import '../shared/ui/fonts.css';
import '../shared/ui/base.css';
import '../shared/ui/controls.css';
import '../shared/ui/dialog.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { newClient } from '../shared/api/client.ts';
import { preferred, speak } from '../shared/language/language.ts';
import { App } from './app.tsx';
import { catalogues } from './catalogues.ts';
import { firstScreen } from './first-screen.ts';
import { ShopProvider } from './shop.tsx';

const first = firstScreen(document.getElementById('first-data')?.textContent, document.documentElement.dataset['kept']);

// What the server has drawn stays until the app can draw the same, in the same language.
await speak(i18n, preferred(document.documentElement.lang, navigator.languages), catalogues);

createRoot(document.getElementById('root')!).render(
  <I18nProvider i18n={i18n}>
    <ShopProvider client={newClient()} first={first}>
      <App />
    </ShopProvider>
  </I18nProvider>,
);
