import { useLingui } from '@lingui/react/macro';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { useKitchen } from '../kitchen.tsx';
import { StartShift } from '../shift/start-shift.tsx';
import { LiveState } from './live-state.tsx';
import { inHand, isOnBoard } from './station.rules.ts';
import { WallClock } from './wall-clock.tsx';
import './rail.css';

/** What is the same on each station's board: where it is, who has how much to do, whether it is live. */
export function Rail({ stations, station, tickets, choose }: { stations: readonly StationFragment[]; station: StationFragment; tickets: readonly TicketFragment[]; choose: (stationId: string) => void }) {
  const { t } = useLingui();
  const { place } = useKitchen();
  return (
    <header className="rail">
      <h1>{place.name}</h1>
      <nav aria-label={t`Stations`}>
        {stations.map((one) => {
          const count = tickets.filter((ticket) => isOnBoard(ticket, one)).length;
          return (
            <button key={one.id} type="button" aria-current={one.id === station.id || undefined} onClick={() => choose(one.id)}>
              {one.name} <i className="number">{count}</i>
            </button>
          );
        })}
      </nav>
      {stations.map((one) => one.capacity !== null && <Places key={one.id} station={one} taken={inHand(tickets, one.id)} />)}
      <LiveState />
      <StartShift />
      <WallClock />
    </header>
  );
}

const mostDrawn = 12;

/** How much of a station is taken: an oven's places. */
function Places({ station: { name, capacity }, taken }: { station: StationFragment; taken: number }) {
  const { t } = useLingui();
  const all = capacity ?? 0;
  return (
    <p className="places" aria-label={t`${name}: ${taken} of ${all} places taken`} role="img">
      {name}{' '}
      {all <= mostDrawn ? (
        <span>
          {Array.from({ length: all }, (_, i) => (
            <i key={i} className={i < taken ? 'taken' : undefined} />
          ))}
        </span>
      ) : null}{' '}
      <b className="number">
        {taken}/{all}
      </b>
    </p>
  );
}
