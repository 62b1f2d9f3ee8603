import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { DealFragment, DishFragment, HoursFragment, PlaceFragment, PromotionRefusalFragment, RewardFragment, SlotFragment } from '../../shared/api/gql/graphql.ts';
import type { Weekday } from '../../shared/api/gql/codes.ts';
import { money, percent } from '../../shared/money/money.ts';
import { sizeName } from '../dish/sizes.ts';
import { categoryOf, weekdayRuns } from './deals.rules.ts';

/** What words about a location's deals are made with. */
export interface Speech {
  readonly i18n: I18n;
  readonly place: Pick<PlaceFragment, 'currency' | 'currencyDecimals' | 'timeZone'>;
  readonly dishes: ReadonlyMap<string, DishFragment>;
}

type Reward = RewardFragment;

const say = ({ i18n }: Speech, message: MessageDescriptor) => i18n._(message);

const amountOf = ({ i18n, place }: Speech, amount: number) => money(amount, place, i18n.locale);

/** "Margherita or Marinara (Large)": whatever is in a scope. */
export function scopeInWords(speech: Speech, { menuItemIds, sizes }: Pick<SlotFragment, 'menuItemIds' | 'sizes'>): string {
  const { i18n, dishes } = speech;
  const either = new Intl.ListFormat(i18n.locale, { type: 'disjunction' });
  const names = menuItemIds.map((id) => dishes.get(id)?.name ?? '–');
  const what = menuItemIds.length ? (categoryOf(menuItemIds, dishes) ?? either.format(names)) : say(speech, msg`any dish`);
  return sizes.length ? `${what} (${either.format(sizes.map((size) => sizeName(i18n, size)))})` : what;
}

/** "2 × Margherita (Large)". */
export const slotsInWords = (speech: Speech, slots: readonly SlotFragment[]) =>
  new Intl.ListFormat(speech.i18n.locale).format(slots.map((slot) => `${slot.portions} × ${scopeInWords(speech, slot)}`));

/** What a promotion gives. */
export function rewardInWords(speech: Speech, { kind, basisPoints, amount: cents, portions, slots }: Reward): string {
  const [share, amount] = [percent(basisPoints, speech.i18n.locale), amountOf(speech, cents)];
  switch (kind) {
    case 'PERCENT':
      return say(speech, msg`${share} off`);
    case 'FIXED':
      return say(speech, msg`${amount} off`);
    case 'FREE_CHEAPEST':
      return say(speech, msg`The cheapest of ${portions} is free`);
    case 'FIXED_PRICE_BUNDLE': {
      const what = slotsInWords(speech, slots);
      return say(speech, msg`${what} for ${amount}`);
    }
    case 'FREE_DELIVERY':
      return say(speech, msg`Free delivery`);
  }
}

/** What a deal gives, and when: "15 % off · from $30.00 · for pickup". */
export function dealInWords(speech: Speech, { reward, conditions }: DealFragment): string {
  const { endsAt, scope, minimum, fulfillments, hours, firstOrder } = conditions;
  const [amount, by] = [amountOf(speech, minimum), fulfillments.length === 1 && reward.kind !== 'FREE_DELIVERY' ? fulfillments[0] : null];
  const day = endsAt && new Intl.DateTimeFormat(speech.i18n.locale, { day: 'numeric', month: 'long', timeZone: speech.place.timeZone }).format(new Date(endsAt));
  const isScoped = scope.menuItemIds.length > 0 || scope.sizes.length > 0;
  return [
    rewardInWords(speech, reward),
    isScoped && scopeInWords(speech, scope),
    firstOrder && say(speech, msg`your first order`),
    minimum > 0 && say(speech, msg`from ${amount}`),
    by && say(speech, by === 'PICKUP' ? msg`for pickup` : msg`for delivery`),
    hours.length > 0 && hoursInWords(speech, hours),
    day && say(speech, msg`until ${day}`),
  ].filter(Boolean).join('\u00a0· ');
}

/** "Mon–Thu 15:00–17:00; Sat". */
export function hoursInWords({ i18n }: Pick<Speech, 'i18n'>, hours: readonly HoursFragment[]): string {
  const clock = (time: string) => new Intl.DateTimeFormat(i18n.locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`1970-01-01T${time}:00Z`));
  const name = (day: Weekday) => new Intl.DateTimeFormat(i18n.locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(`1970-01-0${5 + weekdays.indexOf(day)}`));
  return hours
    .map(({ weekdays: days, from, until }) => {
      const runs = weekdayRuns(weekdays, days).map((run) => (run.length > 2 ? `${name(run[0]!)}–${name(run.at(-1)!)}` : run.map(name).join(', ')));
      const times = from === until ? '' : `${clock(from)}–${clock(until)}`;
      return [runs.join(', ') || i18n._(msg`daily`), times].filter(Boolean).join(' ');
    })
    .join('; ');
}

const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** What more in the cart would bring: "$4.10 more, and delivery is free." */
export function reachInWords(speech: Speech, name: string, reward: Reward, { missing: cents, needs }: PromotionRefusalFragment): string {
  const more = cents ? amountOf(speech, cents) : slotsInWords(speech, needs);
  if (reward.kind === 'FREE_DELIVERY') return say(speech, msg`${more} more, and delivery is free.`);
  const gives = rewardInWords(speech, reward);
  return say(speech, msg`${more} more, and it is “${name}”: ${gives}.`);
}
