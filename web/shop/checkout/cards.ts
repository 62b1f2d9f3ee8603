import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a customer's bank asks for before it lets a card pay: on a page of its own, or through the library that read the card. */
export interface BankAction {
  readonly url: string | null;
  readonly clientSecret: string | null;
}

/** What is wrong with a card; without a text, whoever reads cards doesn't answer. */
export interface CardProblem {
  readonly text: string | null;
  /** It was to pay, and didn't; or else it is still being written. */
  readonly wasPaying: boolean;
}

export type FieldState = { readonly is: 'COMING' } | { readonly is: 'UNAVAILABLE' } | { readonly is: 'READY'; readonly problem: CardProblem | null };

/** How a field looks that another page draws into this one. */
export interface Look {
  readonly color: string;
  readonly placeholder: string;
  readonly wrong: string;
}

/** Where a card is written, which the shop never sees. */
export interface CardField {
  readonly state: () => FieldState;
  readonly watch: (watcher: () => void) => () => void;
  /** Puts the field there, until what is returned is called. */
  readonly mount: (at: HTMLElement, look: Look) => () => void;
  readonly paint: (look: Look) => void;
}

/** How cards pay at one gateway. */
export interface Cards {
  /** Null: the choice itself says which card. */
  readonly field: CardField | null;
  /** A token of the card that was chosen, made when it is to pay, since it pays once; null if there is none, and the field tells why. */
  readonly token: (pay: string) => Promise<string | null>;
  /** Has the bank ask; false if it can't. What comes of it, the order's events tell. */
  readonly toBank: (action: BankAction) => Promise<boolean>;
}

/** The choice of a card that is written into the field. */
export const written = 'CARD';

/** Whether a choice is a card; also one that was left from before the field was there. */
export const isCard = (pay: string) => pay !== '' && pay !== 'CASH';

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

/** The simulated gateway's, which are chosen by their tokens. Its bank has a page. */
export function simulatedCards(leave: (url: string) => void): Cards {
  return {
    field: null,
    token: (pay) => Promise.resolve(pay),
    toBank: ({ url }) => {
      if (url) leave(url);
      return Promise.resolve(url !== null);
    },
  };
}
