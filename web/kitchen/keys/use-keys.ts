import { useEffect, useRef } from 'react';
import { type Cells, pageOf } from '../board/cells.rules.ts';
import type { useDeeds } from '../board/use-deeds.ts';
import type { Blocks } from '../board/use-laid-out.ts';
import { useSettings } from '../screen.tsx';
import { cellOf, type Command, commandOf, commands, moved } from './keymap.rules.ts';

interface Keyed {
  readonly cells: Cells;
  readonly page: number;
  readonly columns: number;
  readonly perPage: number;
  readonly selected: string | null;
  readonly select: (ticketId: string | null) => void;
  readonly deeds: ReturnType<typeof useDeeds>;
  readonly blocks: Blocks;
  readonly turn: () => void;
  readonly toggleSide: () => void;
}

/** The command that bumps a cell of a page, from 0; null beyond the ninth. */
export const bumpCommand = (cell: number): Command | null => commands.find((command) => cellOf(command) === cell) ?? null;

/** Has keys do what the map says, while nobody types and no dialog is open. */
export function useKeys(keyed: Keyed) {
  const [{ keys, isKeyed }] = useSettings();
  const latest = useRef(keyed);
  useEffect(() => {
    latest.current = keyed;
  });
  useEffect(() => {
    if (!isKeyed) return;
    const press = (event: KeyboardEvent) => {
      const { target, key, ctrlKey, altKey, metaKey, repeat } = event;
      const isElsewhere = (target instanceof Element && target.matches('input, textarea, select, [contenteditable]')) || document.querySelector('dialog[open]') !== null;
      const command = commandOf(keys, { key, ctrlKey, altKey, metaKey, repeat, isElsewhere });
      if (!command) return;
      event.preventDefault();
      does(command, latest.current);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [keys, isKeyed]);
}

function does(command: Command, { cells, page, columns, perPage, selected, select, deeds, blocks, turn, toggleSide }: Keyed) {
  const shown = pageOf(cells, page, Math.min(perPage, Math.max(cells.length, 1)));
  const bumped = cellOf(command);
  if (bumped !== null) {
    const id = shown[bumped]?.id;
    if (id) deeds.onTickets.bump(id);
    return;
  }
  // Without a ticket chosen, the first one is meant.
  const id = shown.some((part) => part?.id === selected) ? selected : (shown.find((part) => part !== null)?.id ?? null);
  switch (command) {
    case 'LEFT':
    case 'RIGHT':
    case 'UP':
    case 'DOWN':
      return select(next(shown, command, selected, columns));
    case 'UNDO':
      return deeds.undo();
    case 'RECALL':
      return deeds.ask({ is: 'RECALL' });
    case 'SHEET':
      return deeds.ask({ is: 'SHEET' });
    case 'PAGE':
      return turn();
    case 'ALL_DAY':
      return toggleSide();
  }
  if (!id) return;
  if (command === 'ITEM') {
    const todo = blocks.get(id)?.flat().find(({ lines }) => lines.some(({ tasks }) => tasks.some(({ status }) => status === 'QUEUED' || status === 'STARTED')));
    if (todo) deeds.onTickets.tap(id, todo);
  } else if (command === 'RUSH') deeds.ask({ is: 'RUSH', ticketId: id });
  else if (command === 'HOLD' || command === 'FIRE' || command === 'SEEN') deeds.simply(id, { kind: command });
}

/** Goes on over gaps and the further cells of a long ticket, until there is another one. */
function next(shown: Cells, command: Command, selected: string | null, columns: number): string | null {
  let at = shown.findIndex((part) => part?.id === selected && part?.part === 0);
  if (at < 0) return shown.find((part) => part !== null)?.id ?? null;
  for (;;) {
    const to = moved(at, command, columns, shown.length);
    if (to === at) return selected;
    at = to;
    const there = shown[at];
    if (there && there.id !== selected) return there.id;
  }
}
