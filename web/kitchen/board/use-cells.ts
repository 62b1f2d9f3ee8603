import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Cells, placed, stillFor, type Wanted } from './cells.rules.ts';

/** Where tickets lie. Nothing moves before the last touch is a second ago. */
export function useCells(wanted: readonly Wanted[], perPage: number): Cells {
  const [cells, setCells] = useState<Cells>([]);
  const touchedAt = useRef(-Infinity);
  const [stillness, setStillness] = useState(0);
  useEffect(() => {
    let later: ReturnType<typeof setTimeout> | undefined;
    const touched = () => {
      touchedAt.current = performance.now();
      clearTimeout(later);
      later = setTimeout(() => setStillness((before) => before + 1), stillFor);
    };
    addEventListener('pointerdown', touched);
    addEventListener('keydown', touched);
    return () => {
      clearTimeout(later);
      removeEventListener('pointerdown', touched);
      removeEventListener('keydown', touched);
    };
  }, []);
  useLayoutEffect(() => {
    const isStill = performance.now() - touchedAt.current >= stillFor;
    setCells((before) => placed(before, wanted, perPage, isStill));
  }, [wanted, perPage, stillness]);
  return cells;
}
