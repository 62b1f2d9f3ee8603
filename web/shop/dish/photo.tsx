import { type ReactNode, useState } from 'react';
import type { DishFragment } from '../../shared/api/gql/graphql.ts';

/** A photo in the size that the window needs, as `sizes` says. If it can't be had, as without network, something is shown instead. */
export function Photo({ image: { sizes: files }, sizes, instead }: { image: NonNullable<DishFragment['image']>; sizes: string; instead: ReactNode }) {
  const [isLost, lose] = useState(false);
  const [smallest] = files;
  if (isLost || !smallest) return instead;
  const set = files.map(({ url, width }) => `${url} ${width}w`).join(', ');
  const { url, width, height } = smallest;
  return (
    <img className="photo" src={url} srcSet={set} sizes={sizes} width={width} height={height} alt="" loading="lazy" decoding="async" onError={() => lose(true)} />
  );
}
