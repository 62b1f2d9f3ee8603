import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useShop } from '../shop.tsx';
import { type Cards, simulatedCards } from './cards.ts';
import { loadStripe } from './stripe.ts';
import { StripeCards } from './stripe-cards.ts';

const leave = (url: string) => location.assign(url);
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Cards of the server's gateway, the same ones as long as the component is there: what is written isn't lost. */
export function useCards(): Cards {
  const { cardKey } = useShop().settings;
  const { i18n } = useLingui();
  const [cards] = useState(() => {
    const load = async () => (await loadStripe(document))(cardKey, { locale: i18n.locale });
    return cardKey ? new StripeCards({ load, leave, wait }) : simulatedCards(leave);
  });
  return cards;
}
