import { useLayoutEffect, useRef, useState } from 'react';

/** How the board is divided. */
export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** How many blocks of one line a cell holds. */
  readonly room: number;
  /** It is too narrow for cells: tickets stand one below the other, each as long as it is. */
  readonly isList: boolean;
}

const least = { width: 17.5, height: 18 }; // rem of a cell
const around = 11.7; // rem of a cell that its head and foot take
const block = 3.63; // rem

const list: Grid = { columns: 1, rows: 1_000, room: Infinity, isList: true };

/** A grid that fits the size, in px, where a rem has so many. */
export function gridOf(width: number, height: number, rem: number): Grid {
  if (width < 2 * 17 * rem) return list;
  const columns = Math.max(2, Math.floor(width / (least.width * rem)));
  const rows = Math.max(1, Math.floor(height / (least.height * rem)));
  return { columns, rows, room: Math.max(1, (height / rows / rem - around) / block), isList: false };
}

/** Divides the element that has the ref, whenever its size changes. */
export function useGrid() {
  const element = useRef<HTMLDivElement>(null);
  const [grid, setGrid] = useState<Grid | null>(null);
  useLayoutEffect(() => {
    const measure = () => {
      const { clientWidth = 0, clientHeight = 0 } = element.current ?? {};
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      const next = gridOf(clientWidth, clientHeight, rem);
      setGrid((before) => (before && before.columns === next.columns && before.rows === next.rows && before.room === next.room ? before : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, grid: grid ?? list } as const;
}
