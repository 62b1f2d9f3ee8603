import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { refusal } from '../../shared/api/refusals.ts';
import type { KitchenActionReason } from '../gql/graphql.ts';

const reasons: Readonly<Record<KitchenActionReason, MessageDescriptor>> = {
  NO_SUCH_TICKET: msg`There is no such ticket here any more.`,
  NO_SUCH_TASK: msg`The ticket has no such item any more.`,
  NOT_YET: msg`It may not begin yet.`,
  STATION_BEFORE: msg`The station before isn't done, or it is too early.`,
  NEXT_HAS_BEGUN: msg`The next station has begun with it.`,
  NOTHING_HERE: msg`Nothing of it has come here yet.`,
  NOT_ALL_DONE: msg`The other stations aren't done: say why it goes all the same.`,
  CALLED_OFF: msg`The order was called off.`,
  CHANGED: msg`Look at the order again.`,
  ALL_DONE: msg`All of it is done.`,
  ALL_BEGUN: msg`All of it has begun.`,
  HAS_LEFT: msg`The order has left the kitchen.`,
  NO_SUCH_ACTION: msg`This page is older than the server. Reload it.`,
};

/** Why a tap came to nothing, in the reader's language: by the reason of the tap, or the code of what refused all of them. */
export function whyNot(i18n: I18n, reason: string): string {
  return Object.hasOwn(reasons, reason) ? i18n._(reasons[reason as KitchenActionReason]) : refusal(i18n, reason);
}
