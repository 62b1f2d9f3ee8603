import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { PromotionRefusalCode } from '../../shared/api/gql/codes.ts';
import type { PromotionRefusalFragment } from '../../shared/api/gql/graphql.ts';
import { money } from '../../shared/money/money.ts';
import { wallDate } from '../../shared/time/time.ts';
import { hoursInWords, slotsInWords, type Speech } from '../menu/deal-words.ts';

interface Told {
  readonly at: string;
  readonly uses: number;
  readonly hours: string;
  readonly needs: string;
  readonly amount: string;
  readonly missing: string;
  readonly promotion: string;
}

// Exhaustive: a code that is new in the schema fails the types until it has words.
const words: Readonly<Record<PromotionRefusalCode, (told: Told) => MessageDescriptor>> = {
  UNKNOWN_CODE: () => msg`There is no such code here.`,
  ENDED: () => msg`It is over.`,
  NOT_YET: ({ at }) => msg`It begins on ${at}.`,
  USED_UP: () => msg`It has been used up.`,
  USED_BY_CUSTOMER: ({ uses }) => (uses === 1 ? msg`You have used it already.` : msg`You have used it ${uses} times already.`),
  FIRST_ORDER_ONLY: () => msg`It is for a first order.`,
  DELIVERY_ONLY: () => msg`It is for deliveries.`,
  PICKUP_ONLY: () => msg`It is for orders that are picked up.`,
  OTHER_HOURS: ({ hours }) => msg`It is for food at these hours: ${hours}.`,
  BELOW_MINIMUM: ({ amount, missing }) => msg`It is from ${amount} on: ${missing} more would do.`,
  NEEDS_PORTIONS: ({ needs }) => msg`It needs ${needs}.`,
  NEEDS_MORE_PORTIONS: ({ needs }) => msg`It needs more: ${needs}.`,
  NEEDS_BUNDLE: ({ needs, amount }) => msg`It needs ${needs}, which cost more than ${amount} otherwise.`,
  DELIVERY_IS_FREE: () => msg`The delivery costs nothing anyway.`,
  NOTHING_TO_TAKE_OFF: () => msg`What it is for costs nothing anyway.`,
  OUTDONE: ({ promotion }) => msg`“${promotion}” is taken instead: it makes your order at least as cheap.`,
};

/** Why a code takes nothing off, and what would do, in the reader's language. */
export function couponInWords(speech: Speech, { code, startsAt, uses, hours, needs, amount, missing, promotion }: PromotionRefusalFragment): string {
  const { i18n, place } = speech;
  const written = (cents: number) => money(cents, place, i18n.locale);
  return i18n._(words[code]({
    at: startsAt ? wallDate(startsAt, place.timeZone, i18n.locale) : '', uses, hours: hoursInWords(speech, hours), needs: slotsInWords(speech, needs),
    amount: written(amount), missing: written(missing), promotion,
  }));
}
