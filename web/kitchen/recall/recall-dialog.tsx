import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { wallTime } from '../../shared/time/time.ts';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { useKitchen } from '../kitchen.tsx';
import { recallable } from '../rush/rush.rules.ts';
import { Modal } from '../shell/modal.tsx';
import { ReasonForm } from '../shell/reason-form.tsx';
import { nameOf } from '../ticket/items.rules.ts';
import './recall.css';

const most = 50;

/** Brings back what was done, at this station or as a whole, with the reason for everybody to see. */
export function RecallDialog({ tickets, station, recall, close }: { tickets: readonly TicketFragment[]; station: StationFragment; recall: (ticket: TicketFragment, reason: string | null) => void; close: () => void }) {
  const { t, i18n } = useLingui();
  const { place } = useKitchen();
  const [chosen, choose] = useState<TicketFragment | null>(null);
  const done = recallable(tickets, station).slice(0, most);
  const number = chosen?.order.number;
  if (chosen) {
    return (
      <Modal key="reason" title={<Trans>Recall order {number}</Trans>} close={close}>
        <ReasonForm usual={[t`Burnt`, t`Wrong topping`, t`Fell`, t`Bumped by mistake`]} isNeeded={false} submit={(reason) => recall(chosen, reason)} label={<Trans>Recall</Trans>} close={close} />
      </Modal>
    );
  }
  return (
    <Modal key="list" title={<Trans>Recall</Trans>} close={close} isWide>
      {done.length === 0 && (
        <p>
          <Trans>Nothing was done here yet.</Trans>
        </p>
      )}
      <ul className="recall-list">
        {done.map((ticket) => (
          <li key={ticket.id}>
            <button type="button" onClick={() => choose(ticket)}>
              <b className="number">{ticket.order.number}</b>
              <span>{ticket.items.map(({ item }) => `${item.quantity}× ${nameOf(item)}`).join(', ')}</span>
              <small>{ticket.closedAt ? <Trans>done {wallTime(ticket.closedAt, place.timeZone, i18n.locale)}</Trans> : <Trans>done here</Trans>}</small>
            </button>
          </li>
        ))}
      </ul>
      <div className="buttons">
        <button type="button" className="button" onClick={close}>
          <Trans>Close</Trans>
        </button>
      </div>
    </Modal>
  );
}
