import { expect, test } from 'vitest';
import { defaults, settingsOf } from './settings.rules.ts';

test('what was never set, or can not be read, is as usual', () => {
  for (const text of [null, '', '{', '[]', 'null', '3']) expect(settingsOf(text)).toEqual(defaults);
});

test('what was set comes back', () => {
  const set = { ...defaults, theme: 'LIGHT' as const, textSize: 130 as const, stationId: 'oven', isKeyed: false, sounds: { ...defaults.sounds, LATE: false } };
  expect(settingsOf(JSON.stringify(set))).toEqual(set);
});

test('what another version wrote and this one does not know is as usual, and the rest stays', () => {
  expect(settingsOf('{"theme":"SEPIA","textSize":101,"language":"fr","keys":{"UNDO":"z","FLIP":"y"},"sounds":{"BELL":false},"stationId":"oven"}')).toEqual({
    ...defaults, stationId: 'oven', keys: { ...defaults.keys, UNDO: 'z' },
  });
});
