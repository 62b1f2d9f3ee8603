import type { Fetcher, FetcherReturnType } from '@graphiql/toolkit';
import { chosenOperation } from './operation.ts';
import { post } from './post.ts';
import type { GraphQLRequest } from './request.ts';
import { subscription } from './subscription.ts';
import type { TabSubscriptions } from './tab-subscriptions.ts';

/**
 * Sends queries and mutations by POST, subscriptions over a socket. It parses the text itself, because the document and
 * the operation name that the editor passes along trail behind what is typed: a subscription run at once would be posted.
 */
export function createFetcher(endpoint: URL, subscriptions: TabSubscriptions): Fetcher {
  return ({ query, operationName, variables }, { headers = {} } = {}) => {
    const running = subscriptions.takeBack();
    if (running) return running as FetcherReturnType;
    const operation = chosenOperation(query, operationName);
    const request: GraphQLRequest = {
      query,
      operationName: operation ? operation.name?.value : (operationName ?? undefined),
      variables,
    };
    // GraphiQL declares the errors of an answer as instances, but prints whatever JSON it gets.
    return (
      operation?.operation === 'subscription'
        ? subscriptions.start(subscription(endpoint, request, headers))
        : post(endpoint, request, headers)
    ) as FetcherReturnType;
  };
}
