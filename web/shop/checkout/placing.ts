import type { Answer } from '../../shared/api/client.ts';
import type { PlaceOrderMutation } from '../../shared/api/gql/graphql.ts';

type Payload = PlaceOrderMutation['placeOrder'];
export type Placed = NonNullable<Payload['order']>;
export type Refusal = Payload['userErrors'][number];

/** What became of an order. UNKNOWN may have been placed: only the same attempt, sent again, can tell. */
export type Outcome =
  | { readonly is: 'PLACED'; readonly order: Placed; readonly guestToken: string | null }
  | { readonly is: 'REFUSED'; readonly why: Refusal }
  | { readonly is: 'FAILED'; readonly code: string }
  | { readonly is: 'UNKNOWN'; readonly code: string };

const unknown = ['UNAVAILABLE', 'UNREACHABLE', 'INTERNAL_SERVER_ERROR', 'RATE_LIMITED', 'REQUEST_TIMEOUT'];
const tries = 5;

/** Sends an attempt until it is known what became of it, or it was tried in vain for some seconds. */
export async function place(sent: () => Promise<Answer<PlaceOrderMutation>>, wait: (ms: number) => Promise<void>): Promise<Outcome> {
  for (let tried = 1; ; tried++) {
    const outcome = outcomeOf(await sent());
    if (outcome.is !== 'UNKNOWN' || tried === tries) return outcome;
    await wait(250 * 2 ** tried);
  }
}

export function outcomeOf({ data, failure }: Answer<PlaceOrderMutation>): Outcome {
  if (failure !== null) return { is: unknown.includes(failure) ? 'UNKNOWN' : 'FAILED', code: failure };
  const { order, guestToken, userErrors } = data.placeOrder;
  const [why] = userErrors;
  // A declined card leaves a rejected order, which nobody waits for. Any other is on its way, whatever its payment still needs.
  if (order && order.status !== 'REJECTED') return { is: 'PLACED', order, guestToken };
  if (why?.code === 'IDEMPOTENCY_CONFLICT') return { is: 'UNKNOWN', code: why.code };
  if (why) return { is: 'REFUSED', why };
  return order ? { is: 'PLACED', order, guestToken } : { is: 'FAILED', code: 'INTERNAL_SERVER_ERROR' };
}
