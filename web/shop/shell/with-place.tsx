import { type ReactNode, useEffect } from 'react';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { rememberPlace } from '../place/remembered.ts';
import { Failed, NoSuchPage } from './no-page.tsx';
import { PageSkeleton } from './skeleton.tsx';

/** The page of a location, once the locations are known. */
export function WithPlace({ slug, draw }: { slug: string; draw: (place: PlaceFragment) => ReactNode }) {
  const { places, failure, again } = useShop();
  const place = places?.find((one) => one.slug === slug);
  useEffect(() => {
    if (place) rememberPlace(place.slug);
  }, [place]);
  if (place) return draw(place);
  if (failure) return <Failed code={failure} again={again} />;
  return places ? <NoSuchPage /> : <PageSkeleton />;
}
