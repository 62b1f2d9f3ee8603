import type { I18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { CartLine, ChosenOption } from '../cart/cart.rules.ts';

const amounts = { NONE: msg`no`, LIGHT: msg`a little`, REGULAR: null, EXTRA: msg`extra` };
const halves = { WHOLE: null, FIRST: msg`left`, SECOND: msg`right` };

/** What a line is called: a pizza of two dishes has both names. */
export const lineName = ({ name, second }: Pick<CartLine, 'name'> & { readonly second?: { readonly name: string } | null }) =>
  second ? `½ ${name} · ½ ${second.name}` : name;

/** What was chosen, in few words: "no capers, extra mushrooms (left)". */
export function chosenWords(i18n: I18n, options: readonly ChosenOption[]): string {
  return options
    .map(({ name, amount, portion }) => {
      const [how, where] = [amounts[amount], halves[portion]];
      return `${how ? `${i18n._(how)} ` : ''}${name}${where ? ` (${i18n._(where)})` : ''}`;
    })
    .join(', ');
}

export function Chosen({ options }: { options: readonly ChosenOption[] }) {
  const { i18n } = useLingui();
  return options.length > 0 && <small>{chosenWords(i18n, options)}</small>;
}
