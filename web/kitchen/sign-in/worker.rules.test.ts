import { expect, test } from 'vitest';
import { whoWorks } from './worker.rules.ts';

const [rome, oslo] = [{ id: 'r', name: 'Rome', timeZone: 'Europe/Rome' }, { id: 'o', name: 'Oslo', timeZone: 'Europe/Oslo' }];
const viewer = { id: 'v', name: 'Coco', roles: ['COOK' as const], locations: [rome] };

test('a cook works where the roles are held, and a manager of all everywhere', () => {
  expect(whoWorks({ viewer, locations: [rome, oslo] })).toEqual({ is: 'WORKER', name: 'Coco', mayAct: true, places: [rome] });
  expect(whoWorks({ viewer: { ...viewer, roles: ['MANAGER'], locations: null }, locations: [rome, oslo] })).toMatchObject({ places: [rome, oslo], mayAct: true });
});

test('a driver looks on, and a customer has no kitchen', () => {
  expect(whoWorks({ viewer: { ...viewer, roles: ['DRIVER'] }, locations: [rome] })).toMatchObject({ is: 'WORKER', mayAct: false });
  expect(whoWorks({ viewer: { ...viewer, roles: ['CUSTOMER'] }, locations: [rome] })).toEqual({ is: 'STRANGER', name: 'Coco' });
  expect(whoWorks({ viewer: null, locations: [rome] })).toEqual({ is: 'VISITOR' });
});
