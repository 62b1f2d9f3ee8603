import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { useWritten } from '../clock/ticker.ts';
import { useKitchen } from '../kitchen.tsx';

/** The time on the location's wall, by the server. */
export function WallClock() {
  const { i18n, t } = useLingui();
  const { place } = useKitchen();
  const written = useWritten(
    useCallback((now) => new Intl.DateTimeFormat(i18n.locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23', timeZone: place.timeZone }).format(now), [i18n.locale, place.timeZone]),
  );
  return <b className="clock number" ref={written} role="timer" aria-label={t`Time`} />;
}
