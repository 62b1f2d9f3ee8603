import { useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { money } from '../../shared/money/money.ts';
import type { ReviewedLine } from '../cart/cart.rules.ts';
import { Chosen, lineName } from '../dish/chosen.tsx';
import { sizeName } from '../dish/sizes.ts';

/** What is about to be ordered, line by line. */
export function OrderedLines({ lines, place }: { lines: readonly ReviewedLine[]; place: PlaceFragment }) {
  const { i18n } = useLingui();
  return (
    <ul>
      {lines.map(({ line, price }, i) => (
        <li key={i}>
          <span>
            {line.quantity} × {lineName(line)}
            {line.size !== 'ONE_SIZE' && `, ${sizeName(i18n, line.size)}`}
            <Chosen options={line.options} />
            {line.instructions && <small>“{line.instructions}”</small>}
          </span>
          <span className="number">{money(price * line.quantity, place, i18n.locale)}</span>
        </li>
      ))}
    </ul>
  );
}
