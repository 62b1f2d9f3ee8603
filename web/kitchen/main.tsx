import '../shared/ui/tokens.css';
import '../shared/ui/fonts.css';
import '../shared/ui/base.css';
import '../shared/ui/controls.css';
import '../shared/ui/dialog.css';
import './shell/kitchen.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { newClient } from '../shared/api/client.ts';
import { preferred, speak } from '../shared/language/language.ts';
import { App } from './app.tsx';
import { catalogues } from './catalogues.ts';
import { diskOrNone } from './disk/disk-or-none.ts';
import { ScreenProvider } from './screen.tsx';
import { SettingsStore } from './settings/settings.ts';
import { startWorker } from './shell/worker.ts';

const settings = new SettingsStore(localStorage, document.documentElement);
const disk = await diskOrNone();
const kept = await disk.read();
await speak(i18n, settings.settings().language ?? preferred('', navigator.languages), catalogues);

createRoot(document.getElementById('root')!).render(
  <I18nProvider i18n={i18n}>
    <Provider value={newClient()}>
      <ScreenProvider settings={settings} disk={disk} kept={kept}>
        <App />
      </ScreenProvider>
    </Provider>
  </I18nProvider>,
);
startWorker();
