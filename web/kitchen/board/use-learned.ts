import { useState } from 'react';
import type { Takes } from '../ticket/slack.rules.ts';

const enough = 15_000; // ms of change that matter

/** What tasks take, which stays the same object until it has changed by so much that somebody might see it. */
export function useLearned(takes: Takes): Takes {
  const [held, hold] = useState(takes);
  const isNear = takes.size === held.size && [...takes].every(([id, ms]) => Math.abs(ms - (held.get(id) ?? Infinity)) < enough);
  if (!isNear) hold(takes);
  return isNear ? held : takes;
}
