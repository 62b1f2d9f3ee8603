import type { Amount, DishFragment, ItemSize, OrderItemInput, Portion, PreviewOrderQuery } from '../../shared/api/gql/graphql.ts';

/** How much of an option is on a pizza. */
export type TakenAmount = Exclude<Amount, 'NONE'>;

/** What is wanted otherwise than as a dish comes. */
export interface ChosenOption {
  readonly optionId: string;
  /** As it was called when it was chosen. */
  readonly name: string;
  readonly portion: Portion;
  /** NONE leaves out what comes with the dish. */
  readonly amount: Amount;
}

/** A line of the cart, as its customer chose and saw it. */
export interface CartLine {
  readonly menuItemId: string;
  readonly size: ItemSize;
  readonly quantity: number;
  readonly instructions: string;
  readonly options: readonly ChosenOption[];
  /** The dish on the right half; null: there is one dish. */
  readonly second: { readonly menuItemId: string; readonly name: string } | null;
  /** As it was called and what a portion cost when it was last looked at. */
  readonly name: string;
  readonly price: number;
}

/** What became of a line since: CHANGED is its price. What is GONE, or can't be had as it was chosen any more, won't come back by itself. */
export type LineState = 'AS_IT_WAS' | 'CHANGED' | 'TOO_MANY' | 'SOLD_OUT' | 'GONE';

export interface ReviewedLine {
  readonly line: CartLine;
  readonly state: LineState;
  /** What a portion costs now; of what can't be had, what it did. */
  readonly price: number;
  /** Why it is GONE, as far as the server says so. */
  readonly problem: Preview['problems'][number] | null;
}

export type Preview = PreviewOrderQuery['previewOrder'];

/** What the server said, and of which items. */
export interface Said {
  readonly preview: Preview;
  readonly items: readonly OrderItemInput[];
}

export const mostPortions = 50;
export const mostLines = 50;

type What = Pick<CartLine, 'menuItemId' | 'size' | 'instructions' | 'options' | 'second'>;

/** Two lines are one if everything that was chosen is the same. */
export function keyOf({ menuItemId, size, instructions, options, second }: What): string {
  const chosen = options.map(({ optionId, portion, amount }) => `${optionId} ${portion} ${amount}`).toSorted();
  return [menuItemId, size, second?.menuItemId ?? '', ...chosen, instructions.trim()].join('|');
}

/** A line as the API takes it. */
export function itemOf({ menuItemId, size, quantity, instructions, options, second }: CartLine): OrderItemInput {
  const asked = (some: readonly ChosenOption[]) => some.map(({ optionId, portion, amount }) => ({ optionId, portion, amount }));
  const isOfSecond = ({ portion }: ChosenOption) => second !== null && portion === 'SECOND';
  return {
    menuItemId, size, quantity, instructions: instructions || null,
    options: asked(options.filter((option) => !isOfSecond(option))),
    secondHalf: second && { menuItemId: second.menuItemId, options: asked(options.filter(isOfSecond)) },
  };
}

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

/** An item of an order that was placed, with what came with it. */
export interface OrderedItem extends Pick<CartLine, 'menuItemId' | 'size' | 'quantity' | 'name'> {
  readonly unitPrice: number;
  readonly instructions: string | null;
  readonly options: readonly OrderedOption[];
  readonly secondHalf: { readonly menuItemId: string; readonly name: string; readonly options: readonly OrderedOption[] } | null;
}

export interface OrderedOption extends ChosenOption {
  readonly isDefault: boolean;
}

/** What was chosen of an order's item otherwise than as it came. */
export function chosenOf({ options, secondHalf }: Pick<OrderedItem, 'options' | 'secondHalf'>): readonly ChosenOption[] {
  const right = secondHalf?.options.map((option) => ({ ...option, portion: 'SECOND' as const })) ?? [];
  return [...options, ...right]
    .filter(({ isDefault, amount }) => !isDefault || amount !== 'REGULAR')
    .map(({ optionId, name, portion, amount }) => ({ optionId, name, portion, amount }));
}

