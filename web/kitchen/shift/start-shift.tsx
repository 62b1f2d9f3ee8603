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
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M4 9h4l5-4v14l-5-4H4z" fill="currentColor" />
        <path d="m16 9 6 6m0-6-6 6" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
      </svg>{' '}
      <Trans>Start shift</Trans>
    </button>
  );
}
