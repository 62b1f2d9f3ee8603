import { Trans } from '@lingui/react/macro';
import type { Fulfillment } from '../../shared/api/gql/graphql.ts';
import { Cards } from './cards-choice.tsx';

/** Cash, or a card of the gateway's. `pay` is CASH or a card's token. */
export function PaymentFields({ fulfillment, pay, choose }: { fulfillment: Fulfillment; pay: string; choose: (pay: string) => void }) {
  return (
    <div className="choices">
      <label>
        <input type="radio" name="pay" checked={pay === 'CASH'} onChange={() => choose('CASH')} />
        <span>
          <b>
            <Trans>Cash</Trans>
          </b>
          {fulfillment === 'DELIVERY' ? <Trans>to the driver</Trans> : <Trans>at the counter</Trans>}
        </span>
      </label>
      <Cards pay={pay} choose={choose} />
    </div>
  );
}
