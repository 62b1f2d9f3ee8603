import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** A card of the simulated gateway. */
export interface TestCard {
  readonly token: string;
  readonly name: string;
  readonly does: MessageDescriptor;
}

export const testCards: readonly TestCard[] = [
  { token: 'tok_ok', name: '•••• 4242', does: msg`Test card: it pays` },
  { token: 'tok_requires_action', name: '•••• 3155', does: msg`Test card: its bank asks first` },
  { token: 'tok_declined', name: '•••• 0002', does: msg`Test card: it is declined` },
];
