import { Trans, useLingui } from '@lingui/react/macro';
import { useLayoutEffect, useState } from 'react';
import { serverClock } from '../../shared/api/client.ts';
import { type Fulfillment, type PlaceFragment, ServicesDocument } from '../../shared/api/gql/graphql.ts';
import { refusal } from '../../shared/api/refusals.ts';
import { useAsk } from '../../shared/api/use-ask.ts';
import { wallDate, wallDay, wallTime } from '../../shared/time/time.ts';
import type { Preview } from '../cart/cart.rules.ts';
import { Promised } from '../cart/promised.tsx';
import { dateThere, type Day, daysAhead } from './days.rules.ts';
import { useSlots } from './use-slots.ts';

/** As soon as possible, or at a time for which there is room. `at` is a slot's start, '' as soon as possible. */
export function WhenFields({ place, fulfillment, at, choose, preview }: {
  place: PlaceFragment;
  fulfillment: Fulfillment;
  at: string;
  choose: (at: string) => void;
  preview: Preview | null;
}) {
  const { i18n } = useLingui();
  const { data } = useAsk(ServicesDocument, { locationId: place.id });
  const service = data?.location?.services.find((one) => one.fulfillment === fulfillment);
  const isClosed = service !== undefined && !service.isOpen;
  const days = service ? daysAhead(serverClock.now(), place.timeZone, service.maxDaysAhead) : [];
  const [date, setDate] = useState('');
  const [isLater, setLater] = useState(at !== '');
  const chosen = at ? dateThere(at, place.timeZone) : date;
  const opening = service?.opensAt ?? service?.pausedUntil;
  const day = days.find((one) => one.date === chosen) ?? days.find((one) => opening && one.date === dateThere(opening, place.timeZone)) ?? days[0];
  const opens = opening && wallDate(opening, place.timeZone, i18n.locale);
  const until = service?.pausedUntil && wallTime(service.pausedUntil, place.timeZone, i18n.locale);
  const picks = isLater || isClosed;
  const promised = preview?.promise && (
    <em>
      <Promised place={place} promise={preview.promise} />
    </em>
  );
  return (
    <>
      {isClosed && (
        <p className="notice" role="status">
          {service.pausedUntil ? (
            <>
              <Trans>We are taking a short break until {until}.</Trans> {service.pauseReason}
            </>
          ) : opens ? (
            <Trans>We are closed now, and open {opens}. Order for later.</Trans>
          ) : (
            <Trans>We are closed, and don't know yet when we open.</Trans>
          )}
        </p>
      )}
      <div className="choices when">
        <label>
          <input
            type="radio"
            name="when"
            disabled={isClosed}
            checked={!picks}
            onChange={() => {
              setLater(false);
              choose('');
            }}
          />
          <span>
            <b>
              <Trans>As soon as possible</Trans>
            </b>
            {!picks && promised}
          </span>
        </label>
        <label>
          <input type="radio" name="when" checked={picks} onChange={() => setLater(true)} />
          <span>
            <b>
              <Trans>At a time I choose</Trans>
            </b>
            {picks && at && promised}
          </span>
        </label>
      </div>
      {picks && day && (
        <Times
          place={place}
          fulfillment={fulfillment}
          days={days}
          day={day}
          at={at}
          choose={choose}
          turn={(to) => {
            setDate(to);
            choose('');
          }}
        />
      )}
    </>
  );
}

function Times({ place, fulfillment, days, day, at, choose, turn }: {
  place: PlaceFragment;
  fulfillment: Fulfillment;
  days: readonly Day[];
  day: Day;
  at: string;
  choose: (at: string) => void;
  turn: (date: string) => void;
}) {
  const { t, i18n } = useLingui();
  const found = useSlots(place, fulfillment, day);
  const time = (moment: string) => wallTime(moment, place.timeZone, i18n.locale);
  const first = found?.slots.find(({ isFree }) => isFree)?.start;
  const isThere = found?.slots.some(({ start }) => start === at);
  useLayoutEffect(() => {
    if (first && !isThere) choose(first); // before anybody sees the times, and chooses another one
  });
  const dayName = ({ date }: Day, i: number) => (i === 0 ? t`Today` : i === 1 ? t`Tomorrow` : wallDay(date, i18n.locale));
  return (
    <div className="grid times">
      <label className="field">
        <Trans>Day</Trans>
        <select value={day.date} onChange={(event) => turn(event.target.value)}>
          {days.map((one, i) => (
            <option key={one.date} value={one.date}>
              {dayName(one, i)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <Trans>Time</Trans>
        <select name="at" value={at} aria-busy={!found} onChange={(event) => choose(event.target.value)}>
          {found?.slots.map(({ start, end, isFree }) => (
            <option key={start} value={start} disabled={!isFree && start !== at}>
              {time(start)} – {time(end)}
              {!isFree && start !== at && ` · ${t`full`}`}
            </option>
          ))}
        </select>
      </label>
      {found?.failure && <p className="wrong all">{refusal(i18n, found.failure)}</p>}
      {found && !found.failure && !first && (
        <p className="all" role="status">
          <Trans>Nothing is left on this day. Choose another one.</Trans>
        </p>
      )}
    </div>
  );
}
