/** The time on a location's wall: "19:05". */
export function wallTime(at: string | number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit', timeZone }).format(new Date(at));
}

const recent = 12 * 3_600_000;

/** Since when something is so: the time there, with the day if it may be another than today. */
export function wallSince(at: number, timeZone: string, language: string): string {
  return Date.now() - at < recent ? wallTime(at, timeZone, language) : wallDate(at, timeZone, language);
}

/** The day and time there: "Fri 1 May, 19:05". */
export function wallDate(at: string | number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit', timeZone,
  }).format(new Date(at));
}

/** A day of the calendar, wherever it is: "Fri 1 May". */
export function wallDay(date: string, language: string): string {
  return new Intl.DateTimeFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(date));
}
