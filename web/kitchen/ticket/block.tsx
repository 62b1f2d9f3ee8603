import { Trans, useLingui } from '@lingui/react/macro';
import type { StationFragment } from '../gql/graphql.ts';
import type { Block, Half, Otherwise } from './items.rules.ts';
import { configurationOf, nameOf, statusAt, whereIs } from './items.rules.ts';
import { wallTime } from '../../shared/time/time.ts';
import { useKitchen } from '../kitchen.tsx';
import { Picture } from './picture.tsx';
import { otherwiseWords, sizeLetter, statusWord } from './words.ts';

interface Tapped {
  readonly block: Block;
  readonly station: StationFragment;
  readonly stations: readonly StationFragment[];
  readonly tap: (block: Block) => void;
}

/** One configuration of a dish. A tap on it does its task at the station, or takes that back. */
export function BlockOfTicket({ block, station, stations, tap }: Tapped) {
  const { i18n } = useLingui();
  const status = statusAt(block, station.id);
  const where = stations.find(({ id }) => id === whereIs(block))?.name;
  const isGone = block.change === 'REMOVED';
  const canTap = !isGone && status !== undefined && status !== 'WAITING';
  const inside = (
    <>
      <span className="pic">
        <Picture made={block.made} />
      </span>
      <span className="what">
        <b>
          <span className="quantity number">{block.quantity}×</span> {block.made.secondHalf ? <Trans>Half and half</Trans> : block.name} <i>{sizeLetter(i18n, block.made.size)}</i>
          {status === 'DONE' && <span className="tick" aria-hidden="true">✓</span>}
          {status === 'STARTED' && <span className="begun" aria-hidden="true">◐</span>}
        </b>
        <Changed block={block} />
        {block.note && <small className={block.isAllergy ? 'allergy' : 'said'}>{block.isAllergy ? `⚠ ${block.note}` : <q>{block.note}</q>}</small>}
        <Options options={block.options} />
        {block.halves && (
          <>
            <HalfOfBlock half={block.halves.left} side={<Trans>LEFT</Trans>} />
            <HalfOfBlock half={block.halves.right} side={<Trans>RIGHT</Trans>} />
          </>
        )}
        <span className="unseen">{status && !isGone ? `, ${statusWord(i18n, status)}` : ''}</span>
        {status === 'WAITING' && <small className="coming"><Coming block={block} isHere={whereIs(block) === station.id} where={where} /></small>}
      </span>
    </>
  );
  const name = `block ${isGone ? 'gone' : (status ?? 'elsewhere').toLowerCase()}`;
  return (
    <li className={name}>
      {canTap ? (
        <button type="button" aria-pressed={status === 'DONE'} onClick={() => tap(block)}>
          {inside}
        </button>
      ) : (
        <div>{inside}</div>
      )}
    </li>
  );
}

/** Where something is that isn't here yet, or when it may begin. */
function Coming({ block, isHere, where }: { block: Block; isHere: boolean; where: string | undefined }) {
  const { i18n } = useLingui();
  const { place } = useKitchen();
  const time = wallTime(block.lines[0]?.fireAt ?? '', place.timeZone, i18n.locale);
  return isHere ? <Trans>from {time}</Trans> : <Trans>at {where}</Trans>;
}

function Options({ options }: { options: readonly Otherwise[] }) {
  const { i18n } = useLingui();
  return (
    <>
      {options.map((option) => (
        <small key={option.name + option.how} className={option.how.toLowerCase()}>
          {option.how === 'NO' ? <s>{otherwiseWords(i18n, option)}</s> : <u>{otherwiseWords(i18n, option)}</u>}
        </small>
      ))}
    </>
  );
}

function HalfOfBlock({ half, side }: { half: Half; side: React.ReactNode }) {
  return (
    <span className="half">
      <small>
        <b className="side">{side}</b> {half.name}
      </small>{' '}
      <Options options={half.options} />
    </span>
  );
}

/** What was changed since the kitchen had it: how many before, or what before. */
function Changed({ block: { change, before, made } }: { block: Block }) {
  if (!change) return null;
  if (change === 'REMOVED') return <small className="changed"><ins><Trans>not wanted any more</Trans></ins></small>;
  if (change === 'ADDED' || !before) return <small className="changed"><ins><Trans>added</Trans></ins></small>;
  const isOnlyMore = configurationOf(before) === configurationOf(made);
  return (
    <small className="changed">
      <del>{isOnlyMore ? `${before.quantity}×` : `${before.quantity}× ${nameOf(before)}`}</del> <ins>{made.quantity}×</ins> <Trans>changed</Trans>
    </small>
  );
}
