import './workers.ts';
import './styles.ts';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import pizza from '../brand/pizza.svg';
import { ConnectTabs } from './connect-tabs.tsx';
import { demoAccountsPlugin } from './demo-accounts.tsx';
import { examples } from './examples.ts';
import { createFetcher } from './fetcher.ts';
import { firstLocation } from './first-location.ts';
import { fillLocation } from './stored-tabs.ts';
import { TabSubscriptions } from './tab-subscriptions.ts';
import { WordWrap } from './word-wrap.tsx';

const endpoint = new URL('/graphql', location.href);
const demoAccounts = demoAccountsPlugin(endpoint);
const subscriptions = new TabSubscriptions();
const locationId = await firstLocation(endpoint);
if (locationId !== null) fillLocation(localStorage, locationId);

createRoot(document.getElementById('root')!).render(
  <GraphiQL
    fetcher={createFetcher(endpoint, subscriptions)}
    onTabChange={(tabs) => subscriptions.tabsChanged(tabs)}
    defaultTabs={examples(new Date(), locationId)}
    plugins={[HISTORY_PLUGIN, demoAccounts]}
    visiblePlugin={demoAccounts.title}
    defaultEditorToolsVisibility="variables"
    showPersistHeadersSettings={false}
    inputValueDeprecation
    schemaDescription
  >
    <GraphiQL.Logo>
      <span className="brand">
        <img src={pizza} alt="" /> Mario's Pizzeria
      </span>
    </GraphiQL.Logo>
    <ConnectTabs subscriptions={subscriptions} />
    <WordWrap />
  </GraphiQL>,
);
