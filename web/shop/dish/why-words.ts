import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { BasisFragment } from '../../shared/api/gql/graphql.ts';
import type { PriceBasisCode } from '../../shared/api/gql/codes.ts';
import { bare, type Currency, percent } from '../../shared/money/money.ts';

interface Told {
  readonly count: number;
  readonly amount: string;
  readonly other: string;
  readonly share: string;
  readonly name: string;
}

// Exhaustive: a code that is new in the schema fails the types until it has words.
const words: Readonly<Record<PriceBasisCode, (told: Told) => MessageDescriptor | string>> = {
  TIMES: ({ count, amount }) => `${count} × ${amount}`,
  DEARER_HALF: () => msg`the dearer half counts`,
  AVERAGE_OF_HALVES: ({ amount, other }) => msg`the average of ${amount} and ${other}`,
  LIGHT: () => msg`a little`,
  EXTRA: () => msg`extra`,
  ON_FIRST_HALF: () => msg`on the left half`,
  ON_SECOND_HALF: () => msg`on the right half`,
  AMONG_FREE: ({ count, name }) => msg`${name}: one of ${count} free ones`,
  BEYOND_FREE: ({ count, name }) => msg`${name}: more than ${count} free ones`,
  INSTEAD_OF: ({ name, amount }) => msg`${name}, instead of ${amount}`,
  PERCENT_OF: ({ share, amount }) => msg`${share} of ${amount}`,
  UP_TO: ({ amount }) => msg`up to ${amount}`,
  CHEAPEST_FREE: ({ count }) => msg`the cheapest of ${count} is free`,
  TOGETHER_FOR: ({ amount }) => msg`together for ${amount}`,
};

/** How an amount comes about, in the reader's language; '' if there is nothing to tell. */
export function basesInWords(i18n: I18n, currency: Currency, bases: readonly BasisFragment[]): string {
  const amount = (cents: number) => bare(cents, currency, i18n.locale);
  return bases
    .map(({ code, count, amount: cents, otherAmount, basisPoints, name }) => {
      const said = words[code]({ count, amount: amount(cents), other: amount(otherAmount), share: percent(basisPoints, i18n.locale), name });
      return typeof said === 'string' ? said : i18n._(said);
    })
    .join(', ');
}
