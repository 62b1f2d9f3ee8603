import { Trans } from '@lingui/react/macro';
import { Component, type ReactNode } from 'react';
import { Route, Router, Switch } from 'wouter';
import { Announcer } from '../shared/ui/announce.tsx';
import { PizzaInks } from '../shared/ui/pizza.tsx';
import { BoardPage } from './board/board-page.tsx';
import { CounterPage } from './counter/counter-page.tsx';
import { KeysPage } from './keys/sheet.tsx';
import { KitchenProvider } from './kitchen.tsx';
import { PrintPage } from './print/print-page.tsx';
import { base, patterns } from './routes.ts';
import { useScreen, useSettings } from './screen.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { SignIn, Stranger } from './sign-in/sign-in.tsx';

export function App() {
  return (
    <>
      <PizzaInks />
      <Announcer />
      <Boundary>
        <Router base={base}>
          <AtWork />
        </Router>
      </Boundary>
    </>
  );
}

function AtWork() {
  const { who, places } = useScreen();
  const [{ locationId }] = useSettings();
  const place = places.find(({ id }) => id === locationId) ?? places[0];
  if (who.is === 'VISITOR') return <SignIn />;
  if (who.is === 'STRANGER') return <Stranger name={who.name} />;
  if (!place) return <Waiting isAway={who.is === 'AWAY'} />;
  return (
    <KitchenProvider key={place.id} place={place}>
      <Switch>
        <Route path={patterns.board}>
          <BoardPage />
        </Route>
        <Route path={patterns.counter}>
          <CounterPage />
        </Route>
        <Route path={patterns.settings}>
          <SettingsPage />
        </Route>
        <Route path={patterns.keys}>
          <KeysPage />
        </Route>
        <Route path={patterns.print}>{({ id }) => <PrintPage id={id} />}</Route>
        <Route>
          <BoardPage />
        </Route>
      </Switch>
    </KitchenProvider>
  );
}

function Waiting({ isAway }: { isAway: boolean }) {
  return (
    <main className="empty" aria-busy={!isAway}>
      <h1>
        <Trans>Kitchen</Trans>
      </h1>
      <p role="status">{isAway ? <Trans>The server can't be reached, and this screen has no board yet. It is tried again by itself.</Trans> : <Trans>One moment …</Trans>}</p>
    </main>
  );
}

/** An app that breaks says so: what was tapped is on the disk. */
class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="empty">
        <h1>
          <Trans>This screen broke.</Trans>
        </h1>
        <p role="alert">
          <Trans>What was tapped is kept, and is sent after a reload.</Trans>
        </p>
        <button type="button" className="button main" onClick={() => location.reload()}>
          <Trans>Reload</Trans>
        </button>
      </main>
    );
  }
}
