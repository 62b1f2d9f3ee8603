import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Fulfillment, ItemSize, KitchenActionKind, StationFragment, TaskStatus } from '../gql/graphql.ts';
import type { Otherwise } from './items.rules.ts';
import type { Slack } from './slack.rules.ts';

// Stations are called by whoever runs the shop; for the usual names there are the words of the trade.
const verbs: readonly (readonly [RegExp, MessageDescriptor])[] = [
  [/oven|forno|ofen/i, msg`Out of the oven`],
  [/make|prep|stretch|banco|belegen|teig/i, msg`Made`],
  [/cut|tagli|schneid/i, msg`Cut`],
  [/salad|insalat|salat|drink|bibit|getränk/i, msg`Ready`],
];

/** What the button of a ticket says at a station. */
export function verbOf(i18n: I18n, { name, isExpo }: StationFragment): string {
  const verb = isExpo ? msg`Hand over` : verbs.find(([pattern]) => pattern.test(name))?.[1];
  return verb ? i18n._(verb) : i18n._(msg`Done at ${name}`);
}

const sizes: Readonly<Record<ItemSize, MessageDescriptor | null>> = { SMALL: msg`S`, MEDIUM: msg`M`, LARGE: msg`L`, ONE_SIZE: null };
const longSizes: Readonly<Record<ItemSize, MessageDescriptor | null>> = { SMALL: msg`small`, MEDIUM: msg`medium`, LARGE: msg`large`, ONE_SIZE: null };

export const sizeLetter = (i18n: I18n, size: ItemSize) => (sizes[size] ? i18n._(sizes[size]) : '');
export const sizeWord = (i18n: I18n, size: ItemSize) => (longSizes[size] ? i18n._(longSizes[size]) : '');

const fulfillments: Readonly<Record<Fulfillment, MessageDescriptor>> = { DELIVERY: msg`Delivery`, PICKUP: msg`Pickup` };

export const fulfillmentWord = (i18n: I18n, fulfillment: Fulfillment) => i18n._(fulfillments[fulfillment]);

const hows: Readonly<Record<Otherwise['how'], (name: string) => MessageDescriptor>> = {
  NO: (name) => msg`no ${name}`, LIGHT: (name) => msg`a little ${name}`, EXTRA: (name) => msg`extra ${name}`, WITH: (name) => msg`+ ${name}`,
};

// What is called "Extra mozzarella" on the menu would be "extra Extra mozzarella" here.
export const otherwiseWords = (i18n: I18n, { how, name }: Otherwise) => i18n._(hows[how](name.replace(/^extra /i, '')));

const statuses: Readonly<Record<TaskStatus, MessageDescriptor>> = { WAITING: msg`not here yet`, QUEUED: msg`to do`, STARTED: msg`begun`, DONE: msg`done` };

export const statusWord = (i18n: I18n, status: TaskStatus) => i18n._(statuses[status]);

/** How a ticket stands to its promise, in words. */
export function slackWords(i18n: I18n, { urgency, minutesLeft: left }: Slack): string {
  if (left < 0) {
    const late = -left;
    return i18n._(msg`late ${late} min`);
  }
  if (urgency === 'late') return i18n._(msg`will be late · ${left} min`);
  return urgency === 'soon' ? i18n._(msg`hurry · ${left} min`) : i18n._(msg`${left} min left`);
}

const deeds: Readonly<Record<KitchenActionKind, MessageDescriptor>> = {
  START: msg`begin`, DONE: msg`done`, UNDO: msg`undo`, BUMP: msg`done`, RECALL: msg`recall`, RUSH: msg`rush`, HOLD: msg`hold`, FIRE: msg`fire`, SEEN: msg`seen`,
};

export const deedWord = (i18n: I18n, kind: KitchenActionKind) => i18n._(deeds[kind]);
