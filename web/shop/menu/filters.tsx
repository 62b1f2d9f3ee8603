import { Trans, useLingui } from '@lingui/react/macro';
import type { DishFragment } from '../../shared/api/gql/graphql.ts';
import { dietName } from './diets.ts';
import { allergenName } from '../../shared/ui/allergens.ts';
import { allergens, type Wanted } from './menu.rules.ts';

const diets = [null, 'VEGETARIAN', 'VEGAN'] as const;

/** Looks for words, and leaves out what doesn't fit a diet, or has an allergen. */
export function Filters({ dishes, wanted, want }: {
  dishes: ReadonlyMap<string, DishFragment>;
  wanted: Wanted;
  want: (wanted: Wanted) => void;
}) {
  const { t, i18n } = useLingui();
  const name = (allergen: string) => allergenName(i18n, allergen);
  const without = wanted.without.map(name).join(', ');
  const chosen = [wanted.diet && dietName(i18n, wanted.diet), without && t`without ${without}`].filter(Boolean).join(', ');
  const all = allergens(dishes.values(), i18n.locale, name);
  const toggled = (allergen: string) =>
    wanted.without.includes(allergen) ? wanted.without.filter((other) => other !== allergen) : [...wanted.without, allergen];
  return (
    <search className="filters">
      <label>
        <span className="unseen">
          <Trans>Search the menu</Trans>
        </span>
        <input type="search" placeholder={t`Search`} value={wanted.words} onChange={(event) => want({ ...wanted, words: event.target.value })} />
      </label>
      {all.length > 0 && (
        <details>
          <summary>
            {chosen || <Trans>Diet and allergens</Trans>}
          </summary>
          <div className="wanted">
            <fieldset>
              <legend>
                <Trans>Show what is</Trans>
              </legend>
              {diets.map((diet) => (
                <label key={diet}>
                  <input type="radio" name="diet" checked={wanted.diet === diet} onChange={() => want({ ...wanted, diet })} />
                  {diet ? dietName(i18n, diet) : <Trans>of any kind</Trans>}
                </label>
              ))}
            </fieldset>
            <fieldset>
              <legend>
                <Trans>Show what is made without</Trans>
              </legend>
              {all.map((allergen) => (
                <label key={allergen}>
                  <input type="checkbox" checked={wanted.without.includes(allergen)} onChange={() => want({ ...wanted, without: toggled(allergen) })} />
                  {name(allergen)}
                </label>
              ))}
            </fieldset>
          </div>
        </details>
      )}
    </search>
  );
}
