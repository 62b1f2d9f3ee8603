import { useEffect, useRef, useState } from 'react';
import { type ChoicesFragment, DishChoicesDocument, type DishFragment, type ItemSize, type PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import type { CartLine, TakenAmount } from '../cart/cart.rules.ts';
import { chosenOptions, type Choosing, comesWith, faultOf, type Group, none, ofHalves, ofWhole, picked, settled } from './choices.rules.ts';

/** A dish, or the dish on the right half, with what can be chosen for it and what is. */
export interface Side extends Choosing {
  readonly dish: DishFragment;
  /** Of an option's price, for one half. */
  readonly percent: number;
  readonly pick: (group: Group, id: string, amount: TakenAmount | null) => void;
}

export interface Configurator {
  /** Undefined where the dish is sold out in every size. */
  readonly size: ItemSize | undefined;
  readonly resize: (size: ItemSize) => void;
  readonly choices: ChoicesFragment | null;
  readonly failure: string | null;
  readonly again: () => void;
  readonly first: Side;
  /** Null: both halves are the same. */
  readonly second: Side | null;
  /** Puts a dish on the right half; null: the same as on the left one. */
  readonly share: (other: DishFragment | null) => void;
  /** Groups of which too few or too many are chosen, on the half that has them. */
  readonly isFaulty: boolean;
  readonly what: Pick<CartLine, 'options' | 'second'>;
}

interface Chosen {
  /** Null: as it comes. */
  readonly picks: ReadonlyMap<string, TakenAmount> | null;
}

/** What somebody makes of a dish. What is chosen stays while sizes are tried, and things sell out. */
export function useConfigurator(place: PlaceFragment, dish: DishFragment): Configurator {
  const [wantedSize, resize] = useState<ItemSize | null>(null);
  const [left, setLeft] = useState<Chosen>({ picks: null });
  const [right, setRight] = useState<(Chosen & { readonly dish: DishFragment }) | null>(null);
  const own = useChoices(place, dish);
  const mate = useChoices(place, right?.dish ?? dish);
  const open = dish.prices.filter(({ isAvailable }) => isAvailable);
  const size = (open.find((price) => price.size === wantedSize) ?? open.find((price) => price.size === 'MEDIUM') ?? open[0])?.size;

  const choosing = (choices: ChoicesFragment | null, { picks }: Chosen): Choosing => {
    const groups = choices?.optionGroups ?? [];
    const wanted = picks ?? comesWith(groups);
    return { groups, picks: size ? settled({ groups, picks: wanted }, size) : none };
  };
  const side = (of: DishFragment, choices: ChoicesFragment | null, chosen: Chosen, set: (now: Chosen) => void): Side => ({
    ...choosing(choices, chosen),
    dish: of,
    percent: choices?.halves?.toppingPercent ?? 100,
    pick: (group, id, amount) => set({ picks: picked(group, chosen.picks ?? comesWith(choices?.optionGroups ?? []), id, amount) }),
  });
  // The other half is there, as it comes, before it is known what can be chosen for it: nothing jumps.
  const isSplit = right !== null && size !== undefined && (own.choices?.halves?.sizes.includes(size) ?? false);
  const first = side(dish, own.choices, left, setLeft);
  const second = isSplit ? side(right.dish, mate.choices, right, (now) => setRight({ ...right, ...now })) : null;
  const faulty = (groups: readonly Group[], { picks }: Choosing) => groups.some((group) => faultOf(group, picks));
  return {
    size, resize, ...own, first, second,
    share: (other) => setRight(other && { dish: other, picks: other.id === dish.id ? left.picks : null }),
    isFaulty: faulty(second ? [...ofWhole(first.groups), ...ofHalves(first.groups)] : first.groups, first) || (second !== null && faulty(ofHalves(second.groups), second)),
    what: {
      options: chosenOptions(first, second),
      second: second && second.dish.id !== dish.id ? { menuItemId: second.dish.id, name: second.dish.name } : null,
    },
  };
}

/** What can be chosen for a dish, asked for anew whenever the menu tells a change of it. */
function useChoices(place: PlaceFragment, dish: DishFragment) {
  const { data, failure, again } = useAsk(DishChoicesDocument, { id: dish.id, locationId: place.id });
  const known = useRef({ dish, again });
  useEffect(() => {
    const before = known.current;
    known.current = { dish, again };
    if (before.dish !== dish && before.dish.id === dish.id) again();
  });
  return { choices: data?.menuItem?.id === dish.id ? data.menuItem : null, failure, again };
}
