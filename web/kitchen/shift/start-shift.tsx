import { Trans } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { shift } from './shift.ts';
import './shift.css';

/** One tap, which browsers ask for: from then on the screen stays awake, and can be heard. */
export function StartShift() {
  const { isOn, isAwake } = useSyncExternalStore(shift.watch, shift.state);
  if (isOn) {
    return isAwake ? null : (
      <p className="shift-warning">
        <Trans>The screen may fall asleep</Trans>
      </p>
    );
  }
  return (
    <button type="button" className="start-shift" onClick={() => void shift.start()}>
      <span aria-hidden="true">🔇</span> <Trans>Start shift</Trans>
    </button>
  );
}
