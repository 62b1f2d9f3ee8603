import type { I18n } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ItemSize, PlaceFragment } from '../../shared/api/gql/graphql.ts';
import { bare } from '../../shared/money/money.ts';
import type { TakenAmount } from '../cart/cart.rules.ts';
import { count, faultOf, type Group, offered, offerOf, type Option, optionPrice } from './choices.rules.ts';
import type { Side } from './use-configurator.ts';

interface Fields {
  readonly group: Group;
  readonly side: Side;
  readonly size: ItemSize;
  readonly place: PlaceFragment;
  /** Whether what is missing is to be said. */
  readonly isTried: boolean;
  /** On one half an option costs a part of its price. */
  readonly isHalf: boolean;
}

/** A group of options: cards of which one is chosen, or chips of which some are. */
export function GroupFields(fields: Fields) {
  const { i18n } = useLingui();
  const { group, side, size, isTried } = fields;
  const wrong = useId();
  const options = offered(group, size);
  const fault = faultOf(group, side.picks);
  const isWrong = fault === 'TOO_MANY' || (fault === 'TOO_FEW' && isTried);
  if (!options.length) return null;
  const chosen = count(group, side.picks);
  const free = group.freeUpTo;
  return (
    <fieldset className="group" aria-describedby={isWrong ? wrong : undefined} data-wrong={isWrong || undefined}>
      <legend>
        {group.name}{' '}
        <small>
          {rule(i18n, group)}
          {group.max !== 1 && !isGiven(group) && chosen > 0 && <span className="number"> · {i18n._(msg`${chosen} chosen`)}</span>}
          {free > 0 && <b> · {i18n._(msg`${plural(free, { one: 'the dearest is free', other: 'the # dearest are free' })}`)}</b>}
        </small>
      </legend>
      {group.max === 1 ? <OneOf {...fields} options={options} /> : <SomeOf {...fields} options={options} />}
      {isWrong && (
        <p id={wrong} className="wrong" role="alert">
          {fault === 'TOO_MANY' ? (
            <Trans>That is more than goes on it: take something away.</Trans>
          ) : group.max === 1 ? (
            <Trans>Choose one of these.</Trans>
          ) : (
            <Trans>Choose some more of these.</Trans>
          )}
        </p>
      )}
      <Amounts {...fields} options={options} />
    </fieldset>
  );
}

function rule(i18n: I18n, group: Group): string {
  const { min, max } = group;
  if (max === 1) return i18n._(min ? msg`choose one` : msg`one, if you like`);
  if (max != null && min === max) return i18n._(msg`choose ${min}`);
  if (min > 0) return max == null ? i18n._(msg`choose ${min} or more`) : i18n._(msg`choose ${min} to ${max}`);
  if (isGiven(group)) return i18n._(msg`leave out what you don't like`);
  return max == null ? i18n._(msg`as many as you like`) : i18n._(msg`up to ${max}`);
}

/** Whether all of it comes with the dish. */
const isGiven = ({ options }: Group) => options.every(({ isDefault }) => isDefault);

type WithOptions = Fields & { readonly options: readonly Option[] };

function OneOf({ group, side, size, place, isHalf, options }: WithOptions) {
  const name = useId();
  return (
    <div className="choices">
      {group.min === 0 && (
        <label>
          <input type="radio" name={name} checked={count(group, side.picks) === 0} onChange={() => side.pick(group, options[0]!.id, null)} />
          <span>
            <b>
              <Trans>None</Trans>
            </b>
          </span>
        </label>
      )}
      {options.map((option) => (
        <label key={option.id}>
          <input
            type="radio"
            name={name}
            disabled={!offerOf(option, size)?.isAvailable}
            checked={side.picks.has(option.id)}
            onChange={() => side.pick(group, option.id, 'REGULAR')}
          />
          <span>
            <b>{option.name}</b>
            <Price option={option} size={size} place={place} percent={isHalf ? side.percent : 100} />
          </span>
        </label>
      ))}
    </div>
  );
}

function SomeOf({ group, side, size, place, isHalf, options }: WithOptions) {
  return (
    <ul className="chips">
      {options.map((option) => (
        <li key={option.id}>
          <label className="chip">
            <input
              type="checkbox"
              disabled={!offerOf(option, size)?.isAvailable}
              checked={side.picks.has(option.id)}
              onChange={(event) => side.pick(group, option.id, event.target.checked ? 'REGULAR' : null)}
            />
            <span>
              <b>{option.name}</b> <Price option={option} size={size} place={place} percent={isHalf ? side.percent : 100} />
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}

function Price({ option, size, place, percent }: { option: Option; size: ItemSize; place: PlaceFragment; percent: number }) {
  const { i18n } = useLingui();
  if (!offerOf(option, size)?.isAvailable) {
    return (
      <em>
        <Trans>sold out</Trans>
      </em>
    );
  }
  const price = option.isDefault ? 0 : optionPrice(option, size, percent);
  return price > 0 && <em className="number">+{bare(price, place, i18n.locale)}</em>;
}

const amountNames = { LIGHT: msg`a little`, REGULAR: msg`as usual`, EXTRA: msg`extra` };

/** How much of each that is chosen, where the group has it. */
function Amounts({ group, side, options }: WithOptions) {
  const { i18n } = useLingui();
  const id = useId();
  const amounts = (['LIGHT', 'REGULAR', 'EXTRA'] as const).filter((amount) => amount === 'REGULAR' || group[amount === 'LIGHT' ? 'light' : 'extra']);
  const taken = options.filter((option) => side.picks.has(option.id));
  if (amounts.length === 1 || !taken.length) return null;
  return (
    <div className="amounts">
      {taken.map((option) => (
        <div key={option.id} role="group" aria-labelledby={`${id}-${option.id}`}>
          <span id={`${id}-${option.id}`}>{option.name}</span>
          <span className="parts">
            {amounts.map((amount: TakenAmount) => (
              <label key={amount}>
                <input
                  type="radio"
                  name={`${id}-${option.id}`}
                  checked={side.picks.get(option.id) === amount}
                  onChange={() => side.pick(group, option.id, amount)}
                />
                <span>{i18n._(amountNames[amount])}</span>
              </label>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
}
