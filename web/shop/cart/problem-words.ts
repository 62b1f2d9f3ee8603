import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { QuoteProblemReason } from '../../shared/api/gql/codes.ts';
import type { ProblemFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { type Currency, money } from '../../shared/money/money.ts';

interface Told {
  readonly name: string;
  readonly other: string;
  readonly count: number;
  readonly amount: string;
}

// Exhaustive: a reason that is new in the schema fails the types until it has words. Null: those of its code say all.
const words: Readonly<Record<QuoteProblemReason, ((told: Told) => MessageDescriptor) | null>> = {
  NOT_ON_MENU: () => msg`It isn't on the menu any more.`,
  NOT_IN_SIZE: () => msg`It isn't sold in this size any more.`,
  SOLD_OUT: null,
  OPTION_NOT_OFFERED: ({ name }) => msg`Something you chose isn't offered with ${name} any more.`,
  OPTION_NOT_IN_SIZE: ({ name }) => msg`${name} isn't offered in this size.`,
  OPTION_NOT_IN_AMOUNT: ({ name }) => msg`${name} isn't offered in this amount.`,
  OPTION_NOT_ON_HALF: () => msg`Something you chose for one half is for the whole pizza only.`,
  OPTION_TWICE: ({ name }) => msg`${name} was chosen twice.`,
  TOO_FEW_OPTIONS: ({ name, count }) => msg`${name}: choose ${count} at least.`,
  TOO_MANY_OPTIONS: ({ name, count }) => msg`${name}: choose ${count} at most.`,
  HALVES_CANT_DIFFER: ({ name }) => msg`The halves of ${name} can't differ in this size.`,
  DISHES_CANT_SHARE: ({ name, other }) => msg`${name} and ${other} can't share a pizza.`,
  COUPON_REFUSED: null,
  TIP_TOO_LARGE: () => msg`A tip is at most what the order costs without it.`,
  TOTAL_TOO_LARGE: ({ amount }) => msg`An order comes to ${amount} at most.`,
  NOT_PAYABLE: () => msg`Such an amount can't be paid here.`,
  BELOW_MINIMUM: ({ amount }) => msg`We deliver from ${amount} on.`,
  SERVICE_CLOSED: null,
  SERVICE_PAUSED: null,
  SLOT_UNAVAILABLE: null,
  OUTSIDE_DELIVERY_AREA: null,
};

/** Why something can't be ordered as it is, in the reader's language. */
export function problemInWords(i18n: I18n, currency: Currency, { code, reason, names, count, amount }: ProblemFragment): string {
  const say = words[reason];
  if (!say) return refusal(i18n, code);
  return i18n._(say({ name: names[0] ?? '', other: names[1] ?? '', count, amount: money(amount, currency, i18n.locale) }));
}
