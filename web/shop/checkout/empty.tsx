import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { paths } from '../routes.ts';

/** Nothing to check out. */
export function Empty({ place }: { place: PlaceFragment }) {
  return (
    <section className="who">
      <p>
        <Trans>There is nothing in your order yet.</Trans>
      </p>
      <Link className="button main" href={paths.menu(place.slug)}>
        <Trans>To the menu</Trans>
      </Link>
    </section>
  );
}
