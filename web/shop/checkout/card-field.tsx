import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { type CardField as Field, type CardProblem, type Cards, isCard } from './cards.ts';
import { lookOf } from './look.ts';
import './card-field.css';

/** Where a card is written, from the first time that it is chosen: whoever looks at another way to pay finds it as it was. */
export function CardField({ cards: { field }, pay, cash }: { cards: Cards; pay: string; cash?: () => void }) {
  const [wasChosen, setChosen] = useState(false);
  const isChosen = isCard(pay);
  if (isChosen && !wasChosen) setChosen(true);
  if (!field || !(isChosen || wasChosen)) return null;
  return (
    <div className="card-field" hidden={!isChosen}>
      <Written field={field} {...(cash && { cash })} />
    </div>
  );
}

function Written({ field, cash }: { field: Field; cash?: () => void }) {
  const { t } = useLingui();
  const frame = useRef<HTMLDivElement>(null);
  const state = useSyncExternalStore(field.watch, field.state);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const at = frame.current;
    if (!at) return;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const repaint = () => field.paint(lookOf(at));
    dark.addEventListener('change', repaint);
    const unmount = field.mount(at, lookOf(at));
    return () => {
      dark.removeEventListener('change', repaint);
      unmount();
    };
  }, [field, tries]);
  const problem = state.is === 'READY' ? state.problem : null;
  return (
    <>
      <div className="frame" ref={frame} role="group" aria-label={t`Your card`} aria-busy={state.is === 'COMING'} hidden={state.is === 'UNAVAILABLE'} data-wrong={problem !== null} />
      {state.is === 'COMING' && (
        <p role="status">
          <Trans>The field for your card is coming…</Trans>
        </p>
      )}
      {problem && (
        <p className="wrong" role="alert">
          <Wrong problem={problem} />
        </p>
      )}
      {state.is === 'UNAVAILABLE' && (
        <div className="notice" role="alert">
          <p>
            <Trans>The field for your card didn't come. You were not charged.</Trans>
          </p>
          <button type="button" className="button" onClick={() => setTries(tries + 1)}>
            <Trans>Try again</Trans>
          </button>
          {cash && (
            <button type="button" className="button" onClick={cash}>
              <Trans>Pay in cash</Trans>
            </button>
          )}
        </div>
      )}
    </>
  );
}

function Wrong({ problem: { text, wasPaying } }: { problem: CardProblem }) {
  if (text === null) return <Trans>Your card can't be checked at the moment. You were not charged. Try again.</Trans>;
  return (
    <>
      {text} {wasPaying && <Trans>You were not charged.</Trans>}
    </>
  );
}
