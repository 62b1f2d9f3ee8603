import type { FormattedExecutionResult } from 'graphql';

/** What one run sends, over either transport. */
export interface GraphQLRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/** Takes the results of a subscription. */
export interface Sink {
  next(result: FormattedExecutionResult): void;
  complete(): void;
}

/** A subscription that begins when somebody subscribes. It never fails: an error is a result. */
export interface Subscribable {
  subscribe(sink: Sink): { unsubscribe(): void };
}
