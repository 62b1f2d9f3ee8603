import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { paths } from '../routes.ts';
import { useSettings } from '../screen.tsx';
import { Modal } from '../shell/modal.tsx';
import { commands, keyCap } from './keymap.rules.ts';
import { commandWords } from './words.ts';
import './keys.css';

/** What each key does. */
export function KeySheet() {
  const { i18n } = useLingui();
  const [{ keys }] = useSettings();
  return (
    <dl className="key-sheet">
      {commands.map((command) => (
        <div key={command}>
          <dt>{keys[command] ? <kbd>{keyCap(keys[command])}</kbd> : '–'}</dt>
          <dd>{commandWords(i18n, command)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function SheetDialog({ close }: { close: () => void }) {
  const [{ isKeyed }] = useSettings();
  return (
    <Modal title={<Trans>Keys</Trans>} close={close} isWide>
      {!isKeyed && (
        <p>
          <Trans>Keys are switched off in the settings.</Trans>
        </p>
      )}
      <KeySheet />
      <div className="buttons">
        <Link className="button" href={paths.keys()}>
          <Trans>To print</Trans>
        </Link>
        <button type="button" className="button main" onClick={close}>
          <Trans>Close</Trans>
        </button>
      </div>
    </Modal>
  );
}

/** The sheet, to be printed and hung beside the bump bar. */
export function KeysPage() {
  return (
    <main className="page sheet-page">
      <header>
        <h1>
          <Trans>Keys of the kitchen's screen</Trans>
        </h1>
        <p className="not-printed">
          <Link className="button" href={paths.board()}>
            <Trans>To the board</Trans>
          </Link>{' '}
          <button type="button" className="button main" onClick={() => print()}>
            <Trans>Print</Trans>
          </button>
        </p>
      </header>
      <KeySheet />
    </main>
  );
}
