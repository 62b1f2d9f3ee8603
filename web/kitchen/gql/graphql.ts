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

/** What was done on a screen, in order. */
export type ApplyKitchenActionsInput = {
  /** 1 to 100, in the order in which they were done. Each is done by itself: one that can't be doesn't keep the others. */
  readonly actions: ReadonlyArray<KitchenActionInput>;
  /** Where; left out: the only location, of those where the viewer works. */
  readonly locationId?: string | null | undefined;
};

/** How the food reaches the customer. */
export type Fulfillment =
  /** A driver brings it; it costs a fee and needs an address. */
  | 'DELIVERY'
  /** The customer comes for it. */
  | 'PICKUP';

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

/** Done on a screen, perhaps while it was offline. */
export type KitchenActionInput = {
  /** When, by the server's clock as the screen knows it. What lies after the server's clock, or before the ticket, is taken for that. */
  readonly at: string;
  /** Made by the screen: a UUID. A repetition has no second effect, and is answered like the first. */
  readonly id: string;
  /** What was done. */
  readonly kind: KitchenActionKind;
  /** Of HOLD: 1 to 240; null: 10. */
  readonly minutes?: number | null | undefined;
  /** Of RUSH, RECALL, and BUMP by the expediter: 1 to 200 characters. */
  readonly reason?: string | null | undefined;
  /** The ticket's version on the screen when it was done. */
  readonly seenVersion: number;
  /** Of which stations; none: of all. 0 to 50. */
  readonly stationIds?: ReadonlyArray<string>;
  /** Of which tasks; none: of the whole ticket at the stations given. 0 to 200. */
  readonly taskIds?: ReadonlyArray<string>;
  /** To which ticket. */
  readonly ticketId: string;
};

/** What somebody did to a ticket. */
export type KitchenActionKind =
  /**
   * Ends all that is left at the stations given, or without any of the whole ticket. The expediter's own tasks are ended while others are open only with a
   * reason.
   */
  | 'BUMP'
  /** Ends tasks, also those that nobody said were begun. */
  | 'DONE'
  /** Lets all of it begin now. */
  | 'FIRE'
  /** Puts it off by `minutes`, or 10. Of lines that haven't begun. */
  | 'HOLD'
  /** Brings back a ticket that was bumped: the last tasks done at the stations given, or the expediter's, are begun again, and the clocks go on. */
  | 'RECALL'
  /** Puts it before others; with a reason. */
  | 'RUSH'
  /** Says that the changes were seen. */
  | 'SEEN'
  /** Begins tasks that are QUEUED. */
  | 'START'
  /** Takes the last START or DONE of the tasks back, unless the next station has begun. */
  | 'UNDO';

/** What became of an action. */
export type KitchenActionOutcome =
  /** Somebody else had done the same, or it was so already. */
  | 'ALREADY'
  /** It was done. */
  | 'APPLIED'
  /** The ticket had changed so that it can't be done any more. */
  | 'CONFLICT'
  /** It can't be done: the message says why. */
  | 'REFUSED';

/** Why an action wasn't done. */
export type KitchenActionReason =
  /** All of it has begun. */
  | 'ALL_BEGUN'
  /** All of it is done. */
  | 'ALL_DONE'
  /** The order was called off. */
  | 'CALLED_OFF'
  /** The order was changed meanwhile. */
  | 'CHANGED'
  /** The order has left the kitchen. */
  | 'HAS_LEFT'
  /** It can't be taken back: the next station has begun with it. */
  | 'NEXT_HAS_BEGUN'
  /** Nothing of it has come to the station yet. */
  | 'NOTHING_HERE'
  /** Not all of it is done at the other stations: the expediter has to say why it goes all the same. */
  | 'NOT_ALL_DONE'
  /** It may not begin yet: see fireAt. */
  | 'NOT_YET'
  /** There is no such action. */
  | 'NO_SUCH_ACTION'
  /** The ticket has no such task. */
  | 'NO_SUCH_TASK'
  /** There is no such ticket at the location. */
  | 'NO_SUCH_TICKET'
  /** The station before isn't done, or it is too early. */
  | 'STATION_BEFORE';

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

/** Which part of a pizza something is on. */
export type Portion =
  /** The left half, as the pizza lies before whoever makes or eats it. */
  | 'FIRST'
  /** The right half. */
  | 'SECOND'
  /** Both halves. */
  | 'WHOLE';

/** What an account may act as. All but CUSTOMER are staff. */
export type Role =
  /** Confirms, rejects, cooks, and hands out at the counter. */
  | 'COOK'
  /** Orders. */
  | 'CUSTOMER'
  /** Takes orders along and delivers them. */
  | 'DRIVER'
  /** Runs the shop: menu, stock, sales, staff. May do with orders what cooks and drivers may. */
  | 'MANAGER';

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

