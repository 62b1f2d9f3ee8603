import type { WorkerQuery, WorkplaceFragment } from '../gql/graphql.ts';

/** Who works at the screen. AWAY: the server can't be asked. STRANGER: somebody who works in no kitchen. */
export type WhoWorks =
  | { readonly is: 'ASKING' | 'AWAY' | 'VISITOR' }
  | { readonly is: 'STRANGER'; readonly name: string }
  | { readonly is: 'WORKER'; readonly name: string; readonly mayAct: boolean; readonly places: readonly WorkplaceFragment[] };

/** Who somebody is for the kitchen. Drivers see the board, and do nothing on it. */
export function whoWorks({ viewer, locations }: WorkerQuery): WhoWorks {
  if (!viewer) return { is: 'VISITOR' };
  const isStaff = viewer.roles.some((role) => role !== 'CUSTOMER');
  if (!isStaff) return { is: 'STRANGER', name: viewer.name };
  const mayAct = viewer.roles.some((role) => role === 'COOK' || role === 'MANAGER');
  return { is: 'WORKER', name: viewer.name, mayAct, places: viewer.locations ?? locations };
}
