/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import { gql } from 'urql';
/** As what somebody acted. */
export type ActorRole =
  /** A cook. */
  | 'COOK'
  /** A customer. */
  | 'CUSTOMER'
  /** A driver. */
  | 'DRIVER'
  /** A customer without an account. */
  | 'GUEST'
  /** A manager. */
  | 'MANAGER'
  /** The server itself, for example because a card was charged, or because nobody paid. */
  | 'SYSTEM';

/** Where a delivery goes. */
export type AddressInput = {
  /** The town. */
  readonly city: string;
  /** For the driver. */
  readonly notes?: string | null | undefined;
  /** As usual in the country. */
  readonly postalCode: string;
  /** With house number. */
  readonly street: string;
};

/** What EU regulation 1169/2011 has sellers tell of: fourteen groups. */
export type Allergen =
  /** Celery and celeriac. */
  | 'CELERY'
  /** Prawns, crabs, lobsters and the like. */
  | 'CRUSTACEANS'
  /** Of any bird. */
  | 'EGGS'
  /** Fish. */
  | 'FISH'
  /** Wheat, rye, barley and oats. */
  | 'GLUTEN'
  /** Lupin. */
  | 'LUPIN'
  /** Milk, and the lactose in it. */
  | 'MILK'
  /** Mussels, squid, snails and the like. */
  | 'MOLLUSCS'
  /** Mustard. */
  | 'MUSTARD'
  /** Nuts of trees: almonds, hazelnuts, walnuts, pistachios and the like. */
  | 'NUTS'
  /** Peanuts. */
  | 'PEANUTS'
  /** Sesame seeds. */
  | 'SESAME'
  /** Soya. */
  | 'SOYA'
  /** Sulphur dioxide and sulphites, above 10 mg in a kilogram or litre. */
  | 'SULPHITES';

/** Changes what was ordered. */
export type AmendOrderInput = {
  /** New lines, at what the menu says now. */
  readonly add?: ReadonlyArray<OrderItemInput>;
  /** Lines of the order that are wanted otherwise, each once. */
  readonly change?: ReadonlyArray<ItemChangeInput>;
  /** Tells only what would become of the order, and what stands in the way. */
  readonly dryRun?: boolean;
  /** Refuses if the order has changed since. */
  readonly expectedVersion: number;
  /** Any string of 1-255 characters, unique per intent: repeating it changes nothing twice. Not used by a dryRun. */
  readonly idempotencyKey: string;
  /** The order. */
  readonly orderId: string;
  /** Needed where it costs more and is paid by card: the difference is authorized apart. */
  readonly paymentToken?: string | null | undefined;
  /** Why; needed of staff, and kept in the timeline. */
  readonly reason?: string | null | undefined;
  /** Lines of the order that aren't wanted any more, each once. One at least has to stay. */
  readonly remove?: ReadonlyArray<string>;
};

/** How much of an option is wanted. */
export type Amount =
  /** More, where the group has it. */
  | 'EXTRA'
  /** Less, where the group has it. */
  | 'LIGHT'
  /** Without it: of what comes with the item. */
  | 'NONE'
  /** As usual. */
  | 'REGULAR';

/** Another password. */
export type ChangePasswordInput = {
  /** The one before. */
  readonly currentPassword: string;
  /** As in SignUpInput. */
  readonly newPassword: string;
};

/** Whom the shop turns to about an order. */
export type ContactInput = {
  /** For the shop, if nobody answers the phone. Nothing is sent to it by itself. */
  readonly email?: string | null | undefined;
  /** 1 to 200 characters, on one line. */
  readonly name: string;
  /** Up to 40 characters, on one line; at least five of them digits. */
  readonly phone: string;
};

/** An account that is deleted. */
export type DeleteAccountInput = {
  /** The account's, once more. */
  readonly password: string;
};

/** A diet that something is fit for. The strictest is told: what is vegan is vegetarian, too. */
export type Diet =
  /** Nothing of an animal. */
  | 'VEGAN'
  /** Nothing for which an animal was killed. */
  | 'VEGETARIAN';

/** How the food reaches the customer. */
export type Fulfillment =
  /** A driver brings it; it costs a fee and needs an address. */
  | 'DELIVERY'
  /** The customer comes for it. */
  | 'PICKUP';

/** Changes one line; what is left out stays. */
export type ItemChangeInput = {
  /** For the cook; empty: none. */
  readonly instructions?: string | null | undefined;
  /** The line's. */
  readonly itemId: string;
  /** All that is wanted otherwise than as the item comes, chosen anew with secondHalf; the line then costs what the menu says now. Left out: both stay. */
  readonly options?: ReadonlyArray<OptionSelectionInput> | null | undefined;
  /** 1 to 50 portions. They cost what the line's did. */
  readonly quantity?: number | null | undefined;
  /** With options: another item on the second half. Left out: one item. */
  readonly secondHalf?: SecondHalfInput | null | undefined;
};

/** The size of a portion. */
export type ItemSize =
  /** Half as much again as a medium portion. */
  | 'LARGE'
  /** What recipes are written for. */
  | 'MEDIUM'
  /** Sold in one size only. */
  | 'ONE_SIZE'
  /** Three quarters of a medium portion's ingredients. */
  | 'SMALL';

/** An option that is wanted, or not. */
export type OptionSelectionInput = {
  /** How much; LIGHT and EXTRA where the group has them. NONE leaves out what comes with the item. */
  readonly amount?: Amount;
  /** One that the item offers in this size. */
  readonly optionId: string;
  /** Where; one half only of groups that go on halves, of items whose halves may differ in this size. */
  readonly portion?: Portion;
};

/** One move of an order. */
export type OrderActionInput = {
  /** Refuses if the order has changed since. */
  readonly expectedVersion?: number | null | undefined;
  /** The order. */
  readonly orderId: string;
  /** Kept in the timeline; staff who cancel must say why. */
  readonly reason?: string | null | undefined;
};

/** What happened to an order. */
export type OrderEventType =
  /** What was ordered is another than before. The order stays where it stands. */
  | 'AMENDED'
  /** It was called off. */
  | 'CANCELLED'
  /** It may be prepared. */
  | 'CONFIRMED'
  /** It was handed over at the door. */
  | 'DELIVERED'
  /** The driver took it along. */
  | 'DISPATCHED'
  /** It was handed over at the counter. */
  | 'PICKED_UP'
  /** It came in. */
  | 'PLACED'
  /** The kitchen began. */
  | 'PREPARATION_STARTED'
  /** The kitchen was done. */
  | 'READY'
  /** It was ready, and is in the kitchen again: something of it is made anew. */
  | 'RECALLED'
  /** Some of its money is given back. The order stays where it stands. */
  | 'REFUNDED'
  /** The shop refused it, or its card was declined. */
  | 'REJECTED'
  /** It could not be handed over, and is back. */
  | 'RETURNED';