/** Where the task of a station stands. */
export type TaskStatus =
  /** It is done. */
  | 'DONE'
  /** It may begin. */
  | 'QUEUED'
  /** It was begun. */
  | 'STARTED'
  /** The one before isn't done, or it is too early. */
  | 'WAITING';

/** What is done to a ticket or its tasks. */
export type TicketEventType =
  /** Its order was called off. */
  | 'CANCELLED'
  /** Its order was changed. */
  | 'CHANGED'
  /** Tasks were done. */
  | 'DONE'
  /** Its time has come, or somebody brought it forward: what can begin is QUEUED. */
  | 'FIRED'
  /** It waits longer. */
  | 'HELD'
  /** The kitchen has it. */
  | 'OPENED'
  /** It was done, and isn't any more. */
  | 'RECALLED'
  /** Somebody wants it before others. */
  | 'RUSHED'
  /** Somebody has seen the change. */
  | 'SEEN'
  /** Tasks were begun. */
  | 'STARTED'
  /** Tasks are as they were before. */
  | 'UNDONE';

/** What became of a line that was changed since the kitchen had its ticket. */
export type TicketItemChange =
  /** It wasn't there before. */
  | 'ADDED'
  /** It is another than before, or there is more or less of it: see `before`. */
  | 'CHANGED'
  /** It is not wanted any more. */
  | 'REMOVED';

/** Where a ticket stands as a whole. */
export type TicketStatus =
  /** Its order was called off. */
  | 'CANCELLED'
  /** All of it is done. */
  | 'DONE'
  /** Nothing of it may begin before `fireAt`. */
  | 'HELD'
  /** Some of it is to be done. */
  | 'OPEN';

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

export type KitchenBoardQueryVariables = Exact<{
  locationId: string;
}>;


export type KitchenBoardQuery = { readonly kitchenBoard: { readonly asOf: string, readonly at: string, readonly digest: string, readonly stations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly position: number, readonly capacity: number | null, readonly isExpo: boolean }>, readonly tickets: ReadonlyArray<{ readonly id: string, readonly version: number, readonly status: TicketStatus, readonly openedAt: string, readonly fireAt: string, readonly dueAt: string, readonly closedAt: string | null, readonly isRush: boolean, readonly rushReason: string | null, readonly isRecalled: boolean, readonly recallReason: string | null, readonly isChanged: boolean, readonly order: { readonly id: string, readonly number: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly specialInstructions: string | null, readonly scheduledFor: string | null }, readonly items: ReadonlyArray<{ readonly id: string, readonly fireAt: string, readonly change: TicketItemChange | null, readonly item: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }, readonly before: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly status: TaskStatus, readonly startedAt: string | null, readonly doneAt: string | null, readonly doneBy: string | null, readonly isTooFast: boolean, readonly station: { readonly id: string } }> }> }> } };

export type StationFragment = { readonly id: string, readonly name: string, readonly position: number, readonly capacity: number | null, readonly isExpo: boolean };

export type KitchenBoardChangedSubscriptionVariables = Exact<{
  locationId: string;
  after: string;
}>;


export type KitchenBoardChangedSubscription = { readonly kitchenBoardChanged:
    | { readonly __typename: 'ResyncRequired', readonly cursor: string, readonly reason: string }
    | { readonly __typename: 'TicketChanged', readonly cursor: string, readonly type: TicketEventType, readonly digest: string, readonly at: string, readonly actor: { readonly role: ActorRole, readonly name: string | null }, readonly ticket: { readonly id: string, readonly version: number, readonly status: TicketStatus, readonly openedAt: string, readonly fireAt: string, readonly dueAt: string, readonly closedAt: string | null, readonly isRush: boolean, readonly rushReason: string | null, readonly isRecalled: boolean, readonly recallReason: string | null, readonly isChanged: boolean, readonly order: { readonly id: string, readonly number: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly specialInstructions: string | null, readonly scheduledFor: string | null }, readonly items: ReadonlyArray<{ readonly id: string, readonly fireAt: string, readonly change: TicketItemChange | null, readonly item: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }, readonly before: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly status: TaskStatus, readonly startedAt: string | null, readonly doneAt: string | null, readonly doneBy: string | null, readonly isTooFast: boolean, readonly station: { readonly id: string } }> }> } }
   };

export type DishesQueryVariables = Exact<{
  locationId: string;
}>;


export type DishesQuery = { readonly menu: ReadonlyArray<{ readonly id: string, readonly name: string, readonly description: string, readonly category: string, readonly isPizza: boolean, readonly allergens: ReadonlyArray<Allergen> }> };