/** With all of an order once more, at what it cost then: the cart tells what is different now. */
export function orderedAgain(lines: readonly CartLine[], items: readonly OrderedItem[]): readonly CartLine[] {
  return items.reduce<readonly CartLine[]>((all, item) => {
    const { menuItemId, size, quantity, name, unitPrice, instructions, secondHalf } = item;
    const second = secondHalf && { menuItemId: secondHalf.menuItemId, name: secondHalf.name };
    return added(all, { menuItemId, size, quantity, name, price: unitPrice, instructions: instructions ?? '', options: chosenOf(item), second });
  }, lines);
}

const ofItem = ['ITEM', 'OPTION', 'HALVES'];

/** What all portions of an item cost before what is taken off; null if it can't be had at all. */
export function costOf({ priceLines }: Pick<Preview, 'priceLines'>, item: number): number | null {
  const own = priceLines.filter((line) => line.item === item && ofItem.includes(line.kind));
  return own.length ? own.reduce((sum, { amount }) => sum + amount, 0) : null;
}

/** The lines beside what the server said of them, and the menu as it is now. Of what it has said nothing yet, all is as it was. */
export function reviewed(lines: readonly CartLine[], said: Said | null, menu: ReadonlyMap<string, DishFragment>): readonly ReviewedLine[] {
  return lines.map((line) => {
    const as = (state: LineState, price = line.price, problem: ReviewedLine['problem'] = null): ReviewedLine => ({ line, price, state, problem });
    const dish = menu.get(line.menuItemId);
    const offer = dish?.prices.find(({ size }) => size === line.size);
    if (menu.size && !offer) return as('GONE');
    const i = said ? said.items.findIndex((item) => isSame(item, itemOf(line))) : -1;
    const cost = said && i >= 0 ? costOf(said.preview, i) : null;
    // The last portions, held for who looks at them, are on nobody's menu: then the server says that they can be had.
    if (offer && !offer.isAvailable && (cost === null || !said?.preview.problems.every(({ item }) => item !== i))) return as('SOLD_OUT');
    if (!said || i < 0) return as('AS_IT_WAS');
    const problem = said.preview.problems.find(({ item }) => item === i) ?? null;
    const isShort = said.preview.problems.some(({ item, code }) => item === i && code === 'INSUFFICIENT_STOCK');
    if (cost === null) return isShort ? as('SOLD_OUT') : as('GONE', line.price, problem);
    const price = cost / said.items[i]!.quantity;
    if (isShort) return as(line.quantity > 1 ? 'TOO_MANY' : 'SOLD_OUT', price);
    return as(price === line.price ? 'AS_IT_WAS' : 'CHANGED', price);
  });
}

/** The lines that are held, at what they cost there, whatever the menu says since. */
export function quotedLines(lines: readonly CartLine[], said: Said): readonly ReviewedLine[] {
  const held = lines.filter((line) => said.items.some((item) => isSame(item, itemOf(line))));
  return reviewed(held, said, new Map());
}

// Whatever their number.
const isSame = (one: OrderItemInput, other: OrderItemInput) => JSON.stringify({ ...one, quantity: 0 }) === JSON.stringify({ ...other, quantity: 0 });

/** Those that can be ordered. */
export const orderable = (lines: readonly ReviewedLine[]) => lines.filter(({ state }) => state === 'AS_IT_WAS' || state === 'CHANGED');

export const portions = (lines: readonly CartLine[]) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** The lines that a stored text holds: of what isn't a cart, none. */
export function restored(text: string | null): readonly CartLine[] {
  try {
    const lines: unknown = JSON.parse(text ?? '[]');
    // One of an earlier version has nothing chosen.
    return Array.isArray(lines) ? lines.filter(isLine).map((line) => ({ ...line, options: line.options ?? [], second: line.second ?? null })) : [];
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
