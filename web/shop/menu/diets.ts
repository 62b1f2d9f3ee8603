import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Diet } from '../../shared/api/gql/graphql.ts';

const words: Readonly<Record<Diet, MessageDescriptor>> = { VEGAN: msg`vegan`, VEGETARIAN: msg`vegetarian` };

/** What a dish is fit for, in the reader's language. */
export const dietName = (i18n: I18n, diet: Diet) => i18n._(words[diet]);