export type DrawnFragment = { readonly id: string, readonly name: string, readonly description: string, readonly category: string, readonly isPizza: boolean, readonly allergens: ReadonlyArray<Allergen> };

export type ApplyKitchenActionsMutationVariables = Exact<{
  input: ApplyKitchenActionsInput;
}>;


export type ApplyKitchenActionsMutation = { readonly applyKitchenActions: { readonly results: ReadonlyArray<{ readonly id: string, readonly outcome: KitchenActionOutcome, readonly reason: KitchenActionReason | null, readonly ticket: { readonly id: string, readonly version: number, readonly status: TicketStatus, readonly openedAt: string, readonly fireAt: string, readonly dueAt: string, readonly closedAt: string | null, readonly isRush: boolean, readonly rushReason: string | null, readonly isRecalled: boolean, readonly recallReason: string | null, readonly isChanged: boolean, readonly order: { readonly id: string, readonly number: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly specialInstructions: string | null, readonly scheduledFor: string | null }, readonly items: ReadonlyArray<{ readonly id: string, readonly fireAt: string, readonly change: TicketItemChange | null, readonly item: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }, readonly before: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly status: TaskStatus, readonly startedAt: string | null, readonly doneAt: string | null, readonly doneBy: string | null, readonly isTooFast: boolean, readonly station: { readonly id: string } }> }> } | null }>, readonly userErrors: ReadonlyArray<
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

export type WorkerQueryVariables = Exact<{ [key: string]: never; }>;


export type WorkerQuery = { readonly viewer: { readonly id: string, readonly name: string, readonly roles: ReadonlyArray<Role>, readonly locations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly timeZone: string }> | null } | null, readonly locations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly timeZone: string }> };

export type WorkerFragment = { readonly id: string, readonly name: string, readonly roles: ReadonlyArray<Role>, readonly locations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly timeZone: string }> | null };

export type WorkplaceFragment = { readonly id: string, readonly name: string, readonly timeZone: string };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { readonly signIn: { readonly viewer: { readonly id: string, readonly name: string, readonly roles: ReadonlyArray<Role>, readonly locations: ReadonlyArray<{ readonly id: string, readonly name: string, readonly timeZone: string }> | null } | null, readonly userErrors: ReadonlyArray<
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

export type TicketFragment = { readonly id: string, readonly version: number, readonly status: TicketStatus, readonly openedAt: string, readonly fireAt: string, readonly dueAt: string, readonly closedAt: string | null, readonly isRush: boolean, readonly rushReason: string | null, readonly isRecalled: boolean, readonly recallReason: string | null, readonly isChanged: boolean, readonly order: { readonly id: string, readonly number: number, readonly status: OrderStatus, readonly fulfillment: Fulfillment, readonly specialInstructions: string | null, readonly scheduledFor: string | null }, readonly items: ReadonlyArray<{ readonly id: string, readonly fireAt: string, readonly change: TicketItemChange | null, readonly item: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }, readonly before: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly status: TaskStatus, readonly startedAt: string | null, readonly doneAt: string | null, readonly doneBy: string | null, readonly isTooFast: boolean, readonly station: { readonly id: string } }> }> };

export type TicketItemFragment = { readonly id: string, readonly fireAt: string, readonly change: TicketItemChange | null, readonly item: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null }, readonly before: { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null } | null, readonly tasks: ReadonlyArray<{ readonly id: string, readonly status: TaskStatus, readonly startedAt: string | null, readonly doneAt: string | null, readonly doneBy: string | null, readonly isTooFast: boolean, readonly station: { readonly id: string } }> };

export type MadeFragment = { readonly menuItemId: string, readonly name: string, readonly size: ItemSize, readonly quantity: number, readonly instructions: string | null, readonly allergens: ReadonlyArray<Allergen>, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }>, readonly secondHalf: { readonly menuItemId: string, readonly name: string, readonly options: ReadonlyArray<{ readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean }> } | null };

export type ChosenFragment = { readonly groupName: string, readonly name: string, readonly portion: Portion, readonly amount: Amount, readonly isDefault: boolean };

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

export const StationFragmentDoc = gql`
    fragment Station on Station {
  id
  name
  position
  capacity
  isExpo
}
    ` as unknown as DocumentNode<StationFragment, unknown>;
export const DrawnFragmentDoc = gql`
    fragment Drawn on MenuItem {
  id
  name
  description
  category
  isPizza
  allergens
}
    ` as unknown as DocumentNode<DrawnFragment, unknown>;
export const WorkplaceFragmentDoc = gql`
    fragment Workplace on Location {
  id
  name
  timeZone
}
    ` as unknown as DocumentNode<WorkplaceFragment, unknown>;
