import type { ChosenFragment, MadeFragment, TaskStatus, TicketFragment, TicketItemChange, TicketItemFragment } from '../gql/graphql.ts';

/** An option as a cook needs it: what is otherwise than as the dish comes. */
export interface Otherwise {
  readonly name: string;
  readonly how: 'NO' | 'LIGHT' | 'EXTRA' | 'WITH';
}

/** What is on one half. */
export interface Half {
  readonly name: string;
  readonly options: readonly Otherwise[];
}

/** One configuration of a dish, however many lines of the ticket want it. */
export interface Block {
  /** Of its first line. */
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly made: MadeFragment;
  /** On the whole. */
  readonly options: readonly Otherwise[];
  /** Null: both halves are the same. */
  readonly halves: { readonly left: Half; readonly right: Half } | null;
  readonly note: string | null;
  readonly isAllergy: boolean;
  readonly change: TicketItemChange | null;
  readonly before: MadeFragment | null;
  readonly lines: readonly TicketItemFragment[];
}

const hows = { NONE: 'NO', LIGHT: 'LIGHT', EXTRA: 'EXTRA', REGULAR: 'WITH' } as const;

/** What is otherwise than as the dish comes: what is left out, what is more or less, what is added. */
export function otherwise(options: readonly ChosenFragment[]): readonly Otherwise[] {
  return options.filter(({ isDefault, amount }) => !isDefault || amount !== 'REGULAR').map(({ name, amount }) => ({ name, how: hows[amount] }));
}

function halvesOf({ name, options, secondHalf }: MadeFragment): Block['halves'] {
  const on = (portion: ChosenFragment['portion']) => otherwise(options.filter((option) => option.portion === portion));
  if (secondHalf) return { left: { name, options: on('FIRST') }, right: { name: secondHalf.name, options: otherwise(secondHalf.options) } };
  const [left, right] = [on('FIRST'), on('SECOND')];
  return left.length || right.length ? { left: { name, options: left }, right: { name, options: right } } : null;
}

const sorted = (options: readonly ChosenFragment[]) => options.map(({ name, portion, amount }) => `${portion} ${amount} ${name}`).toSorted();

/** Equal for lines that are made alike. */
export function configurationOf({ menuItemId, size, instructions, options, secondHalf }: MadeFragment): string {
  return JSON.stringify([menuItemId, size, instructions?.trim() ?? '', sorted(options), secondHalf && [secondHalf.menuItemId, sorted(secondHalf.options)]]);
}

/** A dish's name; of two, both. */
export const nameOf = ({ name, secondHalf }: MadeFragment) => (secondHalf && secondHalf.name !== name ? `½ ${name} · ½ ${secondHalf.name}` : name);

// In the languages in which customers write. A word too many is read once more; one too few may be somebody's life.
const allergies = /allerg|intoleran|anaphyla|coeliac|celiac|celiach|zöliak|unverträg|epipen/i;

/** Whether a note speaks of an allergy. */
export const isAllergy = (note: string | null | undefined) => !!note && allergies.test(note);

/** The lines of a ticket, one block for each configuration; notes of allergies first, then as they were ordered. */
export function blocksOf(items: readonly TicketItemFragment[]): readonly Block[] {
  const alike = new Map<string, TicketItemFragment[]>();
  for (const item of items) {
    const key = `${item.change ?? ''} ${item.before ? item.id : ''} ${configurationOf(item.item)}`;
    alike.set(key, [...(alike.get(key) ?? []), item]);
  }
  const blocks = [...alike.values()].map(blockOf);
  return [...blocks.filter((block) => block.isAllergy), ...blocks.filter((block) => !block.isAllergy)];
}

function blockOf(lines: readonly TicketItemFragment[]): Block {
  const [first] = lines as readonly [TicketItemFragment];
  const { item, change = null, before = null } = first;
  const quantity = lines.reduce((sum, line) => sum + line.item.quantity, 0);
  return {
    id: first.id, name: nameOf(item), quantity, made: item, options: otherwise(item.options.filter(({ portion }) => portion === 'WHOLE')), halves: halvesOf(item),
    note: item.instructions?.trim() || null, isAllergy: isAllergy(item.instructions), change, before, lines,
  };
}

/** The notes of a whole ticket that concern somebody's health. */
export function allergyNotes({ order, items }: Pick<TicketFragment, 'order' | 'items'>): readonly string[] {
  const notes = [order.specialInstructions, ...items.filter(({ change }) => change !== 'REMOVED').map(({ item }) => item.instructions)];
  return [...new Set(notes.filter((note) => note !== null && note !== undefined && isAllergy(note)).map((note) => String(note).trim()))];
}

/** Where a block stands at a station: as its line that is least far. Undefined: it doesn't pass there. */
export function statusAt({ lines }: Pick<Block, 'lines'>, stationId: string): TaskStatus | undefined {
  const statuses = lines.flatMap(({ tasks }) => tasks.filter(({ station }) => station.id === stationId)).map(({ status }) => status);
  return order.find((status) => statuses.includes(status));
}

/** The station where a block is now: that of its first task that isn't done. Undefined: all is done. */
export function whereIs({ lines }: Pick<Block, 'lines'>): string | undefined {
  return lines.flatMap(({ tasks }) => tasks.find(({ status }) => status !== 'DONE')?.station.id ?? [])[0];
}

const order: readonly TaskStatus[] = ['WAITING', 'QUEUED', 'STARTED', 'DONE'];

/** How much of a ticket is done at a station: none, some (or at hand), all; null if nothing passes there. */
export function stageOf({ items }: Pick<TicketFragment, 'items'>, stationId: string): 'none' | 'some' | 'all' | null {
  const tasks = items.filter(({ change }) => change !== 'REMOVED').flatMap((item) => item.tasks).filter(({ station }) => station.id === stationId);
  if (!tasks.length) return null;
  if (tasks.every(({ status }) => status === 'DONE')) return 'all';
  return tasks.some(({ status }) => status !== 'WAITING') ? 'some' : 'none';
}
