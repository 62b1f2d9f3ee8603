// What an order comes to, from the menu and the location alone, and how amounts are written.

// Each line has the price and the tax category of a dish on the menu, and a quantity.
export function totals(location, lines, { delivery = false, tip = 0 } = {}) {
  const sum = (some) => some.reduce((total, { price, quantity }) => total + price * quantity, 0);
  const included = location.pricesIncludeTax;
  let tax = 0;
  for (const rate of new Set(location.taxRates.map((r) => r.rateBasisPoints))) {
    const categories = location.taxRates.filter((r) => r.rateBasisPoints === rate).map((r) => r.category);
    const taxed = sum(lines.filter((line) => categories.includes(line.taxCategory)));
    tax += included ? part(taxed, rate, 10_000 + rate, 1) : part(taxed, rate, 10_000, location.amountStep);
  }
  const subtotal = sum(lines);
  const deliveryFee = delivery ? location.deliveryFee : 0;
  return { subtotal, deliveryFee, tax, tip, total: subtotal + deliveryFee + tip + (included ? 0 : tax) };
}

// A part of an amount, rounded half up to a multiple of step, in whole numbers all the way.
function part(amount, share, of, step) {
  const whole = 2 * of * step;
  const twice = 2 * amount * share + of * step;
  return ((twice - (twice % whole)) / whole) * step;
}

// The decimals are the location's: those that browsers know of a currency are not always the API's.
export function written(amount, { currency, currencyDecimals: digits }, language) {
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, format).format(amount / 10 ** digits);
}
