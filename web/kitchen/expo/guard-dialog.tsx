import { Trans, useLingui } from '@lingui/react/macro';
import { openElsewhere } from '../board/station.rules.ts';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { Modal } from '../shell/modal.tsx';
import { ReasonForm } from '../shell/reason-form.tsx';
import { nameOf } from '../ticket/items.rules.ts';

/** Keeps what isn't done elsewhere from being handed on, unless there is a reason, which is recorded. */
export function GuardDialog({ ticket, stations, bump, close }: { ticket: TicketFragment; stations: readonly StationFragment[]; bump: (reason: string | null) => void; close: () => void }) {
  const { t } = useLingui();
  const { number } = ticket.order;
  return (
    <Modal title={<Trans>Order {number} isn't complete</Trans>} close={close}>
      <ul className="open-elsewhere">
        {openElsewhere(ticket, stations).map(({ station, items }) => (
          <li key={station.id}>
            <b>{station.name}</b> {items.map((item) => `${item.quantity}× ${nameOf(item)}`).join(', ')}
          </li>
        ))}
      </ul>
      <p>
        <Trans>Hand it over all the same? Then everything of it is done. The reason is recorded.</Trans>
      </p>
      <ReasonForm usual={[t`It is here, nobody tapped it`, t`The guest takes it without`]} isNeeded submit={bump} label={<Trans>Hand over</Trans>} close={close} />
    </Modal>
  );
}
