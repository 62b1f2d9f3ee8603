import { useLingui } from '@lingui/react/macro';
import type { BasisFragment } from '../../shared/api/gql/graphql.ts';
import type { Currency } from '../../shared/money/money.ts';
import { basesInWords } from './why-words.ts';

/** How an amount comes about, below what it is for. */
export function Basis({ bases, currency }: { bases: readonly BasisFragment[]; currency: Currency }) {
  const { i18n } = useLingui();
  const words = basesInWords(i18n, currency, bases);
  return words ? <small> {words}</small> : null;
}
