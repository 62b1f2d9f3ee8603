import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { allergenName } from '../../shared/ui/allergens.ts';
import { wallDate } from '../../shared/time/time.ts';
import type { MadeFragment, TicketFragment } from '../gql/graphql.ts';
import { useKitchen, useTickets } from '../kitchen.tsx';
import { paths } from '../routes.ts';
import { allergyNotes, blocksOf, nameOf, otherwise } from '../ticket/items.rules.ts';
import { fulfillmentWord, otherwiseWords, sizeWord } from '../ticket/words.ts';
import { labelsOf } from './labels.rules.ts';
import './print.css';

/** A ticket and its boxes' labels on paper, from the board: without network, too. */
export function PrintPage({ id }: { id: string }) {
  const ticket = useTickets().get(id);
  if (!ticket) return <NoTicket />;
  return (
    <main className="page print-page">
      <header className="not-printed">
        <h1>
          <Trans>Print</Trans>
        </h1>
        <p>
          <Link className="button" href={paths.board()}>
            <Trans>To the board</Trans>
          </Link>{' '}
          <button type="button" className="button main" onClick={() => print()}>
            <Trans>Print</Trans>
          </button>
        </p>
      </header>
      <PaperTicket ticket={ticket} />
      <section className="labels">
        {labelsOf(ticket).map(({ nth, of, made }) => (
          <Label key={nth} ticket={ticket} {...{ nth, of, made }} />
        ))}
      </section>
    </main>
  );
}

function PaperTicket({ ticket }: { ticket: TicketFragment }) {
  const { i18n } = useLingui();
  const { place } = useKitchen();
  const { order, openedAt, dueAt } = ticket;
  const [opened, due] = [openedAt, dueAt].map((at) => wallDate(at, place.timeZone, i18n.locale));
  return (
    <article className="paper">
      <header>
        <b className="number">{order.number}</b> {fulfillmentWord(i18n, order.fulfillment)}
      </header>
      <p>
        {place.name} · {opened}
        <br />
        <Trans>due {due}</Trans>
      </p>
      {allergyNotes(ticket).map((note) => (
        <p key={note} className="paper-allergy">
          ⚠ <Trans>Allergy</Trans>: {note}
        </p>
      ))}
      <ul>
        {blocksOf(ticket.items.filter(({ change }) => change !== 'REMOVED')).map((block) => (
          <li key={block.id}>
            <b>
              {block.quantity}× {block.name} {sizeWord(i18n, block.made.size)}
            </b>
            <Words made={block.made} />
            {block.note && <small>
                <q>{block.note}</q>
              </small>}
          </li>
        ))}
      </ul>
      {order.specialInstructions && <p>
          <q>{order.specialInstructions}</q>
        </p>}
    </article>
  );
}

/** What a made dish has otherwise, with the half it is on. */
function Words({ made }: { made: MadeFragment }) {
  const { i18n, t } = useLingui();
  const sides = { WHOLE: '', FIRST: t`left: `, SECOND: t`right: ` } as const;
  const all = [...made.options, ...(made.secondHalf?.options.map((option) => ({ ...option, portion: 'SECOND' as const })) ?? [])];
  const words = all.flatMap((option) => otherwise([option]).map((one) => sides[option.portion] + otherwiseWords(i18n, one)));
  return words.length > 0 && <small>{words.join(', ')}</small>;
}

function Label({ ticket, nth, of, made }: { ticket: TicketFragment; nth: number; of: number; made: MadeFragment }) {
  const { i18n } = useLingui();
  const allergens = made.allergens.map((allergen) => allergenName(i18n, allergen)).join(', ');
  return (
    <article className="label">
      <header>
        <b className="number">{ticket.order.number}</b>
        <span>
          <Trans>
            {nth} of {of}
          </Trans>
        </span>
      </header>
      <p>
        <b>{nameOf(made)}</b> {sizeWord(i18n, made.size)}
      </p>
      <Words made={made} />
      <p className="allergens">
        {allergens ? <Trans>Contains: {allergens}</Trans> : <Trans>None of the 14 allergens as configured</Trans>}
      </p>
      <small>{fulfillmentWord(i18n, ticket.order.fulfillment)}</small>
    </article>
  );
}

function NoTicket() {
  return (
    <main className="empty">
      <h1>
        <Trans>This order isn't on the board any more.</Trans>
      </h1>
      <Link className="button" href={paths.board()}>
        <Trans>To the board</Trans>
      </Link>
    </main>
  );
}
