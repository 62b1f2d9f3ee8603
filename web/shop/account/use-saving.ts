import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { refusal } from '../../shared/api/refusals.ts';
import { announce } from '../../shared/ui/announce.tsx';

/** What a command of this page answered: null if it was done, or the code of why it wasn't. */
export type Done = string | null;

/** Sends one thing at a time, and says what became of it. */
export function useSaving() {
  const { t, i18n } = useLingui();
  const [isBusy, setBusy] = useState(false);
  const [code, setCode] = useState<Done>(null);
  const [isDone, setDone] = useState(false);
  const save = async (what: () => Promise<Done>) => {
    setBusy(true);
    setDone(false);
    const now = await what();
    setBusy(false);
    setCode(now);
    setDone(now === null);
    if (now === null) announce(t`Saved.`);
    return now === null;
  };
  return { isBusy, isDone, code, wrong: code && refusal(i18n, code), save };
}
