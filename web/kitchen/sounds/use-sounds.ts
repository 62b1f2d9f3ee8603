import { useEffect, useRef } from 'react';
import { isOnBoard } from '../board/station.rules.ts';
import type { StationFragment, TicketFragment } from '../gql/graphql.ts';
import { serverNow, useBoardConnection, useKitchen, useWaiting } from '../kitchen.tsx';
import { useScreen } from '../screen.tsx';
import { shift } from '../shift/shift.ts';
import { slackOf, type Takes, type Urgency } from '../ticket/slack.rules.ts';
import { becameLate, type Sound, soundOf } from './sounds.rules.ts';

const every = 5_000; // ms between looks at who has become late

/** Has a station's board be heard: what comes, what changes, what becomes late, and when it isn't live. */
export function useSounds({ station, tickets, takes }: { station: StationFragment; tickets: readonly TicketFragment[]; takes: Takes }) {
  const { board } = useKitchen();
  const { store } = useScreen();
  const connection = useBoardConnection().is;
  const { notices } = useWaiting();
  const latest = useRef({ tickets, takes });
  useEffect(() => {
    latest.current = { tickets, takes };
  });
  useEffect(() => {
    const onBoard = new Set(latest.current.tickets.map(({ id }) => id));
    return board.listen(({ type, ticket }) => {
      const isThere = isOnBoard(ticket, station);
      const sound = soundOf(type, isThere, onBoard.has(ticket.id));
      if (isThere) onBoard.add(ticket.id);
      else onBoard.delete(ticket.id);
      if (sound) play(sound);
    });
    function play(sound: Sound) {
      if (store.settings().sounds[sound]) shift.player.play(sound);
    }
  }, [board, station, store]);
  useEffect(() => {
    const before = new Map<string, Urgency>();
    const look = () => {
      for (const ticket of latest.current.tickets) {
        const { urgency } = slackOf(ticket, latest.current.takes, serverNow());
        if (becameLate(before.get(ticket.id), urgency) && store.settings().sounds.LATE) shift.player.play('LATE');
        before.set(ticket.id, urgency);
      }
    };
    const timer = setInterval(look, every);
    return () => clearInterval(timer);
  }, [store]);
  useEffect(() => {
    if (connection === 'broken' && store.settings().sounds.NOT_LIVE) shift.player.play('NOT_LIVE');
  }, [connection, store]);
  useEffect(() => {
    if (notices.length && store.settings().sounds.REFUSED) shift.player.play('REFUSED');
  }, [notices.length, store]);
}
