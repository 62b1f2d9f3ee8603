import { Trans } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { type Count, countText, dishCounts, optionCounts } from './all-day.rules.ts';
import './all-day.css';

const most = 8;

/** Which count is chosen, by its name; null: none. */
interface Chosen {
  readonly chosen: string | null;
  readonly choose: (name: string | null) => void;
}

/** What is to be made in all, by dish and by what goes on it. A tap on a count shows whose it is. */
export function AllDay({ tickets, station, chosen, choose }: Chosen & { tickets: readonly TicketFragment[]; station: StationFragment }) {
  const [dishes, options] = [dishCounts(tickets, station.id), optionCounts(tickets, station.id)];
  const { name } = station;
  return (
    <>
      <Counts title={<Trans>To do at {name}</Trans>} counts={dishes} {...{ chosen, choose }} />
      {options.length > 0 && <Counts title={<Trans>With all of it</Trans>} counts={options} {...{ chosen, choose }} />}
    </>
  );
}

function Counts({ title, counts, chosen, choose }: Chosen & { title: ReactNode; counts: readonly Count[] }) {
  const rest = counts.length - most;
  return (
    <section className="counts">
      <h2>{title}</h2>
      {counts.length === 0 && (
        <p>
          <Trans>Nothing.</Trans>
        </p>
      )}
      <List counts={counts.slice(0, most)} {...{ chosen, choose }} />
      {rest > 0 && (
        <details>
          <summary>
            <Trans>{rest} more</Trans>
          </summary>
          <List counts={counts.slice(most)} {...{ chosen, choose }} />
        </details>
      )}
    </section>
  );
}

function List({ counts, chosen, choose }: Chosen & { counts: readonly Count[] }) {
  return (
    <ol>
      {counts.map(({ name, count }) => (
        <li key={name}>
          <button type="button" aria-pressed={chosen === name} onClick={() => choose(chosen === name ? null : name)}>
            <b className="number">{countText(count)}</b> {name}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** The tickets that a chosen count is of; null: none is chosen. */
export function chosenTickets(tickets: readonly TicketFragment[], station: StationFragment, chosen: string | null): ReadonlySet<string> | null {
  if (chosen === null) return null;
  const count = [...dishCounts(tickets, station.id), ...optionCounts(tickets, station.id)].find(({ name }) => name === chosen);
  return count?.ticketIds ?? null;
}
