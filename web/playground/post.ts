import type { FormattedExecutionResult } from 'graphql';
import type { GraphQLRequest } from './request.ts';

/**
 * Posts the request as the account that the headers name, whatever cookie the browser has of this server, and takes no cookie
 * from it. Never rejects: a failure to get a GraphQL answer is an answer with one error.
 */
export async function post(
  endpoint: URL,
  request: GraphQLRequest,
  headers: Record<string, string>,
): Promise<FormattedExecutionResult> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      credentials: 'omit',
      headers: requestHeaders(headers),
      body: JSON.stringify(request),
    });
    return await answer(response);
  } catch (cause) {
    return failure(cause instanceof Error ? cause.message : String(cause));
  }
}

function requestHeaders(own: Record<string, string>): Headers {
  const headers = new Headers({
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'content-type': 'application/json',
  });
  for (const [name, value] of Object.entries(own)) {
    headers.set(name, value);
  }
  return headers;
}

async function answer(response: Response): Promise<FormattedExecutionResult> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) return body;
  } catch {
    // Not an answer of the API, for instance a proxy's error page.
  }
  return failure(`HTTP ${response.status} ${response.statusText}`.trim(), { body: text.slice(0, 500) });
}

function failure(message: string, extensions?: Record<string, unknown>): FormattedExecutionResult {
  return { errors: [{ message, extensions }] };
}
