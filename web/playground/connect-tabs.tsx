import { useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import type { TabSubscriptions } from './tab-subscriptions.ts';

/** Gives the tabs' subscriptions GraphiQL's actions, which only a component of GraphiQL's can get. */
export function ConnectTabs({ subscriptions }: { subscriptions: TabSubscriptions }) {
  const actions = useGraphiQLActions();
  useEffect(() => subscriptions.connect(actions), [subscriptions, actions]);
  return null;
}
