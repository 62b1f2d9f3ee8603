import { Trans } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { paths } from '../routes.ts';

/** Nothing to check out: nothing was chosen, or what was chosen can't be had any more. */
export function Empty({ place, isGone }: { place: PlaceFragment; isGone: boolean }) {
  return (
    <section className="who">
      <p role="status">
        {isGone ? <Trans>What you chose is sold out, or others are about to order it. Nothing was ordered.</Trans> : <Trans>There is nothing in your order yet.</Trans>}
      </p>
      <Link className="button main" href={paths.menu(place.slug)}>
        <Trans>To the menu</Trans>
      </Link>
    </section>
  );
}