/** One dish of an order to be placed. */
export type OrderItemInput = {
  /** For the cook. */
  readonly instructions?: string | null | undefined;
  /** The item on the menu. */
  readonly menuItemId: string;
  /**
   * What is wanted otherwise than as the item comes, each option once for a half; up to 100. What comes with the item stays, but where a group allows one
   * option: there the one that is named takes its place. With two items: what is on the first half or on the whole.
   */
  readonly options?: ReadonlyArray<OptionSelectionInput>;
  /** 1 to 50. */
  readonly quantity: number;
  /** Another item on the second half, or the same with other options. What is the same on both halves is on the whole. */
  readonly secondHalf?: SecondHalfInput | null | undefined;
  /** A size that it is sold in. */
  readonly size: ItemSize;
};

/** Where an order came from. */
export type OrderSource =
  /** The shop's counter. */
  | 'COUNTER'
  /** A call that staff took. */
  | 'PHONE'
  /** The customer's own screen. */
  | 'WEB';

/** Where an order stands. DELIVERED, PICKED_UP, CANCELLED and REJECTED are final. */
export type OrderStatus =
  /** Called off by the customer, by staff, or because nobody paid. */
  | 'CANCELLED'
  /** Payment authorized, or to be made in cash; waits for the kitchen. */
  | 'CONFIRMED'
  /** Handed over at the door. */
  | 'DELIVERED'
  /** With the driver. */
  | 'OUT_FOR_DELIVERY'
  /** Placed, with its stock reserved; the payment is not settled yet. */
  | 'PENDING'
  /** Handed over at the counter. */
  | 'PICKED_UP'
  /** In the kitchen. */
  | 'PREPARING'
  /** Waits for the driver or the customer. */
  | 'READY'
  /** Refused by the shop, or its card was declined. */
  | 'REJECTED';

/** How an order is paid. */
export type PaymentMethod =
  /** Authorized when placed, captured when the kitchen starts. */
  | 'CARD'
  /** When it is handed over. */
  | 'CASH';

/** Where a payment stands. */
export type PaymentStatus =
  /** Reserved on the card. */
  | 'AUTHORIZED'
  /** Taken. */
  | 'CAPTURED'
  /** Declined, or refused later on. */
  | 'FAILED'
  /** Some of it given back. */
  | 'PARTIALLY_REFUNDED'
  /** Cash to be collected, or the gateway's answer is not known yet. */
  | 'PENDING'
  /** All of it given back. */
  | 'REFUNDED'
  /** The customer has to do something at the bank, which `nextAction` tells, or try another card with processPayment. */
  | 'REQUIRES_ACTION'
  /** Released before it was taken. */
  | 'VOIDED';

/** An order to be placed. Prices, fee and tax are the server's. */
export type PlaceOrderInput = {
  /**
   * Of a guest, who orders without an account: UNAUTHENTICATED if it is missing. Whoever is signed in may leave it out; given, it stands for this order in the
   * place of what the profile says.
   */
  readonly contact?: ContactInput | null | undefined;
  /**
   * Coupons' codes, 5 at most, in any case. A code that doesn't apply refuses the order: COUPON_REFUSED says which condition isn't met, and what would meet it. One for which
   * another promotion is taken, which makes the order at least as cheap, doesn't.
   */
  readonly couponCodes?: ReadonlyArray<string>;
  /** Needed for DELIVERY, refused for PICKUP. */
  readonly deliveryAddress?: AddressInput | null | undefined;
  /** What the customer was shown. If it costs something else now, nothing is placed: PriceChangedError. Left out: whatever it costs. */
  readonly expectedTotal?: number | null | undefined;
  /** Delivery or pickup; needed without a quote, refused with one. */
  readonly fulfillment?: Fulfillment | null | undefined;
  /**
   * Any string of 1-255 characters, unique per intent: repeating it places nothing twice, and answers with the order as it stands, beside the first outcome. A
   * guest's is a random UUID, to be kept as secret as `guestToken`: whoever repeats it gets a new one. What was refused because of something that may pass is tried anew: INSUFFICIENT_STOCK, PRICE_CHANGED,
   * BELOW_MINIMUM, COUPON_REFUSED, LIMIT_REACHED, SERVICE_CLOSED, SERVICE_PAUSED, SLOT_UNAVAILABLE, OUTSIDE_DELIVERY_AREA.
   */
  readonly idempotencyKey: string;
  /** 1 to 50; refused with a quote. */
  readonly items?: ReadonlyArray<OrderItemInput> | null | undefined;
  /** Where; left out: the only location. */
  readonly locationId?: string | null | undefined;
  /** Cash or card. */
  readonly paymentMethod: PaymentMethod;
  /**
   * Needed for CARD, refused for CASH: what the payment gateway's client gave. The simulated gateway knows tok_ok, tok_declined,
   * tok_requires_action, tok_timeout.
   */
  readonly paymentToken?: string | null | undefined;
  /**
   * A quote that is held for the viewer, or that the client asked for as a visitor: in the place of items, fulfillment, deliveryAddress, scheduledFor,
   * couponCodes, tip and locationId. The order costs what the quote says, whatever has changed since. QUOTE_EXPIRED if it isn't held any more.
   */
  readonly quoteId?: string | null | undefined;
  /** When it is to be there: the start of a slot. Left out, or null: as soon as possible, while the service is open. */
  readonly scheduledFor?: string | null | undefined;
  /** WEB unless told. Only staff take orders by phone or at the counter. */
  readonly source?: OrderSource | null | undefined;
  /** For the whole order. */
  readonly specialInstructions?: string | null | undefined;
  /** At most what the order costs without it, a multiple of Location.amountStep. */
  readonly tip?: number;
};

/** Which part of a pizza something is on. */
export type Portion =
  /** The left half, as the pizza lies before whoever makes or eats it. */
  | 'FIRST'
  /** The right half. */
  | 'SECOND'
  /** Both halves. */
  | 'WHOLE';

/** How an amount comes about. */
export type PriceBasisCode =
  /** The option is one of the `count` that are free of the group `name`. */
  | 'AMONG_FREE'
  /** The average of what the first half costs, `amount`, and the second, `otherAmount`. */
  | 'AVERAGE_OF_HALVES'
  /** The option is beyond the `count` that are free of the group `name`. */
  | 'BEYOND_FREE'
  /** Of `count` portions the cheapest is free. */
  | 'CHEAPEST_FREE'
  /** Of the two halves, the dearer one counts. */
  | 'DEARER_HALF'
  /** More of the option. */
  | 'EXTRA'
  /** By the promotion `name`, instead of `amount`. */
  | 'INSTEAD_OF'
  /** Less of the option. */
  | 'LIGHT'
  /** The option is on the first half alone. */
  | 'ON_FIRST_HALF'
  /** The option is on the second half alone. */
  | 'ON_SECOND_HALF'
  /** So many `basisPoints` of `amount`. */
  | 'PERCENT_OF'
  /** `count` portions at `amount` each. */
  | 'TIMES'
  /** Together for `amount`. */
  | 'TOGETHER_FOR'
  /** Up to `amount`. */
  | 'UP_TO';

/** What a reason of a total is for. */
export type PriceLineKind =
  /** Bringing it; 0 if a promotion makes it free. */
  | 'DELIVERY_FEE'
  /** What a promotion takes off the food: a negative amount. */
  | 'DISCOUNT'
  /** What the second dish of a pizza changes, and the charge for two. */
  | 'HALVES'
  /** A dish; of a pizza of two dishes, the first one. */
  | 'ITEM'
  /** An option of a dish that costs something, or would if it weren't free. */
  | 'OPTION'
  /** The tax of one rate, if prices don't include it. */
  | 'TAX'
  /** From the customer. */
  | 'TIP';

