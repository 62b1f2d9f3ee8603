import type { ChoicesFragment, HalfMatesQuery, ItemSize } from '../../shared/api/gql/graphql.ts';
import type { ChosenOption, TakenAmount } from '../cart/cart.rules.ts';

export type Group = ChoicesFragment['optionGroups'][number];
export type Option = Group['options'][number];

/** What is on a pizza, or on a half of it, by the options' ids; what isn't there isn't on it. */
export type Picks = ReadonlyMap<string, TakenAmount>;

/** What is chosen of one dish. */
export interface Choosing {
  readonly groups: readonly Group[];
  readonly picks: Picks;
}

export const none: Picks = new Map();

export const offerOf = (option: Option, size: ItemSize) => option.prices.find((price) => price.size === size);

/** What a group offers in a size, sold out or not. */
export const offered = (group: Group, size: ItemSize) => group.options.filter((option) => offerOf(option, size));

/** What a dish comes with. */
export function comesWith(groups: readonly Group[]): Picks {
  return new Map(groups.flatMap(({ options }) => options.filter(({ isDefault }) => isDefault).map(({ id }) => [id, 'REGULAR'] as const)));
}

/** What of it can be had in a size now. What can't is kept apart, and so comes back with a size, or a delivery, that has it. */
export function settled({ groups, picks }: Choosing, size: ItemSize): Picks {
  const there = groups.flatMap(({ options }) => options.filter((option) => picks.has(option.id) && offerOf(option, size)?.isAvailable));
  return new Map(there.map(({ id }) => [id, picks.get(id)!]));
}

/** With so much of an option, or without it; where one is allowed, it takes the place of the other. */
export function picked(group: Group, picks: Picks, id: string, amount: TakenAmount | null): Picks {
  const next = new Map(picks);
  if (group.max === 1) for (const other of group.options) next.delete(other.id);
  if (amount) next.set(id, amount);
  else next.delete(id);
  return next;
}

export const count = (group: Group, picks: Picks) => group.options.filter(({ id }) => picks.has(id)).length;

export type Fault = 'TOO_FEW' | 'TOO_MANY';

export function faultOf(group: Group, picks: Picks): Fault | null {
  const chosen = count(group, picks);
  if (chosen < group.min) return 'TOO_FEW';
  return group.max != null && chosen > group.max ? 'TOO_MANY' : null;
}

/** The options that are on the whole of a pizza, whatever its halves are. */
export const ofWhole = (groups: readonly Group[]) => groups.filter(({ halves }) => !halves);
export const ofHalves = (groups: readonly Group[]) => groups.filter(({ halves }) => halves);

/** Whether what is on a pizza is what it comes with, however much of it. */
export const isAsItComes = ({ groups, picks }: Choosing) =>
  ofHalves(groups).every(({ options }) => options.every(({ id, isDefault }) => picks.has(id) === isDefault));

type Said = Omit<ChosenOption, 'portion'>;

// What is otherwise than as the dish comes. Where one option is allowed, naming another one takes the default away.
function said(groups: readonly Group[], picks: Picks): readonly Said[] {
  return groups.flatMap((group) => {
    const isReplaced = group.max === 1 && count(group, picks) > 0;
    return group.options.flatMap(({ id: optionId, name, isDefault }): Said[] => {
      const amount = picks.get(optionId);
      if (!amount) return isDefault && !isReplaced ? [{ optionId, name, amount: 'NONE' }] : [];
      return isDefault && amount === 'REGULAR' ? [] : [{ optionId, name, amount }];
    });
  });
}

/** What is said of a portion. `second` is the right half, where it differs; what is the same on both is on the whole. */
export function chosenOptions(first: Choosing, second: Choosing | null): readonly ChosenOption[] {
  const on = (portion: ChosenOption['portion']) => (one: Said): ChosenOption => ({ ...one, portion });
  if (!second) return said(first.groups, first.picks).map(on('WHOLE'));
  const left = said(ofHalves(first.groups), first.picks);
  const right = said(ofHalves(second.groups), second.picks);
  const isIn = (some: readonly Said[]) => (one: Said) => some.some(({ optionId, amount }) => optionId === one.optionId && amount === one.amount);
  return [
    ...said(ofWhole(first.groups), first.picks).map(on('WHOLE')),
    ...left.map((one) => on(isIn(right)(one) ? 'WHOLE' : 'FIRST')(one)),
    ...right.filter((one) => !isIn(left)(one)).map(on('SECOND')),
  ];
}

/** The dishes that may be the other half: they can differ in this size, and need nothing that the first hasn't. */
export function mates(dish: ChoicesFragment, all: HalfMatesQuery['menu'], size: ItemSize): ReadonlySet<string> {
  const has = new Set(dish.optionGroups.map(({ id }) => id));
  const fits = ({ halves, optionGroups }: (typeof all)[number]) =>
    halves?.sizes.includes(size) && optionGroups.every((group) => group.halves || group.min === 0 || has.has(group.id));
  return new Set(all.filter(fits).map(({ id }) => id));
}

/** What an option costs, as far as the menu says it: on one half a part of it, rounded half up. The sum is the server's. */
export function optionPrice(option: Option, size: ItemSize, percent: number): number {
  return Math.floor(((offerOf(option, size)?.price ?? 0) * percent + 50) / 100);
}
