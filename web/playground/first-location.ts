import { post } from './post.ts';

/** The id of the first location by name, for the examples; null if there is none yet, or no answer. */
export async function firstLocation(endpoint: URL): Promise<string | null> {
  const { data } = await post(endpoint, { query: '{ locations { id } }' }, {});
  const locations = data?.locations as { id: string }[] | undefined;
  return locations?.[0]?.id ?? null;
}
