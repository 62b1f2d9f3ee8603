import { Trans, useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { money } from '../../shared/money/money.ts';
import { wallTime } from '../../shared/time/time.ts';
import { problemInWords } from '../cart/problem-words.ts';
import type { Quoting, Standing } from './quoting.ts';

/** Until when it is the customer's as it is shown. Only what they have to know is said aloud: that it ends, has ended, or costs something else. */
export function HeldForYou({ standing, quoting, place }: { standing: Standing; quoting: Quoting; place: PlaceFragment }) {
  const { i18n } = useLingui();
  const held = standing.is === 'HELD' ? standing : null;
  const until = held && wallTime(held.quote.expiresAt, place.timeZone, i18n.locale);
  const [before, now] = [held?.before ?? 0, held?.quote.totals.total ?? 0].map((total) => money(total, place, i18n.locale));
  return (
    <>
      {held && !held.isEnding && (
        <p className="held">
          <Trans>Yours at this price until {until}.</Trans>
        </p>
      )}
      <div role="status">
        {held?.before != null && (
          <p className="notice">
            <Trans>
              The price has changed: {before} → {now}. Nothing was ordered: look over it, and order again.
            </Trans>
          </p>
        )}
        {standing.is === 'BARRED' && (
          <ul className="notice">
            {[...new Set(standing.problems.map((problem) => problemInWords(i18n, place, problem)))].map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )}
        {(held?.isEnding || standing.is === 'LAPSED') && (
          <div className="notice">
            <p>
              {held ? <Trans>Yours at this price until {until} only.</Trans> : <Trans>It isn't held for you any more. You can still order, if it is there.</Trans>}
            </p>
            <button type="button" className="button" onClick={() => quoting.again()}>
              {held ? <Trans>Hold it for longer</Trans> : <Trans>Hold it again</Trans>}
            </button>
          </div>
        )}
      </div>
    </>
  );
}
