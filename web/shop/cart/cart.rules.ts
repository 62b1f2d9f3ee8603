import type { DishFragment, ItemSize } from '../../shared/api/gql/graphql.ts';

/** A line of the cart, as its customer chose and saw it. */
export interface CartLine {
  readonly menuItemId: string;
  readonly size: ItemSize;
  readonly quantity: number;
  readonly instructions: string;
  /** As it was called and what a portion cost when it was last looked at. */
  readonly name: string;
  readonly price: number;
}

/** What became of a line since: CHANGED is its price. A dish or a size that is GONE won't come back by itself. */
export type LineState = 'AS_IT_WAS' | 'CHANGED' | 'SOLD_OUT' | 'GONE';

export interface ReviewedLine {
  readonly line: CartLine;
  readonly state: LineState;
  /** What a portion costs now; of what is gone, what it did. */
  readonly price: number;
  /** As it is on the menu now; undefined if it has gone. */
  readonly dish: DishFragment | undefined;
}

export const mostPortions = 50;
export const mostLines = 50;

/** Two lines are one if everything that was chosen is the same. */
export const keyOf = ({ menuItemId, size, instructions }: Pick<CartLine, 'menuItemId' | 'size' | 'instructions'>) =>
  [menuItemId, size, instructions.trim()].join('|');

/** With the line: its portions are added to those of a line that is the same. Beyond 50 of each, nothing is added. */
export function added(lines: readonly CartLine[], line: CartLine): readonly CartLine[] {
  const at = lines.findIndex((other) => keyOf(other) === keyOf(line));
  if (at < 0) return lines.length < mostLines ? [...lines, line] : lines;
  const quantity = Math.min(lines[at]!.quantity + line.quantity, mostPortions);
  return lines.with(at, { ...line, quantity });
}

/** With another number of portions; none removes the line. */
export function counted(lines: readonly CartLine[], key: string, quantity: number): readonly CartLine[] {
  if (quantity < 1) return lines.filter((line) => keyOf(line) !== key);
  return lines.map((line) => (keyOf(line) === key ? { ...line, quantity: Math.min(quantity, mostPortions) } : line));
}

/** With what it costs now: its customer has seen it. */
export function accepted(lines: readonly CartLine[], key: string, price: number): readonly CartLine[] {
  return lines.map((line) => (keyOf(line) === key ? { ...line, price } : line));
}

/** An item of an order that was placed. */
export interface OrderedItem extends Pick<CartLine, 'menuItemId' | 'size' | 'quantity' | 'name'> {
  readonly unitPrice: number;
  readonly instructions: string | null;
}

/** With all of an order once more, at what it cost then: the cart tells what is different now. */
export function orderedAgain(lines: readonly CartLine[], items: readonly OrderedItem[]): readonly CartLine[] {
  return items.reduce<readonly CartLine[]>(
    (all, { menuItemId, size, quantity, name, unitPrice, instructions }) =>
      added(all, { menuItemId, size, quantity, name, price: unitPrice, instructions: instructions ?? '' }),
    lines,
  );
}

/** The lines beside the menu as it is now. */
export function reviewed(lines: readonly CartLine[], menu: ReadonlyMap<string, DishFragment>): readonly ReviewedLine[] {
  return lines.map((line) => {
    const dish = menu.get(line.menuItemId);
    const offer = dish?.prices.find(({ size }) => size === line.size);
    if (!offer) return { line, dish, price: line.price, state: 'GONE' };
    const state = !offer.isAvailable ? 'SOLD_OUT' : offer.price === line.price ? 'AS_IT_WAS' : 'CHANGED';
    return { line, dish, price: offer.price, state };
  });
}

/** Those that can be ordered. */
export const orderable = (lines: readonly ReviewedLine[]) => lines.filter(({ state }) => state === 'AS_IT_WAS' || state === 'CHANGED');

export const portions = (lines: readonly CartLine[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** The lines that a stored text holds: of what isn't a cart, none. */
export function restored(text: string | null): readonly CartLine[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(lines) ? lines.filter(isLine) : [];
  } catch {
    return [];
  }
}

function isLine(value: unknown): value is CartLine {
  const line = value as CartLine | null;
  return (
    typeof line?.menuItemId === 'string' && typeof line.size === 'string' && typeof line.name === 'string' &&
    typeof line.instructions === 'string' && Number.isInteger(line.price) && Number.isInteger(line.quantity) && line.quantity > 0
  );
}