/** Another try to pay by card. */
export type ProcessPaymentInput = {
  /** Any string of 1-255 characters, unique per intent: repeating it pays nothing twice, and answers with the order as it stands. */
  readonly idempotencyKey: string;
  /** The order. */
  readonly orderId: string;
  /** What the payment gateway's client gave. */
  readonly paymentToken: string;
};

/** Why a promotion takes nothing off an order. */
export type PromotionRefusalCode =
  /** All of the food costs less than `amount`: so much more as is `missing` would do. */
  | 'BELOW_MINIMUM'
  /** The delivery costs nothing anyway. */
  | 'DELIVERY_IS_FREE'
  /** It is for deliveries. */
  | 'DELIVERY_ONLY'
  /** It is over. */
  | 'ENDED'
  /** It is for a customer's first order. */
  | 'FIRST_ORDER_ONLY'
  /** It is for all that it `needs` together, where that costs more than `amount` otherwise. */
  | 'NEEDS_BUNDLE'
  /** There are too few portions of what it is for: so many more as it `needs` would do. */
  | 'NEEDS_MORE_PORTIONS'
  /** There is none of what it is for: what it `needs` would do. */
  | 'NEEDS_PORTIONS'
  /** What it is for costs nothing anyway. */
  | 'NOTHING_TO_TAKE_OFF'
  /** It begins at `startsAt`. */
  | 'NOT_YET'
  /** The food would have to be for one of the `hours`. */
  | 'OTHER_HOURS'
  /** Its conditions are met. The `promotion` that is taken instead makes the order at least as cheap. */
  | 'OUTDONE'
  /** It is for orders that are picked up. */
  | 'PICKUP_ONLY'
  /** No promotion of the location has the code. */
  | 'UNKNOWN_CODE'
  /** The customer has used it as often as one may: `uses` times. */
  | 'USED_BY_CUSTOMER'
  /** As many orders have used it as may. */
  | 'USED_UP';

/** An order that somebody thinks of. */
export type QuoteOrderInput = {
  /** Coupons' codes, 5 at most, in any case. */
  readonly couponCodes?: ReadonlyArray<string>;
  /** Of a delivery; may be left out as long as it isn't known. */
  readonly deliveryAddress?: AddressInput | null | undefined;
  /** Delivery or pickup. */
  readonly fulfillment: Fulfillment;
  /** 1 to 50. */
  readonly items: ReadonlyArray<OrderItemInput>;
  /** Where; left out: the only location. */
  readonly locationId?: string | null | undefined;
  /** When it is for; null: as soon as possible. */
  readonly scheduledFor?: string | null | undefined;
  /** At most what the order costs without it, a multiple of Location.amountStep. */
  readonly tip?: number;
};

/** Why something can't be ordered as it is, more exactly than by the code of a refusal. */
export type QuoteProblemReason =
  /** The food of a delivery costs less than `amount`. */
  | 'BELOW_MINIMUM'
  /** A code doesn't apply: `coupons` tell why. */
  | 'COUPON_REFUSED'
  /** The two dishes `names` can't share a pizza. */
  | 'DISHES_CANT_SHARE'
  /** The halves of the dish `names` can't differ in this size. */
  | 'HALVES_CANT_DIFFER'
  /** The dish `names` isn't sold in this size. */
  | 'NOT_IN_SIZE'
  /** The dish isn't on the menu. */
  | 'NOT_ON_MENU'
  /** An amount can't be paid in the currency. */
  | 'NOT_PAYABLE'
  /** The option `names` isn't offered in this amount. */
  | 'OPTION_NOT_IN_AMOUNT'
  /** The option `names` isn't offered in this size. */
  | 'OPTION_NOT_IN_SIZE'
  /** An option isn't offered with the dish `names`. */
  | 'OPTION_NOT_OFFERED'
  /** The option or group `names` can't be chosen for this half. */
  | 'OPTION_NOT_ON_HALF'
  /** The option `names` is chosen more than once. */
  | 'OPTION_TWICE'
  /** Nothing is delivered to this postal code. */
  | 'OUTSIDE_DELIVERY_AREA'
  /** It is closed then, or the last orders were taken. */
  | 'SERVICE_CLOSED'
  /** It is paused for a while. */
  | 'SERVICE_PAUSED'
  /** No slot begins at the time asked for, or nothing is left in it. */
  | 'SLOT_UNAVAILABLE'
  /** Not enough is left of the item. */
  | 'SOLD_OUT'
  /** The tip is more than the order costs without it. */
  | 'TIP_TOO_LARGE'
  /** Of the group `names`, `count` options are chosen at least. */
  | 'TOO_FEW_OPTIONS'
  /** Of the group `names`, `count` options are chosen at most. */
  | 'TOO_MANY_OPTIONS'
  /** The order costs more than can be paid at once: `amount`. */
  | 'TOTAL_TOO_LARGE';

/** What a promotion gives. */
export type RewardKind =
  /** An amount, at most as much as what it is for costs. */
  | 'FIXED'
  /** Some dishes together for a price, as often as that is cheaper. Options and split charges are paid as otherwise. */
  | 'FIXED_PRICE_BUNDLE'
  /** The cheapest of each so many portions, as they are configured. */
  | 'FREE_CHEAPEST'
  /** The delivery. */
  | 'FREE_DELIVERY'
  /** So much of the price of what it is for. */
  | 'PERCENT';

/** An item on the second half: the right one. */
export type SecondHalfInput = {
  /** An item whose halves may differ in this size, and which has the options that were chosen for the whole. */
  readonly menuItemId: string;
  /** What is wanted on this half otherwise than as the item comes; up to 100. */
  readonly options?: ReadonlyArray<OptionSelectionInput>;
};

/** Which order to share. */
export type ShareOrderInput = {
  /** One's own, or for staff one of their locations'. */
  readonly orderId: string;
};

/** How an account signs in. */
export type SignInInput = {
  /**
   * As an earlier answer gave it; browsers have it as a cookie. On a device that the account knows, others who try its password, from
   * wherever, keep nobody out.
   */
  readonly deviceToken?: string | null | undefined;
  /** As given at sign-up, in any case. */
  readonly email: string;
  /** As given at sign-up. */
  readonly password: string;
};

/** A new customer's account. */
export type SignUpInput = {
  /**
   * 320 characters at most. Each address has one account, however it is spelled: in whatever case, and its domain in Punycode or not.
   * Letters of scripts that look alike (а and a) can't be mixed.
   */
  readonly email: string;
  /** 1 to 200 characters, on one line. */
  readonly name: string;
  /**
   * 10 to 1,000 characters. None of the passwords that are tried first: the most common ones, with or without digits and signs
   * around them, repetitions, sequences, one's own name or e-mail address.
   */
  readonly password: string;
  /** For questions about an order: 40 characters at most. */
  readonly phone?: string | null | undefined;
};

