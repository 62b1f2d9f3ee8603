import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { TicketFragment } from '../gql/graphql.ts';
import { paths } from '../routes.ts';
import { Modal } from '../shell/modal.tsx';

/** What else can be done with an order. */
export function MoreDialog({ ticket, act, rush, close }: { ticket: TicketFragment; act: (kind: 'HOLD' | 'FIRE' | 'SEEN') => void; rush: () => void; close: () => void }) {
  const { number } = ticket.order;
  const done = (what: () => void) => () => {
    close();
    what();
  };
  return (
    <Modal title={<Trans>Order {number}</Trans>} close={close}>
      <div className="more-list">
        {!ticket.isRush && (
          <button type="button" className="button wide" onClick={done(rush)}>
            <Trans>Rush …</Trans>
          </button>
        )}
        <button type="button" className="button wide" onClick={done(() => act('HOLD'))}>
          <Trans>Hold 10 minutes</Trans>
        </button>
        <button type="button" className="button wide" onClick={done(() => act('FIRE'))}>
          <Trans>Fire all of it now</Trans>
        </button>
        {ticket.isChanged && (
          <button type="button" className="button wide" onClick={done(() => act('SEEN'))}>
            <Trans>The change was seen</Trans>
          </button>
        )}
        <Link className="button wide" href={paths.print(ticket.id)}>
          <Trans>Print ticket and labels</Trans>
        </Link>
      </div>
      <div className="buttons">
        <button type="button" className="button" onClick={close}>
          <Trans>Close</Trans>
        </button>
      </div>
    </Modal>
  );
}
