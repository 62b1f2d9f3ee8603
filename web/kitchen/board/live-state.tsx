import { Trans, useLingui } from '@lingui/react/macro';
import { ageText } from '../clock/durations.rules.ts';
import { useTime } from '../clock/ticker.ts';
import { useBoardConnection, useKitchen, useStandingOf } from '../kitchen.tsx';
import { wallSince, wallTime } from '../../shared/time/time.ts';
import { briefDigest } from './digest.rules.ts';

const staleAfter = 10_000; // ms without a word from the server
const toldFor = 60_000; // for which it is told that the board was loaded anew, in ms

/** Whether what is shown is true now, or since when it isn't; and by what two screens can be compared. */
export function LiveState() {
  const { i18n } = useLingui();
  const { place } = useKitchen();
  const connection = useBoardConnection();
  const heardAt = useStandingOf((standing) => standing.heardAt);
  const digest = useStandingOf((standing) => standing.digest);
  const healed = useStandingOf((standing) => standing.healed);
  const since = useTime((now) => (heardAt === null ? '' : ageText(now - heardAt, i18n.locale)));
  const isFresh = useTime((now) => heardAt !== null && now - heardAt < staleAfter);
  const isToldOfHealing = useTime((now) => !!healed && now - healed.at < toldFor);
  const isLive = connection.is === 'live' && isFresh;
  const time = heardAt === null ? '' : wallSince(heardAt, place.timeZone, i18n.locale);
  const healedAt = healed ? wallTime(healed.at, place.timeZone, i18n.locale) : '';
  return (
    <div className={`live-state ${isLive ? 'is-live' : 'is-not'}`} role="status">
      <p>
        <i className="dot" aria-hidden="true" />
        {isLive && <Trans>live</Trans>}
        {!isLive && heardAt !== null && <Trans>not live since {time}</Trans>}
        {!isLive && heardAt === null && <Trans>connecting …</Trans>}
        <span aria-hidden="true">
          {since && ` · ${since}`} · <code>{briefDigest(digest)}</code>
        </span>
      </p>
      {isToldOfHealing && healed && (
        <p className="healed">
          {healed.why === 'GAP' ? <Trans>Loaded anew at {healedAt}: too much had happened meanwhile.</Trans> : <Trans>Loaded anew at {healedAt}: this board was not as the server's.</Trans>}
        </p>
      )}
    </div>
  );
}
