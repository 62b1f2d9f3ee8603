import type { MenuQuery, PlacesQuery } from '../shared/api/gql/graphql.ts';

/** What the server knows of itself and puts into each page. */
export interface Settings {
  /** Whether this is the demo, where nobody bakes. */
  readonly demo: boolean;
  /** Whether /playground is there. */
  readonly playground: boolean;
  /** Whether cards are those of the simulated gateway, which moves no money. */
  readonly simulatedCards: boolean;
  /** By which Stripe.js makes tokens of cards; '' where it isn't used. */
  readonly cardKey: string;
}

/** What the server put into the page, so that it isn't asked for. A page that isn't from the server, as in development, has none. */
export interface FirstScreen {
  readonly settings: Settings;
  /** Null if the API had no answer. */
  readonly places: PlacesQuery | null;
  /** The menu of the location that the address names, or of the only one. */
  readonly menu: { readonly locationId: string; readonly answer: MenuQuery } | null;
  /** When the server sent it, in ms, if it is a page that the service worker has kept: there was no network. */
  readonly keptAt: number | null;
}

const none: FirstScreen = { settings: { demo: true, playground: true, simulatedCards: true, cardKey: '' }, places: null, menu: null, keptAt: null };

export function firstScreen(text: string | undefined, kept: string | undefined): FirstScreen {
  return { ...none, ...(text && (JSON.parse(text) as Partial<FirstScreen>)), keptAt: Date.parse(kept ?? '') || null };
}
