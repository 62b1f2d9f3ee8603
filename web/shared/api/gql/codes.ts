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

/** A kind of thing that somebody does something to. */
export type AuditEntity =
  /** A customer's or a member of staff's: rights, invitations, passwords, profiles. */
  | 'ACCOUNT'
  /** Something that dishes are made of, its stock, and that it is sold out by hand or available again. */
  | 'INGREDIENT'
  /** A place that the chain sells at: its settings. */
  | 'LOCATION'
  /** A dish, with its prices and its recipe. */
  | 'MENU_ITEM'
  /** A group of options that items share. */
  | 'OPTION_GROUP'
  /** An order: its moves by staff, and its refunds. */
  | 'ORDER'
  /** What makes orders of a location cheaper. */
  | 'PROMOTION'
  /** A change of the menu for a time to come: that it was scheduled, cancelled or refused. That it was made is told of what it changed. */
  | 'SCHEDULED_MENU_CHANGE'
  /** A device that works at a location as a cook. */
  | 'SCREEN'
  /** Where a location's kitchen works, and the routes of its dishes. */
  | 'STATION';

/**
 * How much of what happens a subscription sends. In both modes the events of an order, or of a menu item, come in order, and
 * none comes twice.
 */
export type DeliveryMode =
  /** Every event. A client that is too slow for them is cut off, and goes on from its cursor when it comes back. */
  | 'EVERY'
  /** Of each order, or menu item, only the newest event, where several happened while the client was busy or away. */
  | 'LATEST';

/** A diet that something is fit for. The strictest is told: what is vegan is vegetarian, too. */
export type Diet =
  /** Nothing of an animal. */
  | 'VEGAN'
  /** Nothing for which an animal was killed. */
  | 'VEGETARIAN';

/**
 * Why a request, an operation or a field was refused, or failed: `extensions.code` of each GraphQL error. A command's refusals are
 * data, with a UserErrorCode.
 */
export type ErrorCode =
  /** The request is none of GraphQL. */
  | 'BAD_REQUEST'
  /** The input makes no sense. */
  | 'BAD_USER_INPUT'
  /** Send one operation per request. */
  | 'BATCH_NOT_ALLOWED'
  /** The account may not do this, or the request comes from another site. */
  | 'FORBIDDEN'
  /** Operations of this kind can't be sent in this way. */
  | 'FORBIDDEN_TRANSPORT'
  /** The document can't be parsed. */
  | 'GRAPHQL_PARSE_FAILED'
  /** The document doesn't fit the schema. */
  | 'GRAPHQL_VALIDATION_FAILED'
  /** A fault of the server, which its log tells under the requestId beside this code. */
  | 'INTERNAL_SERVER_ERROR'
  /** The server doesn't tell its schema. */
  | 'INTROSPECTION_DISABLED'
  /** Use GET or POST, and POST for mutations. */
  | 'METHOD_NOT_ALLOWED'
  /** None of the media types is accepted that the server can answer with. */
  | 'NOT_ACCEPTABLE'
  /** There is none, or none that the viewer may see. */
  | 'NOT_FOUND'
  /** The request body is too large. */
  | 'PAYLOAD_TOO_LARGE'
  /** Send the document itself. The message is the one by which Apollo's clients know that: PersistedQueryNotSupported. */
  | 'PERSISTED_QUERY_NOT_SUPPORTED'
  /** The operation costs too much: ask for fewer fields or shorter lists. */
  | 'QUERY_TOO_COMPLEX'
  /** Fields are nested too deeply. */
  | 'QUERY_TOO_DEEP'
  /** The document is too long. */
  | 'QUERY_TOO_LARGE'
  /** Too much was asked for. Come again after the seconds in the header Retry-After. */
  | 'RATE_LIMITED'
  /** The request body took too long. */
  | 'REQUEST_TIMEOUT'
  /** Too many aliases, or several payments or sign-ins. */
  | 'TOO_MANY_ALIASES'
  /** Too many sockets are open. */
  | 'TOO_MANY_SOCKETS'
  /** Too many operations run on the socket, or too many event streams of the account are open. */
  | 'TOO_MANY_SUBSCRIPTIONS'
  /** The client has not signed in. */
  | 'UNAUTHENTICATED'
  /** Try again in a moment, with the same idempotencyKey: what became of a command is not known. */
  | 'UNAVAILABLE'
  /** The request body must be application/json. */
  | 'UNSUPPORTED_MEDIA_TYPE';

/** How the food reaches the customer. */
export type Fulfillment =
  /** A driver brings it; it costs a fee and needs an address. */
  | 'DELIVERY'
  /** The customer comes for it. */
  | 'PICKUP';

