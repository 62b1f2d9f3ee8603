import type { KitchenActionInput, TaskStatus, TicketFragment, TicketItemFragment } from '../gql/graphql.ts';

type Task = TicketItemFragment['tasks'][number];

/** What an action names: tasks, or all of the ticket at stations, or all of it. */
type Choice = Pick<KitchenActionInput, 'taskIds' | 'stationIds'>;

const isBegun = ({ status }: Task) => status === 'STARTED' || status === 'DONE';

const isChosen = ({ taskIds, stationIds }: Choice, task: Task) =>
  (!taskIds?.length || taskIds.includes(task.id)) && (!stationIds?.length || stationIds.includes(task.station.id));

/**
 * The server's ticket, with what was done to it on this screen and isn't answered yet. Only what is seen of it follows: what can't be done is
 * left for the server to refuse.
 */
export function laidOver(ticket: TicketFragment, actions: readonly KitchenActionInput[]): TicketFragment {
  return actions.filter(({ ticketId }) => ticketId === ticket.id).reduce(after, ticket);
}

function after(ticket: TicketFragment, action: KitchenActionInput): TicketFragment {
  const { kind, at, reason = null } = action;
  switch (kind) {
    case 'START':
      return change(ticket, at, (task) => (task.status === 'QUEUED' && isChosen(action, task) ? { ...task, status: 'STARTED', startedAt: at } : task));
    case 'DONE':
    case 'BUMP': {
      const ended = new Set(endedBy(ticket, action));
      return change(ticket, at, (task) => (ended.has(task.id) ? { ...task, status: 'DONE', doneAt: at, doneBy: null } : task));
    }
    case 'UNDO':
      return change(ticket, at, (task) => (isBegun(task) && isChosen(action, task) ? before(task) : task));
    case 'RECALL':
      return { ...change(ticket, at, (task) => (task.status === 'DONE' && isChosen(action, task) ? before(task) : task)), isRecalled: true, recallReason: reason };
    case 'RUSH':
      return { ...fired(ticket, at), isRush: true, rushReason: reason };
    case 'FIRE':
      return fired(ticket, at);
    case 'HOLD':
      return held(ticket, at, action.minutes ?? 10);
    case 'SEEN':
      return { ...ticket, isChanged: false, items: ticket.items.filter((item) => item.change !== 'REMOVED').map((item) => ({ ...item, change: null, before: null })) };
    default:
      return ticket; // a kind that is newer than this page
  }
}

/** The tasks that a BUMP or DONE ends: what is at hand at the stations, or, where a reason is given, all that is left. */
export function endedBy(ticket: TicketFragment, { kind, taskIds, stationIds, reason }: Choice & Pick<KitchenActionInput, 'kind' | 'reason'>): readonly string[] {
  const open = ticket.items.flatMap(({ tasks }) => tasks).filter(({ status }) => status !== 'DONE');
  const chosen = open.filter((task) => isChosen({ taskIds, stationIds }, task));
  if (kind === 'BUMP' && stationIds?.length) {
    if (reason && chosen.some(({ status }) => status === 'WAITING')) return open.map(({ id }) => id);
    return chosen.filter(({ status }) => status !== 'WAITING').map(({ id }) => id);
  }
  return chosen.map(({ id }) => id);
}

function before(task: Task): Task {
  const wasStarted = task.status === 'DONE' && task.startedAt;
  return { ...task, status: wasStarted ? 'STARTED' : 'QUEUED', startedAt: wasStarted ? task.startedAt : null, doneAt: null, doneBy: null };
}

function fired(ticket: TicketFragment, at: string): TicketFragment {
  const items = ticket.items.map((item) =>
    item.tasks[0]?.status === 'WAITING' ? { ...item, fireAt: at, tasks: item.tasks.map((task, step) => (step ? task : { ...task, status: 'QUEUED' as const })) } : item,
  );
  return change({ ...ticket, items, fireAt: at }, at, (task) => task);
}

function held(ticket: TicketFragment, at: string, minutes: number): TicketFragment {
  const later = (fireAt: string) => new Date(Math.max(Date.parse(fireAt), Date.parse(at)) + minutes * 60_000).toISOString();
  const items = ticket.items.map((item) =>
    item.tasks.some(isBegun)
      ? item
      : { ...item, fireAt: later(item.fireAt), tasks: item.tasks.map((task): Task => ({ ...task, status: 'WAITING' })) },
  );
  const fireAt = items.map((item) => item.fireAt).toSorted()[0] ?? ticket.fireAt;
  return change({ ...ticket, items, fireAt }, at, (task) => task);
}

/** Changes tasks, and what follows from them: who comes next in each line, and where the ticket stands. */
function change(ticket: TicketFragment, at: string, to: (task: Task) => Task): TicketFragment {
  const items = ticket.items.map((item) => ({ ...item, tasks: inOrder(item.tasks.map(to)) }));
  const tasks = items.flatMap((item) => item.tasks);
  const isDone = tasks.every(({ status }) => status === 'DONE');
  const isOpen = items.some((item) => item.tasks[0] && item.tasks[0].status !== 'WAITING');
  const status = ticket.status === 'CANCELLED' ? 'CANCELLED' : isDone ? 'DONE' : isOpen ? 'OPEN' : 'HELD';
  return { ...ticket, items, status, closedAt: status === 'DONE' ? (ticket.closedAt ?? at) : status === 'CANCELLED' ? ticket.closedAt : null };
}

function inOrder(tasks: readonly Task[]): readonly Task[] {
  const seen: Task[] = [];
  for (const task of tasks) {
    const previous = seen.at(-1);
    const status: TaskStatus = !previous || isBegun(task) ? task.status : previous.status === 'DONE' ? 'QUEUED' : 'WAITING';
    seen.push(status === task.status ? task : { ...task, status });
  }
  return seen;
}
