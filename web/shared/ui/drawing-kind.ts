/** What kinds of dishes there are sketches of. */
export type Kind = 'salad' | 'bread' | 'bowl' | 'olives' | 'dessert' | 'cream' | 'gelato' | 'bottle' | 'glass' | 'wine' | 'beer' | 'cup' | 'plate';

// The name tells more than the category, and so comes first.
const names: readonly (readonly [Kind, RegExp])[] = [
  ['gelato', /gelat|ice cream|sorbet|eis\b/],
  ['cream', /panna cotta|pudding|crème|creme/],
  ['wine', /wine|vino|chianti|prosecco|wein|montepulciano|house (red|white)/],
  ['beer', /lager|beer|birra|\bbier|\bale\b/],
  ['cup', /espresso|coffee|caff|cappuccino|kaffee|\btea\b/],
  ['glass', /limonata|lemonade|aranciata|spritz|iced|juice|saft|soda|cola\b/],
  ['olives', /^(marinated )?olives|^olive/],
  ['bread', /bread|focaccia|bruschett|brot/],
  ['bowl', /potato|wings|chips|fries|patat/],
];
const categories: readonly (readonly [Kind, RegExp])[] = [
  ['salad', /salad|insalat|salat/],
  ['dessert', /dessert|dolc|sweet|nachtisch/],
  ['bottle', /drink|bevand|bibit|getränk|water|beer/],
];

/** By which sketch a dish is drawn: a plate, if nothing tells more. */
export function kindOf(category: string, name: string): Kind {
  const found = (kinds: typeof names, text: string) => kinds.find(([, pattern]) => pattern.test(text.toLowerCase()))?.[0];
  return found(names, name) ?? found(categories, category) ?? 'plate';
}
