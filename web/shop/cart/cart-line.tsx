import { Trans, useLingui } from '@lingui/react/macro';
import type { PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import { announce } from '../../shared/ui/announce.tsx';
import { Chosen, lineName } from '../dish/chosen.tsx';
import { sizeName } from '../dish/sizes.ts';
import { useShop } from '../shop.tsx';
import { problemInWords } from './problem-words.ts';
import { accepted, counted, keyOf, mostPortions, type ReviewedLine } from './cart.rules.ts';

/** A line of the cart: it says what became of it since it was chosen. */
export function CartLineRow({ reviewed: { line, state, price, problem }, place }: { reviewed: ReviewedLine; place: PlaceFragment }) {
  const { t, i18n } = useLingui();
  const cart = useShop().cartOf(place.id);
  const key = keyOf(line);
  const { quantity } = line;
  const name = lineName(line);
  const amount = (cents: number) => bare(cents, place, i18n.locale);
  const [before, now] = [amount(line.price), amount(price)];
  const count = (to: number) => {
    cart.change((lines) => counted(lines, key, to));
    announce(to ? t`${to} × ${name}` : t`${name} is no longer in your order.`);
  };
  const canHave = state === 'AS_IT_WAS' || state === 'CHANGED';
  return (
    <li className={state === 'AS_IT_WAS' ? 'line' : 'line changed'}>
      <div className="what">
        <b>{name}</b>
        {line.size !== 'ONE_SIZE' && <small>{sizeName(i18n, line.size)}</small>}
        <Chosen options={line.options} />
        {line.instructions && <small>“{line.instructions}”</small>}
        {state === 'CHANGED' && (
          <small className="news">
            <Trans>
              The price has changed: {before} → {now} each.
            </Trans>
          </small>
        )}
        {state === 'TOO_MANY' && (
          <small className="news">
            <Trans>Not so many are left: take fewer. It is not in the total.</Trans>
          </small>
        )}
        {state === 'SOLD_OUT' && (
          <small className="news">
            <Trans>Sold out for now. It is not in the total.</Trans>
          </small>
        )}
        {state === 'GONE' && (
          <small className="news">
            <Trans>No longer on the menu like this. It is not in the total.</Trans> {problem && problemInWords(i18n, place, problem)}
          </small>
        )}
        {state === 'CHANGED' && (
          <button type="button" className="plain" onClick={() => cart.change((lines) => accepted(lines, key, price))}>
            <Trans>Keep it</Trans>
          </button>
        )}{' '}
        {state !== 'AS_IT_WAS' && (
          <button type="button" className="plain" aria-label={t`Remove ${name}`} onClick={() => count(0)}>
            <Trans>Remove</Trans>
          </button>
        )}
      </div>
      <span className="number">{canHave ? amount(price * quantity) : '–'}</span>
      {(canHave || state === 'TOO_MANY') && (
        <div className="stepper">
          <button type="button" aria-label={quantity === 1 ? t`Remove ${name}` : t`One ${name} less`} onClick={() => count(quantity - 1)}>
            −
          </button>
          <output className="number">{quantity}</output>
          <button type="button" aria-label={t`One ${name} more`} disabled={quantity >= mostPortions} onClick={() => count(quantity + 1)}>
            +
          </button>
        </div>
      )}
    </li>
  );
}
