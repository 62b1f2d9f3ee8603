import { Trans, useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { wallTime } from '../../shared/time/time.ts';
import type { Preview } from './cart.rules.ts';

/** A guess is a range: when it is there mostly, and at the latest. */
export function Promised({ place, promise }: { place: Pick<PlaceFragment, 'timeZone'>; promise: NonNullable<Preview['promise']> }) {
  const { i18n } = useLingui();
  const [likely, latest] = [promise.likely, promise.latest].map((at) => wallTime(at, place.timeZone, i18n.locale).replaceAll(' ', '\u00a0')); // on one line
  return likely === latest ? (
    <b className="number">≈ {likely}</b>
  ) : (
    <Trans>
      about <b className="number">{likely}</b>, by {latest} at the latest
    </Trans>
  );
}
