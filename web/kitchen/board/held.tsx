import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { wallTime } from '../../shared/time/time.ts';
import type { TicketFragment } from '../gql/graphql.ts';
import { useKitchen } from '../kitchen.tsx';
import { heldOnes, portions } from './station.rules.ts';

/** Orders that wait for their time. */
export function Held({ tickets, act }: { tickets: readonly TicketFragment[]; act: (ticketId: string, kind: 'FIRE' | 'HOLD') => void }) {
  const { i18n, t } = useLingui();
  const { place } = useKitchen();
  const held = heldOnes(tickets);
  if (!held.length) return null;
  return (
    <section className="held">
      <h2>
        <Trans>Held</Trans>
      </h2>
      <ul>
        {held.map((ticket) => {
          const { number } = ticket.order;
          const time = wallTime(ticket.fireAt, place.timeZone, i18n.locale);
          return (
            <li key={ticket.id}>
              <p>
                <b className="number">{number}</b> <Trans>fires {time}</Trans> · <Plural value={portions(ticket)} one="# portion" other="# portions" />
              </p>
              <button type="button" aria-label={`${t`Fire now`}, ${number}`} onClick={() => act(ticket.id, 'FIRE')}>
                <Trans>Fire now</Trans>
              </button>
              <button type="button" aria-label={`${t`Hold +10`}, ${number}`} onClick={() => act(ticket.id, 'HOLD')}>
                <Trans>Hold +10</Trans>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
