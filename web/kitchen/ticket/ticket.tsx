import { Trans, useLingui } from '@lingui/react/macro';
import { memo, useCallback } from 'react';
import { useTime, useWritten } from '../clock/ticker.ts';
import { elapsed } from '../clock/durations.rules.ts';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import type { Block } from './items.rules.ts';
import { stageOf } from './items.rules.ts';
import { BlockOfTicket } from './block.tsx';
import { Notes } from './notes.tsx';
import { icons, slackOf, type Takes } from './slack.rules.ts';
import { fulfillmentWord, slackWords, verbOf } from './words.ts';
import './ticket.css';

/** What can be done with a ticket where it is shown. */
export interface TicketDeeds {
  readonly bump: (ticketId: string) => void;
  readonly tap: (ticketId: string, block: Block) => void;
  readonly seen: (ticketId: string) => void;
  readonly more: (ticketId: string) => void;
}

interface Shown {
  readonly ticket: TicketFragment;
  readonly blocks: readonly Block[];
  readonly station: StationFragment;
  readonly stations: readonly StationFragment[];
  readonly takes: Takes;
  /** From 0; what follows the first part goes on from the cell before. */
  readonly part: number;
  readonly of: number;
  /** What bumps it; '' if no key does. */
  readonly keyCap: string;
  readonly isSelected: boolean;
  /** Whether a count that is chosen counts something of it; null: none is chosen. */
  readonly isCounted: boolean | null;
  readonly isUnsent: boolean;
  readonly deeds: TicketDeeds;
}

/** An order in the kitchen, in one cell of the board. */
export const Ticket = memo(function Ticket({ ticket, blocks, station, stations, takes, part, of, keyCap, isSelected, isCounted, isUnsent, deeds }: Shown) {
  const { i18n, t } = useLingui();
  const urgency = useTime((now) => slackOf(ticket, takes, now).urgency);
  const { id, order } = ticket;
  const tap = useCallback((block: Block) => deeds.tap(id, block), [deeds, id]);
  const [isFirst, isLast] = [part === 0, part === of - 1];
  const classes = ['ticket', urgency, isCounted === false && 'uncounted', isCounted && 'counted', !isFirst && 'goes-on', !isLast && 'to-be-continued', isUnsent && 'unsent'].filter(Boolean).join(' ');
  const { number } = order;
  return (
    <article className={classes} aria-label={isFirst ? t`Order ${number}` : t`Order ${number}, continued`} tabIndex={-1} data-ticket={isFirst ? id : undefined} aria-current={isSelected || undefined}>
      <header>
        <h2 className="number">{number}</h2>
        {isFirst ? (
          <>
            <Due ticket={ticket} takes={takes} />
            <button type="button" className="more" aria-label={t`More for order ${number}`} onClick={() => deeds.more(id)}>
              ⋯
            </button>
          </>
        ) : (
          <span>
            <Trans>continued</Trans>
          </span>
        )}
      </header>
      {isFirst && (
        <>
          <Clocks ticket={ticket} isUnsent={isUnsent} />
          <Stages ticket={ticket} stations={stations} station={station} />
          <Notes ticket={ticket} seen={deeds.seen} />
        </>
      )}
      <ul className="blocks">
        {blocks.map((block) => (
          <BlockOfTicket key={block.id} block={block} station={station} stations={stations} tap={tap} />
        ))}
      </ul>
      {!isLast && (
        <p className="on-there">
          <Trans>goes on</Trans> <span aria-hidden="true">→</span>
        </p>
      )}
      {isLast && (
        <footer>
          {keyCap && <kbd aria-hidden="true">{keyCap}</kbd>}
          <button type="button" className="bump" aria-label={`${verbOf(i18n, station)}, ${number}`} onClick={() => deeds.bump(id)}>
            {verbOf(i18n, station)}
          </button>
        </footer>
      )}
    </article>
  );
});

function Due({ ticket, takes }: { ticket: TicketFragment; takes: Takes }) {
  const { i18n } = useLingui();
  const words = useTime((now) => {
    const slack = slackOf(ticket, takes, now);
    return `${icons[slack.urgency]}\t${slackWords(i18n, slack)}`;
  });
  const [icon, text] = words.split('\t');
  return (
    <em>
      <i aria-hidden="true">{icon}</i> {text}
    </em>
  );
}

/** Two clocks: since the kitchen has it, and since it may be made. */
function Clocks({ ticket, isUnsent }: { ticket: TicketFragment; isUnsent: boolean }) {
  const { i18n } = useLingui();
  const [here, fired] = [Date.parse(ticket.openedAt), Date.parse(ticket.fireAt)];
  const since = useWritten(useCallback((now) => elapsed(now - here), [here]));
  const since2 = useWritten(useCallback((now) => elapsed(now - fired), [fired]));
  return (
    <p className="clocks">
      <span>{fulfillmentWord(i18n, ticket.order.fulfillment)}</span>
      <span>
        <Trans>here</Trans> <b className="number" ref={since} />
      </span>
      {fired - here > 60_000 && (
        <span>
          <Trans>fired</Trans> <b className="number" ref={since2} />
        </span>
      )}
      {isUnsent && (
        <span className="kept">
          <Trans>kept here, not sent yet</Trans>
        </span>
      )}
    </p>
  );
}

/** How far it is at each station. */
function Stages({ ticket, stations, station }: { ticket: TicketFragment; stations: readonly StationFragment[]; station: StationFragment }) {
  const { t } = useLingui();
  const words = { none: t`waiting`, some: t`at work`, all: t`done` };
  const stages = stations.flatMap(({ id, name }) => {
    const stage = stageOf(ticket, id);
    return stage ? [{ id, name, stage }] : [];
  });
  return (
    <ol className="stages" aria-label={t`Stations`}>
      {stages.map(({ id, name, stage }) => (
        <li key={id} className={`${stage}${id === station.id ? ' here' : ''}`}>
          {name}
          <span className="unseen">: {words[stage]}</span>
        </li>
      ))}
    </ol>
  );
}
