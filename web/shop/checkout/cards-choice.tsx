import { Trans, useLingui } from '@lingui/react/macro';
import { useShop } from '../shop.tsx';
import { isCard, testCards, written } from './cards.ts';

/** The cards that there are: reserved now, charged when the kitchen starts. */
export function Cards({ pay, choose }: { pay: string; choose: (pay: string) => void }) {
  const { i18n } = useLingui();
  const { simulatedCards, cardKey } = useShop().settings;
  if (cardKey) {
    return (
      <label>
        <input type="radio" name="pay" checked={isCard(pay)} onChange={() => choose(written)} />
        <span>
          <b>
            <Trans>Card</Trans>
          </b>
          <Trans>charged when the kitchen starts</Trans>
        </span>
      </label>
    );
  }
  if (!simulatedCards) return null;
  return testCards.map(({ token, name, does }) => (
    <label key={token}>
      <input type="radio" name="pay" checked={pay === token} onChange={() => choose(token)} />
      <span>
        <b>{name}</b>
        {i18n._(does)}
      </span>
    </label>
  ));
}
