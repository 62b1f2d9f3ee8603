import { expect, test } from 'vitest';
import { cellOf, type Command, commandOf, commands, defaultKeys, keyCap, moved, type Pressed, remapped } from './keymap.rules.ts';

const press = (key: string, other: Partial<Pressed> = {}): Pressed => ({ key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, isElsewhere: false, ...other });

test.each([
  ['4', 'BUMP_4'], ['ArrowLeft', 'LEFT'], ['u', 'UNDO'], ['U', 'UNDO'], ['x', 'RUSH'], ['?', 'SHEET'], ['q', null], ['Enter', null],
] as const)('%s does %s', (key, command) => expect(commandOf(defaultKeys, press(key))).toBe(command));

test('no key does anything while somebody types, or with a modifier', () => {
  for (const other of [{ isElsewhere: true }, { ctrlKey: true }, { altKey: true }, { metaKey: true }]) expect(commandOf(defaultKeys, press('1', other))).toBeNull();
});

test('a key that is held moves on, but bumps once', () => {
  expect(commandOf(defaultKeys, press('1', { repeat: true }))).toBeNull();
  expect(commandOf(defaultKeys, press('ArrowRight', { repeat: true }))).toBe('RIGHT');
});

test('each command has a key of its own', () => expect(new Set(Object.values(defaultKeys)).size).toBe(commands.length));

test('a key goes from one command to another, and what keeps the page usable can not be taken', () => {
  const keys = remapped(defaultKeys, 'UNDO', 'H')!;
  expect(commandOf(keys, press('h'))).toBe('UNDO');
  expect(commandOf(keys, press('u'))).toBeNull();
  expect(keys.HOLD).toBe('');
  for (const key of ['Tab', 'Escape', 'Enter', ' ', 'Shift']) expect(remapped(defaultKeys, 'UNDO', key)).toBeNull();
});

test('arrows go by rows and columns, and stay on the page', () => {
  const from = (cell: number) => (['LEFT', 'RIGHT', 'UP', 'DOWN'] as Command[]).map((command) => moved(cell, command, 4, 8));
  expect(from(5)).toEqual([4, 6, 1, 5]);
  expect(from(0)).toEqual([0, 1, 0, 4]);
});

test('keys are written as on the keyboard', () => {
  expect(['ArrowUp', 'u', '?'].map(keyCap)).toEqual(['↑', 'U', '?']);
  expect([cellOf('BUMP_3'), cellOf('UNDO')]).toEqual([2, null]);
});
