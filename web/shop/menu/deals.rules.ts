import type { DishFragment } from '../../shared/api/gql/graphql.ts';

/** The category that some dishes share, if they are so many that naming each would take long; null if there is none. */
export function categoryOf(ids: readonly string[], dishes: ReadonlyMap<string, Pick<DishFragment, 'category'>>): string | null {
  const known = new Set(ids.map((id) => dishes.get(id)?.category).filter((category) => category !== undefined));
  return ids.length > 2 && known.size === 1 ? [...known][0]! : null;
}

/** Days in the order of the week, those that follow each other together. */
export function weekdayRuns<Day>(week: readonly Day[], days: readonly Day[]): readonly (readonly Day[])[] {
  return week.reduce<readonly (readonly Day[])[]>((runs, day, i) => {
    if (!days.includes(day)) return runs;
    const goesOn = i > 0 && days.includes(week[i - 1]!);
    return goesOn ? [...runs.slice(0, -1), [...runs.at(-1)!, day]] : [...runs, [day]];
  }, []);
}