export const WorkerFragmentDoc = gql`
    fragment Worker on Viewer {
  id
  name
  roles
  locations {
    ...Workplace
  }
}
    ` as unknown as DocumentNode<WorkerFragment, unknown>;
export const ChosenFragmentDoc = gql`
    fragment Chosen on OrderItemOption {
  groupName
  name
  portion
  amount
  isDefault
}
    ` as unknown as DocumentNode<ChosenFragment, unknown>;
export const MadeFragmentDoc = gql`
    fragment Made on OrderItem {
  menuItemId
  name
  size
  quantity
  instructions
  allergens
  options {
    ...Chosen
  }
  secondHalf {
    menuItemId
    name
    options {
      ...Chosen
    }
  }
}
    ` as unknown as DocumentNode<MadeFragment, unknown>;
export const TicketItemFragmentDoc = gql`
    fragment TicketItem on TicketItem {
  id
  fireAt
  item {
    ...Made
  }
  change
  before {
    ...Made
  }
  tasks {
    id
    status
    startedAt
    doneAt
    doneBy
    isTooFast
    station {
      id
    }
  }
}
    ` as unknown as DocumentNode<TicketItemFragment, unknown>;
export const TicketFragmentDoc = gql`
    fragment Ticket on Ticket {
  id
  version
  status
  openedAt
  fireAt
  dueAt
  closedAt
  isRush
  rushReason
  isRecalled
  recallReason
  isChanged
  order {
    id
    number
    status
    fulfillment
    specialInstructions
    scheduledFor
  }
  items {
    ...TicketItem
  }
}
    ` as unknown as DocumentNode<TicketFragment, unknown>;
export const RefusalFragmentDoc = gql`
    fragment Refusal on UserError {
  code
  path
}
    ` as unknown as DocumentNode<RefusalFragment, unknown>;
export const KitchenBoardDocument = gql`
    query KitchenBoard($locationId: ID!) {
  kitchenBoard(locationId: $locationId) {
    asOf
    at
    digest
    stations {
      ...Station
    }
    tickets {
      ...Ticket
    }
  }
}
    ${StationFragmentDoc}
${TicketFragmentDoc}
${TicketItemFragmentDoc}
${MadeFragmentDoc}
${ChosenFragmentDoc}` as unknown as DocumentNode<KitchenBoardQuery, KitchenBoardQueryVariables>;
export const KitchenBoardChangedDocument = gql`
    subscription KitchenBoardChanged($locationId: ID!, $after: Cursor!) {
  kitchenBoardChanged(locationId: $locationId, after: $after) {
    __typename
    ... on TicketChanged {
      cursor
      type
      actor {
        role
        name
      }
      digest
      at
      ticket {
        ...Ticket
      }
    }
    ... on ResyncRequired {
      cursor
      reason
    }
  }
}
    ${TicketFragmentDoc}
${TicketItemFragmentDoc}
${MadeFragmentDoc}
${ChosenFragmentDoc}` as unknown as DocumentNode<KitchenBoardChangedSubscription, KitchenBoardChangedSubscriptionVariables>;
export const DishesDocument = gql`
    query Dishes($locationId: ID!) {
  menu(locationId: $locationId, includeUnavailable: true) {
    ...Drawn
  }
}
    ${DrawnFragmentDoc}` as unknown as DocumentNode<DishesQuery, DishesQueryVariables>;
export const ApplyKitchenActionsDocument = gql`
    mutation ApplyKitchenActions($input: ApplyKitchenActionsInput!) {
  applyKitchenActions(input: $input) {
    results {
      id
      outcome
      reason
      ticket {
        ...Ticket
      }
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${TicketFragmentDoc}
${TicketItemFragmentDoc}
${MadeFragmentDoc}
${ChosenFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<ApplyKitchenActionsMutation, ApplyKitchenActionsMutationVariables>;
export const WorkerDocument = gql`
    query Worker {
  viewer {
    ...Worker
  }
  locations {
    ...Workplace
  }
}
    ${WorkerFragmentDoc}
${WorkplaceFragmentDoc}` as unknown as DocumentNode<WorkerQuery, WorkerQueryVariables>;
export const SignInDocument = gql`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    viewer {
      ...Worker
    }
    userErrors {
      ...Refusal
    }
  }
}
    ${WorkerFragmentDoc}
${WorkplaceFragmentDoc}
${RefusalFragmentDoc}` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = gql`
    mutation SignOut {
  signOut {
    userErrors {
      ...Refusal
    }
  }
}
    ${RefusalFragmentDoc}` as unknown as DocumentNode<SignOutMutation, SignOutMutationVariables>;