import type { Fulfillment, TicketFragment, TicketItemFragment } from '../gql/graphql.ts';

/** Whether a ticket will keep its promise. */
export type Urgency = 'ok' | 'soon' | 'late';

/** How a ticket stands to its promise. */
export interface Slack {
  readonly urgency: Urgency;
  /** Until it is due, in whole minutes; below zero it is late by so many. */
  readonly minutesLeft: number;
}

/** How long a task takes at each station, in ms, by the station's id. */
export type Takes = ReadonlyMap<string, number>;

const minute = 60_000;
const untilLearned = 2 * minute;
const longest = 4 * minute; // what lay there for longer waited for most of that
const enough = 5;

// A driver who waits costs more than a guest who does.
const soonBelow: Readonly<Record<Fulfillment, number>> = { DELIVERY: 4 * minute, PICKUP: 3 * minute };

/** What tasks took of late at each station, from the tickets on the board: the middle one of those that can be believed. */
export function takesOf(tickets: Iterable<TicketFragment>): Takes {
  const took = new Map<string, number[]>();
  for (const task of [...tickets].flatMap(({ items }) => items).flatMap(({ tasks }) => tasks)) {
    if (!task.startedAt || !task.doneAt || task.isTooFast) continue;
    took.set(task.station.id, [...(took.get(task.station.id) ?? []), Date.parse(task.doneAt) - Date.parse(task.startedAt)]);
  }
  const middles = [...took].filter(([, all]) => all.length >= enough).map(([id, all]) => [id, all.toSorted((a, b) => a - b)[all.length >> 1] ?? 0] as const);
  return new Map(middles.map(([id, ms]) => [id, Math.min(ms, longest)]));
}

/** What is left to be done, in ms: of the line that takes longest, but no more than was planned for it. */
export function workLeft({ items, dueAt }: Pick<TicketFragment, 'items' | 'dueAt'>, takes: Takes): number {
  const left = ({ tasks, fireAt }: TicketItemFragment) => {
    const work = tasks.reduce((sum, { status, station }) => sum + parts[status] * (takes.get(station.id) ?? untilLearned), 0);
    return Math.min(work, Math.max(0, Date.parse(dueAt) - Date.parse(fireAt)));
  };
  return Math.max(0, ...items.filter(({ change }) => change !== 'REMOVED').map(left));
}

const parts = { WAITING: 1, QUEUED: 1, STARTED: 0.5, DONE: 0 } as const;

/** By the slack: until it is due, less the work that is left. By age, each scheduled order would be late. */
export function slackOf(ticket: TicketFragment, takes: Takes, now: number): Slack {
  const left = Date.parse(ticket.dueAt) - now;
  const slack = left - workLeft(ticket, takes);
  const urgency = left < 0 || slack < 0 ? 'late' : slack < soonBelow[ticket.order.fulfillment] ? 'soon' : 'ok';
  return { urgency, minutesLeft: left < 0 ? Math.floor(left / minute) : Math.ceil(left / minute) };
}

/** Shapes that tell the three apart without colour. */
export const icons: Readonly<Record<Urgency, string>> = { ok: '●', soon: '◆', late: '▲' };
