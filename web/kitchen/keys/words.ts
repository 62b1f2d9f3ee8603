import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { cellOf, type Command } from './keymap.rules.ts';

const words: Readonly<Partial<Record<Command, MessageDescriptor>>> = {
  LEFT: msg`Choose the ticket on the left`, RIGHT: msg`Choose the ticket on the right`, UP: msg`Choose the ticket above`, DOWN: msg`Choose the ticket below`,
  ITEM: msg`Next item of the chosen ticket`, UNDO: msg`Undo the last bump`, RECALL: msg`Recall what was done`, HOLD: msg`Hold the chosen ticket 10 minutes`,
  FIRE: msg`Fire the chosen ticket now`, RUSH: msg`Rush the chosen ticket`, SEEN: msg`Its change was seen`, PAGE: msg`Next page`, ALL_DAY: msg`Show or hide the counts`,
  SHEET: msg`These keys`,
};

/** What a command does, in words. */
export function commandWords(i18n: I18n, command: Command): string {
  const cell = cellOf(command);
  if (cell !== null) return i18n._(msg`Bump cell ${cell + 1}`);
  const known = words[command];
  return known ? i18n._(known) : command;
}
