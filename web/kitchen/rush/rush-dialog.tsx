import { Trans, useLingui } from '@lingui/react/macro';
import type { TicketFragment } from '../gql/graphql.ts';
import { Modal } from '../shell/modal.tsx';
import { ReasonForm } from '../shell/reason-form.tsx';
import { overtaken } from './rush.rules.ts';

/** Puts an order before others, and says first which ones wait longer for it. */
export function RushDialog({ ticket, tickets, rush, close }: { ticket: TicketFragment; tickets: readonly TicketFragment[]; rush: (reason: string | null) => void; close: () => void }) {
  const { t } = useLingui();
  const numbers = overtaken(tickets, ticket).map(({ order }) => order.number).join(', ');
  const { number } = ticket.order;
  return (
    <Modal title={<Trans>Rush order {number}</Trans>} close={close}>
      <p>{numbers ? <Trans>It goes before {numbers}, which were promised earlier.</Trans> : <Trans>It overtakes nobody.</Trans>}</p>
      <ReasonForm usual={[t`The guest waits`, t`Made wrong before`, t`The driver waits`]} isNeeded submit={rush} label={<Trans>Rush</Trans>} close={close} />
    </Modal>
  );
}