/** What an account says of its owner. What is left out stays. */
export type UpdateProfileInput = {
  /** Replaces all addresses: 20 at most, none if it is empty. */
  readonly addresses?: ReadonlyArray<AddressInput> | null | undefined;
  /** 1 to 200 characters, on one line. */
  readonly name?: string | null | undefined;
  /** 40 characters at most; null for none. */
  readonly phone?: string | null | undefined;
};

/** Why a command was refused. Clients decide by it. */
export type UserErrorCode =
  /** There is one of this name already. */
  | 'ALREADY_EXISTS'
  /** The input makes no sense, or not now. */
  | 'BAD_USER_INPUT'
  /** The food of a delivery costs less than the location's minimum. */
  | 'BELOW_MINIMUM'
  /** A coupon's code doesn't apply to the order; the message says which condition isn't met, and what would meet it. */
  | 'COUPON_REFUSED'
  /** This idempotency key names another request, or one that is still running. */
  | 'IDEMPOTENCY_CONFLICT'
  /** Not enough is left for what was ordered. */
  | 'INSUFFICIENT_STOCK'
  /** The order can't make this move from where it stands. */
  | 'INVALID_TRANSITION'
  /** The customer has as much open as one may have. Try again when something of it is finished. */
  | 'LIMIT_REACHED'
  /** There is none, or none that the viewer may see. */
  | 'NOT_FOUND'
  /** Nothing is delivered to this postal code. */
  | 'OUTSIDE_DELIVERY_AREA'
  /** The card was declined. */
  | 'PAYMENT_DECLINED'
  /** A payment of this order is being processed. Try again in a moment. */
  | 'PAYMENT_IN_PROGRESS'
  /**
   * Nobody can pay by card at the moment, by no fault of the card's. The payment is tried again for a minute, and the order is
   * then rejected, unless it was confirmed. Try again later.
   */
  | 'PAYMENT_UNAVAILABLE'
  /** The order costs something else than expected. */
  | 'PRICE_CHANGED'
  /** The quote isn't held any more: it has expired, was ordered, or another one took its place. Or there never was one that the viewer may order. */
  | 'QUOTE_EXPIRED'
  /** Too many tries. Come again later. */
  | 'RATE_LIMITED'
  /** It is closed, or the last orders were taken. */
  | 'SERVICE_CLOSED'
  /** It is paused for a while. */
  | 'SERVICE_PAUSED'
  /** No slot begins at the time asked for, or nothing is left in it. */
  | 'SLOT_UNAVAILABLE'
  /** E-mail or password is wrong, or an order tells neither an account nor a contact. */
  | 'UNAUTHENTICATED'
  /** There are orders that aren't finished. */
  | 'UNFINISHED_ORDERS'
  /** It has changed since the version named. */
  | 'VERSION_CONFLICT';

/** A day of the week. */
export type Weekday =
  /** The fifth day. */
  | 'FRIDAY'
  /** The first day. */
  | 'MONDAY'
  /** The sixth day. */
  | 'SATURDAY'
  /** The seventh day. */
  | 'SUNDAY'
  /** The fourth day. */
  | 'THURSDAY'
  /** The second day. */
  | 'TUESDAY'
  /** The third day. */
  | 'WEDNESDAY';

type Refusal_BelowMinimumError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_IdempotencyConflictError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_InsufficientStockError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_InvalidInputError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_InvalidTransitionError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_NotFoundError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_OutsideDeliveryAreaError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_PaymentDeclinedError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_PriceChangedError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_RefusedError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_SlotUnavailableError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_UnfinishedOrdersError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

type Refusal_VersionConflictError_Fragment = { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null };

export type RefusalFragment =
  | Refusal_BelowMinimumError_Fragment
  | Refusal_IdempotencyConflictError_Fragment
  | Refusal_InsufficientStockError_Fragment
  | Refusal_InvalidInputError_Fragment
  | Refusal_InvalidTransitionError_Fragment
  | Refusal_NotFoundError_Fragment
  | Refusal_OutsideDeliveryAreaError_Fragment
  | Refusal_PaymentDeclinedError_Fragment
  | Refusal_PriceChangedError_Fragment
  | Refusal_RefusedError_Fragment
  | Refusal_SlotUnavailableError_Fragment
  | Refusal_UnfinishedOrdersError_Fragment
  | Refusal_VersionConflictError_Fragment
;

export type SessionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SessionsQuery = { readonly viewer: { readonly id: string, readonly sessions: ReadonlyArray<{ readonly id: string, readonly createdAt: string, readonly address: string | null, readonly client: string | null, readonly isCurrent: boolean }> } | null };