/** What a pizza of two items costs before the options. */
export type HalfPrice =
  /** The average, rounded half up, if both have this policy; or else as much as the dearer one. */
  | 'AVERAGE'
  /** As much as the dearer one. */
  | 'HIGHER';

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

/** What happened to an order. */
export type OrderEventType =
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

/** A span of whole business days of a location that ends today. */
export type Period =
  /** Since the first order. */
  | 'ALL_TIME'
  /** Today and the 6 days before. */
  | 'LAST_7_DAYS'
  /** Today and the 29 days before. */
  | 'LAST_30_DAYS'
  /** Today and the 364 days before. */
  | 'LAST_365_DAYS'
  /** Today. */
  | 'TODAY';

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

/** Where a refund stands. */
export type RefundStatus =
  /** Not given back, or sent back by the customer's bank. */
  | 'FAILED'
  /** Asked for; the payment gateway hasn't answered yet. */
  | 'REQUESTED'
  /** Given back. */
  | 'SUCCEEDED';

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

/** Why a change could not be made when its time had come. */
export type ScheduledMenuChangeRefusalCode =
  /** It doesn't fit what is there: a size that isn't sold any more, for example. */
  | 'BAD_USER_INPUT'
  /** Whoever scheduled it may not make it any more: the rights were taken, or the account is suspended or deleted. */
  | 'FORBIDDEN'
  /** What was to change, or a location that it names, isn't there any more. */
  | 'NOT_FOUND'
  /** It had an `expectedVersion`, and there was another change meanwhile. */
  | 'VERSION_CONFLICT';

/** What becomes of a change that was scheduled. All but SCHEDULED are final. */
export type ScheduledMenuChangeStatus =
  /** It was cancelled before its time. */
  | 'CANCELLED'
  /** It was made. If all of it was so already, it changed nothing. */
  | 'DONE'
  /** Its time came, and it could not be made: `refusal` tells why. */
  | 'REFUSED'
  /** It waits for its time. */
  | 'SCHEDULED';

/** What a key of a screen does. Which of them the screen knows is its own to say. */
export type ScreenAction =
  /** Shows what is to be made in all. */
  | 'ALL_DAY'
  /** Takes the ticket off the board. */
  | 'BUMP'
  /** Says that it is done. */
  | 'DONE'
  /** Ends the waiting. */
  | 'FIRE'
  /** Lets the ticket wait. */
  | 'HOLD'
  /** Goes to the next ticket. */
  | 'NEXT'
  /** Goes to the next page. */
  | 'NEXT_PAGE'
  /** Goes to the ticket before. */
  | 'PREVIOUS'
  /** Goes to the page before. */
  | 'PREVIOUS_PAGE'
  /** Brings the last ticket back. */
  | 'RECALL'
  /** Puts the ticket before the others. */
  | 'RUSH'
  /** Says that a change was seen. */
  | 'SEEN'
  /** Goes to the first ticket of the board. */
  | 'SELECT_1'
  /** Goes to the second one. */
  | 'SELECT_2'
  /** Goes to the third one. */
  | 'SELECT_3'
  /** Goes to the fourth one. */
  | 'SELECT_4'
  /** Goes to the fifth one. */
  | 'SELECT_5'
  /** Goes to the sixth one. */
  | 'SELECT_6'
  /** Goes to the seventh one. */
  | 'SELECT_7'
  /** Goes to the eighth one. */
  | 'SELECT_8'
  /** Goes to the ninth one. */
  | 'SELECT_9'
  /** Begins on the ticket. */
  | 'START'
  /** Takes the last action back. */
  | 'UNDO';

/** What a screen makes heard. */
export type ScreenSound =
  /** That it has lost its connection. */
  | 'CONNECTION_LOST'
  /** A new order. */
  | 'NEW_ORDER'
  /** That an order was cancelled. */
  | 'ORDER_CANCELLED'
  /** That an order has changed. */
  | 'ORDER_CHANGED'
  /** That an order is late. */
  | 'ORDER_LATE';

/** How a screen looks. */
export type ScreenTheme =
  /** Light on dark. */
  | 'DARK'
  /** For bright rooms and weak eyes. */
  | 'HIGH_CONTRAST'
  /** Dark on light. */
  | 'LIGHT'
  /** As the device is set. */
  | 'SYSTEM';

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

/** What tax tells apart. */
export type TaxCategory =
  /** Drinks with alcohol. */
  | 'ALCOHOL'
  /** Drinks without alcohol. */
  | 'DRINK'
  /** Dishes, and what belongs to them. */
  | 'FOOD'
  /** Anything else. */
  | 'OTHER';

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
