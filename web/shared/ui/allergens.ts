import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Allergen } from '../api/gql/codes.ts';

// The fourteen that the law names, as a menu prints them.
const words: Readonly<Record<Allergen, MessageDescriptor>> = {
  CELERY: msg`Celery`,
  CRUSTACEANS: msg`Crustaceans`,
  EGGS: msg`Eggs`,
  FISH: msg`Fish`,
  GLUTEN: msg`Gluten`,
  LUPIN: msg`Lupin`,
  MILK: msg`Milk`,
  MOLLUSCS: msg`Molluscs`,
  MUSTARD: msg`Mustard`,
  NUTS: msg`Nuts`,
  PEANUTS: msg`Peanuts`,
  SESAME: msg`Sesame`,
  SOYA: msg`Soya`,
  SULPHITES: msg`Sulphites`,
};

/** An allergen in the reader's language; one that isn't known yet is said as it is called. */
export function allergenName(i18n: I18n, allergen: string): string {
  return Object.hasOwn(words, allergen) ? i18n._(words[allergen as Allergen]) : allergen;
}
