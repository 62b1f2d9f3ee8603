import type { TicketChange } from '../board/board.feed.ts';
import type { Urgency } from '../ticket/slack.rules.ts';

/** What can be heard. */
export const sounds = ['NEW', 'CHANGED', 'RUSH', 'RECALLED', 'LATE', 'REFUSED', 'NOT_LIVE'] as const;

export type Sound = (typeof sounds)[number];

/** One tone: how high in Hz, how long in ms; 0 Hz is a pause. */
export type Tone = readonly [hertz: number, ms: number];

/** Each its own, told apart by rhythm as well: a kitchen is loud. */
export const tunes: Readonly<Record<Sound, readonly Tone[]>> = {
  NEW: [[784, 120], [0, 40], [1047, 220]],
  CHANGED: [[880, 90], [0, 50], [880, 90], [0, 50], [660, 180]],
  RUSH: [[1175, 80], [0, 40], [1175, 80], [0, 40], [1175, 80], [0, 40], [1568, 220]],
  RECALLED: [[1047, 140], [0, 40], [784, 140], [0, 40], [587, 260]],
  LATE: [[440, 320], [0, 80], [440, 320]],
  REFUSED: [[330, 160], [0, 60], [247, 320]],
  NOT_LIVE: [[220, 500]],
};

const told: Partial<Record<TicketChange['type'], Sound>> = { CHANGED: 'CHANGED', CANCELLED: 'CHANGED', RUSHED: 'RUSH', RECALLED: 'RECALLED' };

/** What a change of a ticket sounds like at a station that has it on its board now, and may have had it before; null: like nothing. */
export function soundOf(type: TicketChange['type'], isOnBoard: boolean, wasOnBoard: boolean): Sound | null {
  if (!isOnBoard && !wasOnBoard) return null;
  return told[type] ?? (isOnBoard && !wasOnBoard && type !== 'UNDONE' ? 'NEW' : null);
}

/** Whether a ticket has just become late. */
export const becameLate = (before: Urgency | undefined, now: Urgency) => before !== undefined && before !== 'late' && now === 'late';
