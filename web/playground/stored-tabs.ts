/** Where GraphiQL keeps what stands in its editors, and how quotes are written there: the tabs are JSON, texts and all. */
const kept = { 'graphiql:tabState': '\\"', 'graphiql:query': '"', 'graphiql:variables': '"' };

/**
 * Fills the location into examples that a visit has stored without one: there was none yet, or no answer in time. Where a visitor has
 * written null, it meant the only location, or was refused.
 */
export function fillLocation(storage: Storage, locationId: string): void {
  for (const [key, quote] of Object.entries(kept)) {
    const text = storage.getItem(key);
    if (text === null) continue;
    const id = quote + locationId + quote;
    const filled = text
      .replaceAll('$locationId: ID = null', () => `$locationId: ID = ${id}`)
      .replaceAll(`${quote}locationId${quote}: null`, () => `${quote}locationId${quote}: ${id}`);
    if (filled !== text) storage.setItem(key, filled);
  }
}
