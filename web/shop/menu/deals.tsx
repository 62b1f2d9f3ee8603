import { Trans, useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useLive } from '../../shared/live/use-live.ts';
import { dealInWords } from './deal-words.ts';
import type { Menu } from './menu.feed.ts';

/** What the location advertises. The server draws names and codes of it first, in the same room. */
export function Deals({ place, menu }: { place: PlaceFragment; menu: Menu }) {
  const { i18n } = useLingui();
  const deals = useSyncExternalStore(menu.watch, menu.deals);
  const dishes = useLive(menu.dishes, ({ things }) => things);
  if (!deals.length) return null;
  return (
    <section className="deals" aria-labelledby="deals">
      <h2 id="deals">
        <Trans>Deals</Trans>
      </h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is beyond the edge is reached by the arrow keys */}
      <ul tabIndex={0} aria-labelledby="deals">
        {deals.map((deal) => (
          <li key={deal.id}>
            <b>{deal.name}</b>
            {deal.code && <code>{deal.code}</code>}
            <small>{dealInWords({ i18n, place, dishes }, deal)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
