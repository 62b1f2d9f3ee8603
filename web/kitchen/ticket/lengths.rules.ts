import type { Block } from './items.rules.ts';

/** How many lines of text a block takes, in the height of a block of one line. */
export function linesOf({ name, options, halves, note, change, before }: Pick<Block, 'name' | 'options' | 'halves' | 'note' | 'change' | 'before'>): number {
  const half = (one: { readonly options: readonly unknown[] }) => 1 + Math.ceil(one.options.length / 2);
  const small = Math.ceil(options.length / 2) + (halves ? half(halves.left) + half(halves.right) : 0) + (note ? Math.ceil(note.length / 28) : 0) + (change || before ? 1 : 0);
  return Math.max(1, Math.ceil(name.length / 22) * 0.5 + small * 0.45);
}

/** The blocks of each cell that a ticket takes, in order; each cell holds so many lines, and at least one block. Notes take room in the first. */
export function inCells<B extends Parameters<typeof linesOf>[0]>(blocks: readonly B[], room: number, notes = 0): readonly (readonly B[])[] {
  const cells: B[][] = [[]];
  let left = room - notes;
  for (const block of blocks) {
    const lines = linesOf(block);
    if (lines > left && (cells.at(-1)?.length ?? 0) > 0) {
      cells.push([]);
      left = room;
    }
    cells.at(-1)?.push(block);
    left -= lines;
  }
  return cells;
}
