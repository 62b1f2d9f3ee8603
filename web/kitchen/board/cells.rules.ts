/** Who wants a place: a ticket, and how many cells it is long. */
export interface Wanted {
  readonly id: string;
  readonly cells: number;
  /** It goes before the others, once nobody's finger is near. */
  readonly isFirst: boolean;
}

/** The cells of all pages, one after another: which ticket lies there, and which of its parts. Null is a gap. */
export type Cells = readonly (Part | null)[];

export interface Part {
  readonly id: string;
  /** From 0; a part behind the first goes on from the cell before, at a torn edge. */
  readonly part: number;
  readonly of: number;
}

/** For so long after the last touch nothing moves, in ms. */
export const stillFor = 1_000;

/**
 * Where tickets lie. Who has a place keeps it while fingers are near; new ones take the first free cells. Once all is still, gaps close, in the
 * order of the cells, tickets that grew get their length, and what is rushed goes first. `wanted` is in the order in which new ones come.
 */
export function placed(before: Cells, wanted: readonly Wanted[], perPage: number, isStill: boolean): Cells {
  const byId = new Map(wanted.map((one) => [one.id, one]));
  const cells: (Part | null)[] = before.map((part) => (part && byId.has(part.id) ? part : null));
  const there = new Set(cells.flatMap((part) => (part ? [part.id] : [])));
  const news = wanted.filter(({ id }) => !there.has(id));
  if (isStill) return kept(before, laidOut([...inCells(cells, byId), ...news], perPage));
  for (const one of news) put(cells, one, perPage);
  while (cells.length && cells.at(-1) === null) cells.pop();
  return kept(before, cells);
}

/** All anew, without gaps but those at the ends of pages. */
export function laidOut(wanted: readonly Wanted[], perPage: number): Cells {
  const cells: (Part | null)[] = [];
  for (const one of [...wanted.filter(({ isFirst }) => isFirst), ...wanted.filter(({ isFirst }) => !isFirst)]) put(cells, one, perPage);
  return cells;
}

/** The cells of a page, as many as it has; pages count from 0. */
export function pageOf(cells: Cells, page: number, perPage: number): Cells {
  return Array.from({ length: perPage }, (_, i) => cells[page * perPage + i] ?? null);
}

export const pageCount = (cells: Cells, perPage: number) => Math.max(1, Math.ceil(cells.length / perPage));

function inCells(cells: Cells, byId: ReadonlyMap<string, Wanted>): readonly Wanted[] {
  return cells.flatMap((part) => (part?.part === 0 ? [byId.get(part.id)].filter((one) => one !== undefined) : []));
}

/** Takes the first free cells in a row; not over the end of a page, if it fits on one. */
function put(cells: (Part | null)[], { id, cells: length }: Wanted, perPage: number) {
  let at = 0;
  while (!isFree(cells, at, length, perPage)) at++;
  while (cells.length < at + length) cells.push(null);
  for (let part = 0; part < length; part++) cells[at + part] = { id, part, of: length };
}

function isFree(cells: Cells, at: number, length: number, perPage: number): boolean {
  const fits = length > perPage ? at % perPage === 0 : Math.floor(at / perPage) === Math.floor((at + length - 1) / perPage);
  return fits && Array.from({ length }, (_, i) => cells[at + i] ?? null).every((part) => part === null);
}

// What didn't change stays the same object: nothing is drawn for it.
function kept(before: Cells, now: Cells): Cells {
  const isSame = before.length === now.length && before.every((part, i) => part?.id === now[i]?.id && part?.part === now[i]?.part && part?.of === now[i]?.of);
  return isSame ? before : now;
}
