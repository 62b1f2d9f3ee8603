// Computes the totals of a basket at each location of a shop, from what a visitor can ask for, and prints a line of JSON each.
import { totals, written } from './totals.mjs';

const [api, basket] = [process.argv[2], JSON.parse(process.argv[3])];
const ask = async (query, variables) => {
  const answer = await fetch(api, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()).data;
};
const { locations } = await ask(`{
  locations { id currency currencyDecimals amountStep pricesIncludeTax taxRates { category rateBasisPoints } deliveryFee minimumOrder }
}`);
for (const location of locations) {
  const { menu } = await ask('query ($at: ID!) { menu(locationId: $at) { id taxCategory prices { size price } } }', { at: location.id });
  const lines = basket.items.map(({ menuItemId, size, quantity }) => {
    const dish = menu.find((d) => d.id === menuItemId);
    return { taxCategory: dish.taxCategory, price: dish.prices.find((p) => p.size === size).price, quantity };
  });
  const computed = totals(location, lines, { delivery: basket.delivery, tip: basket.tip * location.amountStep });
  console.log(JSON.stringify({ location: location.id, ...computed, written: written(computed.total, location, 'en') }));
}
