/** A day at a location, by its own clocks. */
export interface Day {
  /** "2026-12-24" */
  readonly date: string;
  /** When it begins, or up to two hours before: RFC 3339. */
  readonly from: string;
}

const hour = 3_600_000;

/** What calendars show there. */
export function dateThere(at: number | string, timeZone: string): string {
  return new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone }).format(new Date(at)); // which writes dates as ISO does
}

/** Today and so many days after it. Of today, from now on. */
export function daysAhead(now: number, timeZone: string, ahead: number): readonly Day[] {
  const [year, month, day] = dateThere(now, timeZone).split('-').map(Number) as [number, number, number];
  return Array.from({ length: ahead + 1 }, (_, i) => {
    const noon = Date.UTC(year, month - 1, day + i, 12);
    const date = new Date(noon).toISOString().slice(0, 10);
    if (i === 0) return { date, from: new Date(now).toISOString() };
    const shown = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(noon);
    const ahead = Date.parse(`${shown.replace(' ', 'T')}Z`) - noon;
    return { date, from: new Date(noon - 12 * hour - ahead - hour).toISOString() }; // clocks may be changed by an hour that day
  });
}

export interface SlotThere {
  readonly start: string;
  readonly end: string;
  readonly isFree: boolean;
}

/** The slots that begin on a day. */
export const ofDay = <S extends SlotThere>(slots: readonly S[], date: string, timeZone: string) =>
  slots.filter(({ start }) => dateThere(start, timeZone) === date);
