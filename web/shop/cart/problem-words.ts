import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { QuoteProblemReason } from '../../shared/api/gql/codes.ts';
import type { ProblemFragment } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { type Currency, money } from '../../shared/money/money.ts';

interface Told {
  readonly name: string;
  readonly count: number;
  readonly amount: string;
}

const asChosen = ({ name }: Told) => msg`${name} can't be had like this any more.`;
const halves = () => msg`These halves can't share a pizza.`;

// Exhaustive: a reason that is new in the schema fails the types until it has words. Null: those of its code say all; '': those of the line.
const words: Readonly<Record<QuoteProblemReason, ((told: Told) => MessageDescriptor) | null | ''>> = {
  NOT_ON_MENU: '',
  NOT_IN_SIZE: '',
  SOLD_OUT: null,
  OPTION_NOT_OFFERED: () => msg`Something you chose isn't offered any more.`,
  OPTION_NOT_IN_SIZE: asChosen,
  OPTION_NOT_IN_AMOUNT: asChosen,
  OPTION_NOT_ON_HALF: asChosen,
  OPTION_TWICE: asChosen,
  TOO_FEW_OPTIONS: ({ name, count }) => msg`${name}: choose ${count} at least.`,
  TOO_MANY_OPTIONS: ({ name, count }) => msg`${name}: choose ${count} at most.`,
  HALVES_CANT_DIFFER: halves,
  DISHES_CANT_SHARE: halves,
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
  if (!say) return say ?? refusal(i18n, code);
  return i18n._(say({ name: names[0] ?? '', count, amount: money(amount, currency, i18n.locale) }));
}
