import type { Fetcher, FetcherReturnType } from '@graphiql/toolkit';
import { chosenOperation } from './operation.ts';
import { post } from './post.ts';
import { subscription } from './subscription.ts';

/** What one run sends, over either transport. */
export interface GraphQLRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
}

/**
 * Sends queries and mutations by POST, subscriptions over a socket. It parses the text itself, because the document and
 * the operation name that the editor passes along trail behind what is typed: a subscription run at once would be posted.
 */
export function createFetcher(endpoint: URL): Fetcher {
  return ({ query, operationName, variables }, { headers = {} } = {}) => {
    const operation = chosenOperation(query, operationName);
    const request: GraphQLRequest = {
      query,
      operationName: operation?.name?.value ?? operationName ?? undefined,
      variables,
    };
    // GraphiQL declares the errors of an answer as instances, but prints whatever JSON it gets.
    return (
      operation?.operation === 'subscription'
        ? subscription(endpoint, request, headers)
        : post(endpoint, request, headers)
    ) as FetcherReturnType;
  };
}
