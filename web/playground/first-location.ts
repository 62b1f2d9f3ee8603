import type { FormattedExecutionResult } from 'graphql';
import { post } from './post.ts';

/** The page opens without an answer that takes longer, in milliseconds. */
const timeout = 2000;

/** The id of the first location by name, for the examples; null if there is none yet, or no answer in time. */
export async function firstLocation(endpoint: URL): Promise<string | null> {
  const late = new Promise<FormattedExecutionResult>((resolve) => setTimeout(() => resolve({}), timeout));
  const { data } = await Promise.race([post(endpoint, { query: '{ locations { id } }' }, {}), late]);
  const locations = data?.locations as { id: string }[] | undefined;
  return locations?.[0]?.id ?? null;
}
