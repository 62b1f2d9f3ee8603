import { Trans } from '@lingui/react/macro';
import type { Fulfillment } from '../../shared/api/gql/graphql.ts';
import { CardField } from './card-field.tsx';
import type { Cards as GatewayCards } from './cards.ts';
import { Cards } from './cards-choice.tsx';

/** Cash, or a card of the gateway's. `pay` is CASH, a card's token, or that the card is written here. */
export function PaymentFields({ cards, fulfillment, pay, choose }: {
  cards: GatewayCards;
  fulfillment: Fulfillment;
  pay: string;
  choose: (pay: string) => void;
}) {
  const cash = () => choose('CASH');
  return (
    <>
      <div className="choices">
        <label>
          <input type="radio" name="pay" checked={pay === 'CASH'} onChange={cash} />
          <span>
            <b>
              <Trans>Cash</Trans>
            </b>
            {fulfillment === 'DELIVERY' ? <Trans>to the driver</Trans> : <Trans>at the counter</Trans>}
          </span>
        </label>
        <Cards pay={pay} choose={choose} />
      </div>
      <CardField cards={cards} pay={pay} cash={cash} />
    </>
  );
}
