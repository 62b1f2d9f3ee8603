import { Trans } from '@lingui/react/macro';
import { type FormEvent, type ReactNode, useState } from 'react';

/** Asks why, with the usual reasons a tap away. */
export function ReasonForm({ usual, isNeeded, submit, label, close }: { usual: readonly string[]; isNeeded: boolean; submit: (reason: string | null) => void; label: ReactNode; close: () => void }) {
  const [reason, setReason] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit(reason.trim() || null);
    close();
  };
  return (
    <form onSubmit={send}>
      <label className="field">
        <Trans>Reason</Trans>
        <input value={reason} required={isNeeded} maxLength={200} autoComplete="off" onChange={(event) => setReason(event.target.value)} />
      </label>
      <div className="reasons">
        {usual.map((one) => (
          <button key={one} type="button" className="button" aria-pressed={reason === one} onClick={() => setReason(one)}>
            {one}
          </button>
        ))}
      </div>
      <div className="buttons">
        <button type="button" className="button" onClick={close}>
          <Trans>Cancel</Trans>
        </button>
        <button type="submit" className="button main" disabled={isNeeded && !reason.trim()}>
          {label}
        </button>
      </div>
    </form>
  );
}
