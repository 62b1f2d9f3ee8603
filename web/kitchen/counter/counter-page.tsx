import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { LiveState } from '../board/live-state.tsx';
import { WallClock } from '../board/wall-clock.tsx';
import { useTime } from '../clock/ticker.ts';
import { useKitchen, useStations, useTickets } from '../kitchen.tsx';
import { numbersOf } from './counter.rules.ts';
import './counter.css';

/** For the guests at the counter: numbers, and nothing else about them. */
export function CounterPage() {
  const { t } = useLingui();
  const { place } = useKitchen();
  const byId = useTickets();
  const expo = useStations().find(({ isExpo }) => isExpo)?.id ?? '';
  const tickets = useMemo(() => [...byId.values()], [byId]);
  const text = useTime((now) => JSON.stringify(numbersOf(tickets, expo, now)));
  const { almost, ready } = JSON.parse(text) as ReturnType<typeof numbersOf>;
  return (
    <div className="counter">
      <header>
        <h1>{place.name}</h1>
        <WallClock />
      </header>
      <main aria-label={t`Order numbers`}>
        <Numbers name="almost" title={<Trans>Almost ready</Trans>} numbers={almost} />
        <Numbers name="ready" title={<Trans>Ready</Trans>} numbers={ready} />
      </main>
      <footer>
        <LiveState />
      </footer>
    </div>
  );
}

function Numbers({ name, title, numbers }: { name: string; title: ReactNode; numbers: readonly number[] }) {
  return (
    <section className={name} aria-live={name === 'ready' ? 'polite' : 'off'}>
      <h2>{title}</h2>
      <ul className="number">
        {numbers.map((number) => (
          <li key={number}>{number}</li>
        ))}
      </ul>
    </section>
  );
}
