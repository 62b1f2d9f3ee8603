import { Trans } from '@lingui/react/macro';
import { useTime } from '../clock/ticker.ts';
import type { Undoable } from './use-deeds.ts';

const shownFor = 3_000; // ms; the key takes it back later, too

/** Takes the last bump back, for as long as one notices a slip. */
export function UndoChip({ undoable, undo }: { undoable: Undoable | null; undo: () => void }) {
  const isShown = useTime((now) => undoable !== null && now - undoable.at < shownFor + 1_000);
  if (!undoable || !isShown) return null;
  const { number } = undoable;
  return (
    <button type="button" className="undo-chip" onClick={undo}>
      <span aria-hidden="true">↶</span> <Trans>Undo {number}</Trans> <kbd aria-hidden="true">U</kbd>
    </button>
  );
}
