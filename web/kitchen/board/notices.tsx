import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { refusal } from '../../shared/api/refusals.ts';
import { useBoardConnection, useKitchen, useTickets, useWaiting } from '../kitchen.tsx';
import { useScreen } from '../screen.tsx';
import { deedWord } from '../ticket/words.ts';
import { whyNot } from './why-not.ts';
import './notices.css';

/** What was done here and didn't become so, until somebody has seen it; and what is yet to be sent. */
export function Notices() {
  const { i18n } = useLingui();
  const { queue } = useKitchen();
  const { ask, who } = useScreen();
  const isOnlooker = who.is === 'WORKER' && !who.mayAct;
  const tickets = useTickets();
  const connection = useBoardConnection();
  const { actions, notices, failure, isKept } = useWaiting();
  const refused = connection.is === 'refused' ? connection.code : failure === 'UNAUTHENTICATED' || failure === 'FORBIDDEN' ? failure : null;
  return (
    <section className="notices" aria-live="polite">
      {refused && (
        <p className="bad" role="alert">
          {refusal(i18n, refused)}{' '}
          <button type="button" className="button" onClick={ask}>
            <Trans>Sign in</Trans>
          </button>
        </p>
      )}
      {notices.map(({ id, ticketId, kind, outcome, reason }) => {
        const number = tickets.get(ticketId)?.order.number ?? '?';
        const deed = deedWord(i18n, kind);
        return (
          <p key={id} className="bad" role="alert">
            <span>
              <b className="number">{number}</b>{' '}
              {outcome === 'CONFLICT' ? <Trans>“{deed}” was not done: the order had changed meanwhile.</Trans> : <Trans>“{deed}” can't be done.</Trans>}{' '}
              {reason && whyNot(i18n, reason)}
            </span>
            <button type="button" className="button" onClick={() => void queue.seen(id)}>
              <Trans>Seen</Trans>
            </button>
          </p>
        );
      })}
      {isOnlooker && (
        <p>
          <Trans>This account looks on: cooks and managers tap.</Trans>
        </p>
      )}
      {actions.length > 0 && failure && (
        <p className="unsent">
          {failure !== 'UNREACHABLE' && <span>{refusal(i18n, failure)}</span>}
          {isKept ? (
            <Plural value={actions.length} one="# tap is kept on this screen, and sent when the network is back." other="# taps are kept on this screen, and sent when the network is back." />
          ) : (
            <Plural value={actions.length} one="# tap is not sent yet. This browser keeps nothing: don't close the page." other="# taps are not sent yet. This browser keeps nothing: don't close the page." />
          )}
        </p>
      )}
    </section>
  );
}
