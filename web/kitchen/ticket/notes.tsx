import { Trans } from '@lingui/react/macro';
import type { TicketFragment } from '../gql/graphql.ts';
import { allergyNotes, isAllergy } from './items.rules.ts';

/** What has to be read before anything is made: allergies first. */
export function Notes({ ticket, seen }: { ticket: TicketFragment; seen: (ticketId: string) => void }) {
  const { id, order, status, isRush, rushReason, isRecalled, recallReason, isChanged } = ticket;
  const wish = isAllergy(order.specialInstructions) ? null : order.specialInstructions?.trim();
  return (
    <>
      {allergyNotes(ticket).map((note) => (
        <p key={note} className="note allergy">
          <span aria-hidden="true">⚠</span>
          <span>
            <b><Trans>Allergy</Trans></b> {note}
          </span>
        </p>
      ))}
      {status === 'CANCELLED' && (
        <p className="note rush">
          <span aria-hidden="true">✕</span> <Trans>Called off: stop</Trans>
          {isChanged && <Seen id={id} seen={seen} />}
        </p>
      )}
      {isRush && (
        <p className="note rush">
          <span aria-hidden="true">»</span> <Trans>Rush: {rushReason ?? ''}</Trans>
        </p>
      )}
      {isRecalled && (
        <p className="note recalled">
          <span aria-hidden="true">↩</span> {recallReason ? <Trans>Recalled: {recallReason}</Trans> : <Trans>Recalled</Trans>}
        </p>
      )}
      {isChanged && status !== 'CANCELLED' && (
        <p className="note changed">
          <span>
            <span aria-hidden="true">≠</span> <Trans>Changed</Trans>
          </span>
          <Seen id={id} seen={seen} />
        </p>
      )}
      {wish && <p className="note wish"><q>{wish}</q></p>}
    </>
  );
}

function Seen({ id, seen }: { id: string; seen: (ticketId: string) => void }) {
  return (
    <button type="button" onClick={() => seen(id)}>
      <Trans>Seen</Trans>
    </button>
  );
}
