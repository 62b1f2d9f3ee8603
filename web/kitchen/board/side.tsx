import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { AllDay } from '../counts/all-day.tsx';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { keyCap } from '../keys/keymap.rules.ts';
import { paths } from '../routes.ts';
import { useSettings } from '../screen.tsx';
import { Held } from './held.tsx';
import type { useDeeds } from './use-deeds.ts';

interface Shown {
  readonly tickets: readonly TicketFragment[];
  readonly station: StationFragment;
  readonly chosen: string | null;
  readonly choose: (name: string | null) => void;
  readonly deeds: ReturnType<typeof useDeeds>;
}

/** Beside the board: how much there is in all, what waits for its time, and what else one can do. */
export function Side({ tickets, station, chosen, choose, deeds }: Shown) {
  const { t } = useLingui();
  const [{ keys, isKeyed }] = useSettings();
  const cap = (key: string) => isKeyed && key && <kbd aria-hidden="true">{keyCap(key)}</kbd>;
  return (
    <aside className="day" aria-label={t`In all`}>
      <div className="amounts">
        <AllDay {...{ tickets, station, chosen, choose }} />
        <Held tickets={tickets} act={(id, kind) => deeds.simply(id, { kind })} />
      </div>
      <div className="doings">
        <button type="button" className="wide" onClick={() => deeds.ask({ is: 'RECALL' })}>
          <Trans>Recall</Trans> {cap(keys.RECALL)}
        </button>
        <button type="button" onClick={() => deeds.ask({ is: 'SHEET' })}>
          <Trans>Keys</Trans> {cap(keys.SHEET)}
        </button>
        <Link href={paths.settings()}>
          <Trans>Settings</Trans>
        </Link>
      </div>
    </aside>
  );
}