export type UpdateProfileMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type UpdateProfileMutation = { readonly updateProfile: { readonly viewer: { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type ChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type ChangePasswordMutation = { readonly changePassword: { readonly viewer: { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type SignOutEverywhereMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutEverywhereMutation = { readonly signOutEverywhere: { readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type DeleteAccountMutationVariables = Exact<{
  input: DeleteAccountInput;
}>;


export type DeleteAccountMutation = { readonly deleteAccount: { readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly orderIds: ReadonlyArray<string>, readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type PreviewOrderQueryVariables = Exact<{
  input: QuoteOrderInput;
}>;


export type PreviewOrderQuery = { readonly previewOrder: { readonly allergens: ReadonlyArray<ReadonlyArray<Allergen>>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly priceLines: ReadonlyArray<{ readonly kind: PriceLineKind, readonly label: string, readonly amount: number, readonly item: number | null, readonly bases: ReadonlyArray<{ readonly code: PriceBasisCode, readonly count: number, readonly amount: number, readonly otherAmount: number, readonly basisPoints: number, readonly name: string }> }>, readonly coupons: ReadonlyArray<{ readonly code: string, readonly applied: boolean, readonly amount: number, readonly reason: { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> } | null }>, readonly withinReach: ReadonlyArray<{ readonly id: string, readonly name: string, readonly reward: { readonly kind: RewardKind, readonly basisPoints: number, readonly amount: number, readonly portions: number, readonly slots: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> }, readonly lacks: { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> } }>, readonly promise: { readonly likely: string, readonly latest: string } | null, readonly problems: ReadonlyArray<{ readonly code: UserErrorCode, readonly reason: QuoteProblemReason, readonly names: ReadonlyArray<string>, readonly count: number, readonly amount: number, readonly item: number | null }> } };

export type TotalsFragment = { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean };

export type PriceLineFragment = { readonly kind: PriceLineKind, readonly label: string, readonly amount: number, readonly item: number | null, readonly bases: ReadonlyArray<{ readonly code: PriceBasisCode, readonly count: number, readonly amount: number, readonly otherAmount: number, readonly basisPoints: number, readonly name: string }> };

export type BasisFragment = { readonly code: PriceBasisCode, readonly count: number, readonly amount: number, readonly otherAmount: number, readonly basisPoints: number, readonly name: string };

export type CouponFragment = { readonly code: string, readonly applied: boolean, readonly amount: number, readonly reason: { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> } | null };

export type PromotionRefusalFragment = { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> };

export type WithinReachFragment = { readonly id: string, readonly name: string, readonly reward: { readonly kind: RewardKind, readonly basisPoints: number, readonly amount: number, readonly portions: number, readonly slots: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> }, readonly lacks: { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> } };

export type ProblemFragment = { readonly code: UserErrorCode, readonly reason: QuoteProblemReason, readonly names: ReadonlyArray<string>, readonly count: number, readonly amount: number, readonly item: number | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder: { readonly guestToken: string | null, readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly placedAt: string, readonly scheduledFor: string | null, readonly payment: { readonly status: PaymentStatus, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } } | null, readonly userErrors: ReadonlyArray<
      | { readonly __typename: 'BelowMinimumError', readonly minimum: number, readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'IdempotencyConflictError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'InsufficientStockError', readonly menuItemIds: ReadonlyArray<string>, readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'InvalidInputError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'InvalidTransitionError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'NotFoundError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'OutsideDeliveryAreaError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'PaymentDeclinedError', readonly declineCode: string, readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'PriceChangedError', readonly total: number, readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'RefusedError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'SlotUnavailableError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null, readonly nextSlot: { readonly start: string } | null }
      | { readonly __typename: 'UnfinishedOrdersError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly __typename: 'VersionConflictError', readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type QuoteOrderMutationVariables = Exact<{
  input: QuoteOrderInput;
}>;


export type QuoteOrderMutation = { readonly quoteOrder: { readonly quote: { readonly id: string, readonly expiresAt: string, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly priceLines: ReadonlyArray<{ readonly kind: PriceLineKind, readonly label: string, readonly amount: number, readonly item: number | null, readonly bases: ReadonlyArray<{ readonly code: PriceBasisCode, readonly count: number, readonly amount: number, readonly otherAmount: number, readonly basisPoints: number, readonly name: string }> }>, readonly coupons: ReadonlyArray<{ readonly code: string, readonly applied: boolean, readonly amount: number, readonly reason: { readonly code: PromotionRefusalCode, readonly startsAt: string | null, readonly uses: number, readonly amount: number, readonly missing: number, readonly promotion: string, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }>, readonly needs: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> } | null }>, readonly promise: { readonly likely: string, readonly latest: string } | null, readonly problems: ReadonlyArray<{ readonly code: UserErrorCode, readonly reason: QuoteProblemReason, readonly names: ReadonlyArray<string>, readonly count: number, readonly amount: number, readonly item: number | null }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type ServicesQueryVariables = Exact<{
  locationId: string;
}>;


export type ServicesQuery = { readonly location: { readonly id: string, readonly services: ReadonlyArray<{ readonly fulfillment: Fulfillment, readonly isOpen: boolean, readonly opensAt: string | null, readonly pausedUntil: string | null, readonly pauseReason: string | null, readonly maxDaysAhead: number }> } | null };

export type SlotsQueryVariables = Exact<{
  locationId: string;
  from: string;
}>;


export type SlotsQuery = { readonly location: { readonly id: string, readonly services: ReadonlyArray<{ readonly fulfillment: Fulfillment, readonly slots: ReadonlyArray<{ readonly start: string, readonly end: string, readonly isFree: boolean }> }> } | null };

export type DeliveryOfferQueryVariables = Exact<{
  locationId: string;
  postalCode: string;
}>;


export type DeliveryOfferQuery = { readonly deliveryOffer: { readonly refusal: string | null, readonly zone: { readonly id: string, readonly name: string, readonly minimumOrder: number, readonly minutes: number } | null } };

export type ChoicesFragment = { readonly id: string, readonly halves: { readonly toppingPercent: number, readonly sizes: ReadonlyArray<ItemSize> } | null, readonly optionGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly min: number, readonly max: number | null, readonly freeUpTo: number, readonly halves: boolean, readonly light: { readonly priceBasisPoints: number } | null, readonly extra: { readonly priceBasisPoints: number } | null, readonly options: ReadonlyArray<{ readonly id: string, readonly name: string, readonly isDefault: boolean, readonly prices: ReadonlyArray<{ readonly size: ItemSize, readonly price: number, readonly isAvailable: boolean }> }> }> };

export type DishChoicesQueryVariables = Exact<{
  id: string;
  locationId: string;
}>;


export type DishChoicesQuery = { readonly menuItem: { readonly id: string, readonly halves: { readonly toppingPercent: number, readonly sizes: ReadonlyArray<ItemSize> } | null, readonly optionGroups: ReadonlyArray<{ readonly id: string, readonly name: string, readonly min: number, readonly max: number | null, readonly freeUpTo: number, readonly halves: boolean, readonly light: { readonly priceBasisPoints: number } | null, readonly extra: { readonly priceBasisPoints: number } | null, readonly options: ReadonlyArray<{ readonly id: string, readonly name: string, readonly isDefault: boolean, readonly prices: ReadonlyArray<{ readonly size: ItemSize, readonly price: number, readonly isAvailable: boolean }> }> }> } | null };

export type HalfMatesQueryVariables = Exact<{
  locationId: string;
}>;


export type HalfMatesQuery = { readonly menu: ReadonlyArray<{ readonly id: string, readonly halves: { readonly sizes: ReadonlyArray<ItemSize> } | null, readonly optionGroups: ReadonlyArray<{ readonly id: string, readonly min: number, readonly halves: boolean }> }> };

export type MenuChangedSubscriptionVariables = Exact<{
  locationId: string;
  after?: string | null | undefined;
}>;


export type MenuChangedSubscription = { readonly menuChanged:
    | { readonly __typename: 'MenuItemChanged', readonly cursor: string, readonly menuItemId: string, readonly item: { readonly id: string, readonly version: number, readonly name: string, readonly description: string, readonly category: string, readonly isPizza: boolean, readonly allergens: ReadonlyArray<Allergen>, readonly canBeWithout: ReadonlyArray<Allergen>, readonly diet: Diet | null, readonly isAvailable: boolean, readonly image: { readonly sizes: ReadonlyArray<{ readonly url: string, readonly width: number, readonly height: number }> } | null, readonly prices: ReadonlyArray<{ readonly size: ItemSize, readonly price: number, readonly isAvailable: boolean }>, readonly optionGroups: ReadonlyArray<{ readonly id: string }> } | null }
    | { readonly __typename: 'ResyncRequired', readonly cursor: string, readonly reason: string }
   };

export type MenuQueryVariables = Exact<{
  locationId: string;
}>;


export type MenuQuery = { readonly currentMenu: { readonly asOf: string, readonly items: ReadonlyArray<{ readonly id: string, readonly version: number, readonly name: string, readonly description: string, readonly category: string, readonly isPizza: boolean, readonly allergens: ReadonlyArray<Allergen>, readonly canBeWithout: ReadonlyArray<Allergen>, readonly diet: Diet | null, readonly isAvailable: boolean, readonly image: { readonly sizes: ReadonlyArray<{ readonly url: string, readonly width: number, readonly height: number }> } | null, readonly prices: ReadonlyArray<{ readonly size: ItemSize, readonly price: number, readonly isAvailable: boolean }>, readonly optionGroups: ReadonlyArray<{ readonly id: string }> }> }, readonly deals: ReadonlyArray<{ readonly id: string, readonly name: string, readonly code: string | null, readonly reward: { readonly kind: RewardKind, readonly basisPoints: number, readonly amount: number, readonly portions: number, readonly slots: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> }, readonly conditions: { readonly endsAt: string | null, readonly minimum: number, readonly fulfillments: ReadonlyArray<Fulfillment>, readonly firstOrder: boolean, readonly scope: { readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize> }, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }> } }> };

export type DishFragment = { readonly id: string, readonly version: number, readonly name: string, readonly description: string, readonly category: string, readonly isPizza: boolean, readonly allergens: ReadonlyArray<Allergen>, readonly canBeWithout: ReadonlyArray<Allergen>, readonly diet: Diet | null, readonly isAvailable: boolean, readonly image: { readonly sizes: ReadonlyArray<{ readonly url: string, readonly width: number, readonly height: number }> } | null, readonly prices: ReadonlyArray<{ readonly size: ItemSize, readonly price: number, readonly isAvailable: boolean }>, readonly optionGroups: ReadonlyArray<{ readonly id: string }> };

export type DealFragment = { readonly id: string, readonly name: string, readonly code: string | null, readonly reward: { readonly kind: RewardKind, readonly basisPoints: number, readonly amount: number, readonly portions: number, readonly slots: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> }, readonly conditions: { readonly endsAt: string | null, readonly minimum: number, readonly fulfillments: ReadonlyArray<Fulfillment>, readonly firstOrder: boolean, readonly scope: { readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize> }, readonly hours: ReadonlyArray<{ readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string }> } };

export type RewardFragment = { readonly kind: RewardKind, readonly basisPoints: number, readonly amount: number, readonly portions: number, readonly slots: ReadonlyArray<{ readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number }> };

export type SlotFragment = { readonly menuItemIds: ReadonlyArray<string>, readonly sizes: ReadonlyArray<ItemSize>, readonly portions: number };

export type HoursFragment = { readonly weekdays: ReadonlyArray<Weekday>, readonly from: string, readonly until: string };

export type OrdersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OrdersQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly number: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly placedAt: string, readonly currency: string, readonly itemsCount: number, readonly totals: { readonly total: number }, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly timeZone: string, readonly currencyDecimals: number }, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type TakenFragment = { readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null };

export type PlacesQueryVariables = Exact<{ [key: string]: never; }>;


export type PlacesQuery = { readonly locations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currency: string, readonly currencyDecimals: number, readonly amountStep: number, readonly minimumOrder: number, readonly address: { readonly street: string, readonly city: string, readonly postalCode: string } }> };

export type PlaceFragment = { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currency: string, readonly currencyDecimals: number, readonly amountStep: number, readonly minimumOrder: number, readonly address: { readonly street: string, readonly city: string, readonly postalCode: string } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> } | null };

export type SignedInFragment = { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn: { readonly viewer: { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type SignUpMutationVariables = Exact<{
  input: SignUpInput;
}>;


export type SignUpMutation = { readonly signUp: { readonly viewer: { readonly id: string, readonly name: string, readonly email: string, readonly phone: string | null, readonly addresses: ReadonlyArray<{ readonly street: string, readonly city: string, readonly postalCode: string, readonly notes: string | null }> } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly signOut: { readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type TrackedOrderFragment = { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } };

export type OrderQueryVariables = Exact<{
  id: string;
}>;


export type OrderQuery = { readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } } | null };

export type OrderStatusChangedSubscriptionVariables = Exact<{
  orderId: string;
  after?: string | null | undefined;
}>;


export type OrderStatusChangedSubscription = { readonly orderStatusChanged:
    | { readonly __typename: 'OrderChanged', readonly cursor: string, readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } } }
    | { readonly __typename: 'ResyncRequired', readonly cursor: string, readonly reason: string }
   };

export type CancelOrderMutationVariables = Exact<{
  input: OrderActionInput;
}>;


export type CancelOrderMutation = { readonly cancelOrder: { readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type AmendedFragment = { readonly priceChange: number | null, readonly droppedPromotions: ReadonlyArray<string> | null, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean } | null, readonly promise: { readonly likely: string, readonly latest: string } | null };

export type AmendOrderMutationVariables = Exact<{
  input: AmendOrderInput;
}>;


export type AmendOrderMutation = { readonly amendOrder: { readonly priceChange: number | null, readonly droppedPromotions: ReadonlyArray<string> | null, readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    >, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean } | null, readonly promise: { readonly likely: string, readonly latest: string } | null } };

export type ProcessPaymentMutationVariables = Exact<{
  input: ProcessPaymentInput;
}>;


export type ProcessPaymentMutation = { readonly processPayment: { readonly order: { readonly id: string, readonly number: number, readonly version: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly currency: string, readonly allowedTransitions: ReadonlyArray<OrderStatus>, readonly placedAt: string, readonly scheduledFor: string | null, readonly estimatedReadyAt: string | null, readonly location: { readonly id: string, readonly name: string, readonly slug: string, readonly phone: string | null, readonly timeZone: string, readonly currencyDecimals: number }, readonly deliveryAddress: { readonly street: string, readonly city: string, readonly postalCode: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly unitPrice: number, readonly total: number, readonly instructions: string | null, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly optionId: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }>, readonly totals: { readonly subtotal: number, readonly discount: number, readonly deliveryFee: number, readonly tax: number, readonly tip: number, readonly total: number, readonly taxIncluded: boolean }, readonly payment: { readonly method: PaymentMethod, readonly status: PaymentStatus, readonly amount: number, readonly refunded: number, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null }, readonly timeline: ReadonlyArray<{ readonly version: number, readonly type: OrderEventType, readonly reason: string | null, readonly at: string, readonly actor: { readonly role: ActorRole } }>, readonly pendingAmendment: { readonly priceChange: number, readonly isProcessing: boolean, readonly nextAction: { readonly url: string | null, readonly clientSecret: string | null } | null } | null, readonly promise: { readonly likely: string, readonly latest: string } } | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export type ShareOrderMutationVariables = Exact<{
  input: ShareOrderInput;
}>;


export type ShareOrderMutation = { readonly shareOrder: { readonly trackingToken: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
      | { readonly code: UserErrorCode, readonly path: ReadonlyArray<string> | null }
    > } };

export const RefusalFragmentDoc = gql`
    fragment Refusal on UserError {
  code
  path
}
    ` as unknown as DocumentNode<RefusalFragment, unknown>;
export const BasisFragmentDoc = gql`
    fragment Basis on PriceBasis {
  code
  count
  amount
  otherAmount
  basisPoints
  name
}
    ` as unknown as DocumentNode<BasisFragment, unknown>;
export const PriceLineFragmentDoc = gql`
    fragment PriceLine on PriceLine {
  kind
  label
  amount
  item
  bases {
    ...Basis
  }
}
    ` as unknown as DocumentNode<PriceLineFragment, unknown>;
export const HoursFragmentDoc = gql`
    fragment Hours on PromotionHours {
  weekdays
  from
  until
}
    ` as unknown as DocumentNode<HoursFragment, unknown>;
export const SlotFragmentDoc = gql`
    fragment Slot on BundleSlot {
  menuItemIds
  sizes
  portions
}
    ` as unknown as DocumentNode<SlotFragment, unknown>;
export const PromotionRefusalFragmentDoc = gql`
    fragment PromotionRefusal on PromotionRefusal {
  code
  startsAt
  uses
  hours {
    ...Hours
  }
  needs {
    ...Slot
  }
  amount
  missing
  promotion
}
    ` as unknown as DocumentNode<PromotionRefusalFragment, unknown>;
export const CouponFragmentDoc = gql`
    fragment Coupon on CouponResult {
  code
  applied
  amount
  reason {
    ...PromotionRefusal
  }
}
    ` as unknown as DocumentNode<CouponFragment, unknown>;
export const RewardFragmentDoc = gql`
    fragment Reward on PromotionReward {
  kind
  basisPoints
  amount
  portions
  slots {
    ...Slot
  }
}
    ` as unknown as DocumentNode<RewardFragment, unknown>;
export const WithinReachFragmentDoc = gql`
    fragment WithinReach on DealWithinReach {
  id
  name
  reward {
    ...Reward
  }
  lacks {
    ...PromotionRefusal
  }
}
    ` as unknown as DocumentNode<WithinReachFragment, unknown>;
export const ProblemFragmentDoc = gql`
    fragment Problem on QuoteProblem {
  code
  reason
  names
  count
  amount
  item
}
    ` as unknown as DocumentNode<ProblemFragment, unknown>;
export const ChoicesFragmentDoc = gql`
    fragment Choices on MenuItem {
  id
  halves {
    toppingPercent
    sizes
  }
  optionGroups {
    id
    name
    min
    max
    freeUpTo
    halves
    light {
      priceBasisPoints
    }
    extra {
      priceBasisPoints
    }
    options {
      id
      name
      isDefault
      prices {
        size
        price
        isAvailable
      }
    }
  }
}
    ` as unknown as DocumentNode<ChoicesFragment, unknown>;
export const DishFragmentDoc = gql`
    fragment Dish on MenuItem {
  id
  version
  name
  description
  category
  isPizza
  allergens
  canBeWithout
  diet
  image {
    sizes {
      url
      width
      height
    }
  }
  isAvailable
  prices {
    size
    price
    isAvailable
  }
  optionGroups {
    id
  }
}
    ` as unknown as DocumentNode<DishFragment, unknown>;
export const DealFragmentDoc = gql`
    fragment Deal on Deal {
  id
  name
  code
  reward {
    ...Reward
  }
  conditions {
    endsAt
    scope {
      menuItemIds
      sizes
    }
    minimum
    fulfillments
    hours {
      ...Hours
    }
    firstOrder
  }
}
    ` as unknown as DocumentNode<DealFragment, unknown>;
export const PlaceFragmentDoc = gql`
    fragment Place on Location {
  id
  name
  slug
  phone
  address {
    street
    city
    postalCode
  }
  timeZone
  currency
  currencyDecimals
  amountStep
  minimumOrder
}
    ` as unknown as DocumentNode<PlaceFragment, unknown>;
export const SignedInFragmentDoc = gql`
    fragment SignedIn on Viewer {
  id
  name
  email
  phone
  addresses {
    street
    city
    postalCode
    notes
  }
}
    ` as unknown as DocumentNode<SignedInFragment, unknown>;
export const TakenFragmentDoc = gql`
    fragment Taken on OrderItem {
  options {
    optionId
    name
    portion
    amount
    isDefault
  }
  secondHalf {
    menuItemId
    name
    options {
      optionId
      name
      portion
      amount
      isDefault
    }
  }
}
    ` as unknown as DocumentNode<TakenFragment, unknown>;
export const TotalsFragmentDoc = gql`
    fragment Totals on OrderTotals {
  subtotal
  discount
  deliveryFee
  tax
  tip
  total
  taxIncluded
}
    ` as unknown as DocumentNode<TotalsFragment, unknown>;
export const TrackedOrderFragmentDoc = gql`
    fragment TrackedOrder on Order {
  id
  number
  version
  status
  fulfillment
  location {
    id
    name
    slug
    phone
    timeZone
    currencyDecimals
  }
  deliveryAddress {
    street
    city
    postalCode
  }
  items {
    id
    menuItemId
    name
    size
    quantity
    unitPrice
    total
    instructions
    ...Taken
  }
  currency
  totals {
    ...Totals
  }
  payment {
    method
    status
    amount
    refunded
    nextAction {
      url
      clientSecret
    }
  }
  timeline {
    version
    type
    actor {
      role
    }
    reason
    at
  }
  allowedTransitions
  pendingAmendment {
    priceChange
    isProcessing
    nextAction {
      url
      clientSecret
    }
  }
  placedAt
  scheduledFor
  promise {
    likely
    latest
  }
  estimatedReadyAt
}
    ` as unknown as DocumentNode<TrackedOrderFragment, unknown>;
export const AmendedFragmentDoc = gql`
    fragment Amended on AmendOrderPayload {
  priceChange
  totals {
    ...Totals
  }
  promise {
    likely
    latest
  }
  droppedPromotions
}
    ` as unknown as DocumentNode<AmendedFragment, unknown>;
export const SessionsDocument = gql`
    query Sessions {
  viewer {
    id
    sessions {
      id
      createdAt
      address
      client
      isCurrent
    }
  }
}
    ` as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const UpdateProfileDocument = gql`
    mutation UpdateProfile($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    viewer {
      ...SignedIn
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${SignedInFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<UpdateProfileMutation, UpdateProfileMutationVariables>;
export const ChangePasswordDocument = gql`
    mutation ChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    viewer {
      ...SignedIn
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${SignedInFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const SignOutEverywhereDocument = gql`
    mutation SignOutEverywhere {
  signOutEverywhere {
    userErrors {
      ...Refusal
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<SignOutEverywhereMutation, SignOutEverywhereMutationVariables>;
export const DeleteAccountDocument = gql`
    mutation DeleteAccount($input: DeleteAccountInput!) {
  deleteAccount(input: $input) {
    userErrors {
      ...Refusal
      ... on UnfinishedOrdersError {
        orderIds
      }
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const PreviewOrderDocument = gql`
    query PreviewOrder($input: QuoteOrderInput!) {
  previewOrder(input: $input) {
    totals {
      ...Totals
    }
    priceLines {
      ...PriceLine
    }
    coupons {
      ...Coupon
    }
    withinReach {
      ...WithinReach
    }
    allergens
    promise {
      likely
      latest
    }
    problems {
      ...Problem
    }
  }
}
    ${TotalsFragmentDoc}
${PriceLineFragmentDoc}
${BasisFragmentDoc}
${CouponFragmentDoc}
${PromotionRefusalFragmentDoc}
${HoursFragmentDoc}
${SlotFragmentDoc}
${WithinReachFragmentDoc}
${RewardFragmentDoc}
${ProblemFragmentDoc}` as unknown as DocumentNode<PreviewOrderQuery, PreviewOrderQueryVariables>;
export const PlaceOrderDocument = gql`
    mutation PlaceOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order {
      id
      number
      version
      status
      placedAt
      scheduledFor
      payment {
        status
        nextAction {
          url
          clientSecret
        }
      }
    }
    guestToken
    userErrors {
      __typename
      ...Refusal
      ... on InsufficientStockError {
        menuItemIds
      }
      ... on PriceChangedError {
        total
      }
      ... on SlotUnavailableError {
        nextSlot {
          start
        }
      }
      ... on BelowMinimumError {
        minimum
      }
      ... on PaymentDeclinedError {
        declineCode
      }
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<PlaceOrderMutation, PlaceOrderMutationVariables>;
export const QuoteOrderDocument = gql`
    mutation QuoteOrder($input: QuoteOrderInput!) {
  quoteOrder(input: $input) {
    quote {
      id
      expiresAt
      totals {
        ...Totals
      }
      priceLines {
        ...PriceLine
      }
      coupons {
        ...Coupon
      }
      promise {
        likely
        latest
      }
      problems {
        ...Problem
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${TotalsFragmentDoc}
${PriceLineFragmentDoc}
${BasisFragmentDoc}
${CouponFragmentDoc}
${PromotionRefusalFragmentDoc}
${HoursFragmentDoc}
${SlotFragmentDoc}
${ProblemFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<QuoteOrderMutation, QuoteOrderMutationVariables>;
export const ServicesDocument = gql`
    query Services($locationId: ID!) {
  location(id: $locationId) {
    id
    services {
      fulfillment
      isOpen
      opensAt
      pausedUntil
      pauseReason
      maxDaysAhead
    }
  }
}
    ` as unknown as DocumentNode<ServicesQuery, ServicesQueryVariables>;
export const SlotsDocument = gql`
    query Slots($locationId: ID!, $from: DateTime!) {
  location(id: $locationId) {
    id
    services {
      fulfillment
      slots(from: $from, first: 100) {
        start
        end
        isFree
      }
    }
  }
}
    ` as unknown as DocumentNode<SlotsQuery, SlotsQueryVariables>;
export const DeliveryOfferDocument = gql`
    query DeliveryOffer($locationId: ID!, $postalCode: String!) {
  deliveryOffer(locationId: $locationId, postalCode: $postalCode) {
    zone {
      id
      name
      minimumOrder
      minutes
    }
    refusal
  }
}
    ` as unknown as DocumentNode<DeliveryOfferQuery, DeliveryOfferQueryVariables>;
export const DishChoicesDocument = gql`
    query DishChoices($id: ID!, $locationId: ID!) {
  menuItem(id: $id, locationId: $locationId) {
    ...Choices
  }
}
    ${ChoicesFragmentDoc}` as unknown as DocumentNode<DishChoicesQuery, DishChoicesQueryVariables>;
export const HalfMatesDocument = gql`
    query HalfMates($locationId: ID!) {
  menu(locationId: $locationId) {
    id
    halves {
      sizes
    }
    optionGroups {
      id
      min
      halves
    }
  }
}
    ` as unknown as DocumentNode<HalfMatesQuery, HalfMatesQueryVariables>;
export const MenuChangedDocument = gql`
    subscription MenuChanged($locationId: ID!, $after: Cursor) {
  menuChanged(locationId: $locationId, after: $after, mode: LATEST) {
    __typename
    ... on MenuItemChanged {
      cursor
      menuItemId
      item {
        ...Dish
      }
    }
    ... on ResyncRequired {
      cursor
      reason
    }
  }
}
    ${DishFragmentDoc}` as unknown as DocumentNode<MenuChangedSubscription, MenuChangedSubscriptionVariables>;
export const MenuDocument = gql`
    query Menu($locationId: ID!) {
  currentMenu(locationId: $locationId) {
    asOf
    items(includeUnavailable: true) {
      ...Dish
    }
  }
  deals(locationId: $locationId) {
    ...Deal
  }
}
    ${DishFragmentDoc}
${DealFragmentDoc}
${RewardFragmentDoc}
${SlotFragmentDoc}
${HoursFragmentDoc}` as unknown as DocumentNode<MenuQuery, MenuQueryVariables>;
export const OrdersDocument = gql`
    query Orders($after: String) {
  orders(first: 10, after: $after) {
    nodes {
      id
      number
      status
      fulfillment
      placedAt
      currency
      itemsCount
      totals {
        total
      }
      location {
        id
        name
        slug
        timeZone
        currencyDecimals
      }
      items {
        id
        menuItemId
        name
        size
        quantity
        unitPrice
        instructions
        ...Taken
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${TakenFragmentDoc}` as unknown as DocumentNode<OrdersQuery, OrdersQueryVariables>;
export const PlacesDocument = gql`
    query Places {
  locations {
    ...Place
  }
}
    ${PlaceFragmentDoc}` as unknown as DocumentNode<PlacesQuery, PlacesQueryVariables>;
export const ViewerDocument = gql`
    query Viewer {
  viewer {
    ...SignedIn
  }
}
    ${SignedInFragmentDoc}` as unknown as DocumentNode<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = gql`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    viewer {
      ...SignedIn
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${SignedInFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignUpDocument = gql`
    mutation SignUp($input: SignUpInput!) {
  signUp(input: $input) {
    viewer {
      ...SignedIn
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${SignedInFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<SignUpMutation, SignUpMutationVariables>;
export const SignOutDocument = gql`
    mutation SignOut {
  signOut {
    userErrors {
      ...Refusal
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;
export const OrderDocument = gql`
    query Order($id: ID!) {
  order(id: $id) {
    ...TrackedOrder
  }
}
    ${TrackedOrderFragmentDoc}
${TakenFragmentDoc}
${TotalsFragmentDoc}` as unknown as DocumentNode<OrderQuery, OrderQueryVariables>;
export const OrderStatusChangedDocument = gql`
    subscription OrderStatusChanged($orderId: ID!, $after: Cursor) {
  orderStatusChanged(orderId: $orderId, after: $after) {
    __typename
    ... on OrderChanged {
      cursor
      order {
        ...TrackedOrder
      }
    }
    ... on ResyncRequired {
      cursor
      reason
    }
  }
}
    ${TrackedOrderFragmentDoc}
${TakenFragmentDoc}
${TotalsFragmentDoc}` as unknown as DocumentNode<OrderStatusChangedSubscription, OrderStatusChangedSubscriptionVariables>;
export const CancelOrderDocument = gql`
    mutation CancelOrder($input: OrderActionInput!) {
  cancelOrder(input: $input) {
    order {
      ...TrackedOrder
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${TrackedOrderFragmentDoc}
${TakenFragmentDoc}
${TotalsFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<CancelOrderMutation, CancelOrderMutationVariables>;
export const AmendOrderDocument = gql`
    mutation AmendOrder($input: AmendOrderInput!) {
  amendOrder(input: $input) {
    order {
      ...TrackedOrder
    }
    ...Amended
    userErrors {
      ...Refusal
    }
  }
}
    ${TrackedOrderFragmentDoc}
${TakenFragmentDoc}
${TotalsFragmentDoc}
${AmendedFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<AmendOrderMutation, AmendOrderMutationVariables>;
export const ProcessPaymentDocument = gql`
    mutation ProcessPayment($input: ProcessPaymentInput!) {
  processPayment(input: $input) {
    order {
      ...TrackedOrder
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${TrackedOrderFragmentDoc}
${TakenFragmentDoc}
${TotalsFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<ProcessPaymentMutation, ProcessPaymentMutationVariables>;
export const ShareOrderDocument = gql`
    mutation ShareOrder($input: ShareOrderInput!) {
  shareOrder(input: $input) {
    trackingToken
    expiresAt
    userErrors {
      ...Refusal
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<ShareOrderMutation, ShareOrderMutationVariables>;