import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ErrorCode, UserErrorCode } from './gql/codes.ts';

/** Whatever may be said to a person by its code. UNREACHABLE is ours: nothing came back. */
type Code = UserErrorCode | ErrorCode | 'UNREACHABLE';

const ours = msg`Something went wrong on our side. Please try again.`;
const app = msg`This page is out of date. Reload it, and try again.`;

// Exhaustive: a code that is new in the schema fails the types until it has words.
const words: Readonly<Record<Code, MessageDescriptor>> = {
  BAD_USER_INPUT: msg`Something in this isn't right. Look over what you wrote.`,
  NOT_FOUND: msg`There is no such thing any more.`,
  UNAUTHENTICATED: msg`Please sign in.`,
  FORBIDDEN: msg`This account may not do that.`,
  INSUFFICIENT_STOCK: msg`Not enough is left of something you chose.`,
  INVALID_TRANSITION: msg`The order has moved on: that can't be done any more.`,
  VERSION_CONFLICT: msg`It has changed meanwhile. Look again.`,
  PRICE_CHANGED: msg`The price has changed. Nothing was ordered.`,
  PAYMENT_DECLINED: msg`The card was declined. You were not charged.`,
  IDEMPOTENCY_CONFLICT: msg`This order is still being sent. Try again in a moment.`,
  ALREADY_EXISTS: msg`There is an account with this e-mail address already. Sign in instead.`,
  RATE_LIMITED: msg`Too many tries. Wait a minute, then try again.`,
  LIMIT_REACHED: msg`You have as much on order as one may have. Try again when something of it has arrived.`,
  BELOW_MINIMUM: msg`This is less than we deliver. Add something, or pick it up.`,
  COUPON_REFUSED: msg`This code doesn't apply to your order.`,
  QUOTE_EXPIRED: msg`This offer has run out. Look at the price again.`,
  SERVICE_CLOSED: msg`We are closed then. Choose another time.`,
  SERVICE_PAUSED: msg`We are taking a short break. Try again a little later.`,
  SLOT_UNAVAILABLE: msg`This time is taken. Choose another one.`,
  OUTSIDE_DELIVERY_AREA: msg`We don't deliver to this address. You can pick it up.`,
  UNFINISHED_ORDERS: msg`An order of yours is still on its way. Delete the account when it has arrived.`,
  PAYMENT_IN_PROGRESS: msg`The payment is being processed. Try again in a moment.`,
  PAYMENT_UNAVAILABLE: msg`Nobody can pay by card at the moment. Try again later, or pay in cash. You were not charged.`,
  UNAVAILABLE: msg`We are busy. Try again in a moment: nothing is sent twice.`,
  UNREACHABLE: msg`We can't be reached. Check your connection and try again: nothing is sent twice.`,
  INTERNAL_SERVER_ERROR: ours,
  GRAPHQL_PARSE_FAILED: app,
  GRAPHQL_VALIDATION_FAILED: app,
  QUERY_TOO_LARGE: app,
  QUERY_TOO_DEEP: app,
  QUERY_TOO_COMPLEX: app,
  TOO_MANY_ALIASES: app,
  INTROSPECTION_DISABLED: app,
  BAD_REQUEST: app,
  BATCH_NOT_ALLOWED: app,
  METHOD_NOT_ALLOWED: app,
  NOT_ACCEPTABLE: app,
  UNSUPPORTED_MEDIA_TYPE: app,
  PAYLOAD_TOO_LARGE: app,
  REQUEST_TIMEOUT: ours,
  PERSISTED_QUERY_NOT_SUPPORTED: app,
  FORBIDDEN_TRANSPORT: app,
  TOO_MANY_SUBSCRIPTIONS: msg`Too many pages of ours are open. Close some, and reload this one.`,
  TOO_MANY_SOCKETS: msg`Too many pages of ours are open. Close some, and reload this one.`,
};

/** The words for a code, in the reader's language; also for one that isn't known yet. */
export function refusal(i18n: I18n, code: string): string {
  return i18n._(Object.hasOwn(words, code) ? words[code as Code] : ours);
}
