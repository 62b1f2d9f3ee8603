import { readFileSync } from 'node:fs';
import { setupI18n } from '@lingui/core';
import { expect, test } from 'vitest';
import type { PriceBasisCode, PromotionRefusalCode, QuoteProblemReason } from '../../shared/api/gql/codes.ts';
import type { PlaceFragment, PromotionRefusalFragment } from '../../shared/api/gql/graphql.ts';
import { problemInWords } from '../cart/problem-words.ts';
import { basesInWords } from '../dish/why-words.ts';
import { messages as german } from '../locales/de.po';
import { messages as english } from '../locales/en.po';
import { messages as italian } from '../locales/it.po';
import { couponInWords } from './coupon-words.ts';

const schema = readFileSync(new URL('../../../docs/schema.graphql', import.meta.url), 'utf8');

/** The values of an enum, as the server knows them. */
function values<Value>(name: string): Value[] {
  const [, body] = new RegExp(`enum ${name} \\{\n([^}]*)\\}`).exec(schema) ?? [];
  return [...(body ?? '').matchAll(/^ {2}([A-Z_]+)$/gm)].map(([, value]) => value as Value);
}

const place = { currency: 'USD', currencyDecimals: 2, timeZone: 'America/Chicago' } as PlaceFragment;
const said = (say: (i18n: ReturnType<typeof setupI18n>) => string) =>
  Object.entries({ en: english, de: german, it: italian }).map(([locale, messages]) => say(setupI18n({ locale, messages: { [locale]: messages } })));

/** The different ways in which something is said: of three languages, three. */
const ways = (texts: readonly string[]) => new Set(texts.filter((text) => text !== '')).size;

test.each(values<PromotionRefusalCode>('PromotionRefusalCode'))('a code that doesn\'t apply because of %s says so in each language', (code) => {
  const refusal: PromotionRefusalFragment = {
    code, startsAt: '2026-12-05T18:00:00Z', uses: 2, hours: [{ weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY'], from: '15:00', until: '17:00' }],
    needs: [{ menuItemIds: [], sizes: ['LARGE'], portions: 2 }], amount: 2_000, missing: 410, promotion: 'Ciao',
  };
  expect(ways(said((i18n) => couponInWords({ i18n, place, dishes: new Map() }, refusal)))).toBe(3);
});

const bases = (code: PriceBasisCode) =>
  said((i18n) => basesInWords(i18n, place, [{ code, count: 2, amount: 123_450, otherAmount: 300, basisPoints: 825, name: 'Toppings' }]));

test.each(values<PriceBasisCode>('PriceBasisCode').filter((code) => code !== 'EXTRA' && code !== 'TIMES'))('how an amount comes about by %s is said in each language', (code) => {
  expect(ways(bases(code))).toBe(3);
});

test('what is no word is written as the reader writes it', () => {
  expect(bases('TIMES')).toEqual(['2 × 1,234.50', '2 × 1.234,50', '2 × 1234,50']);
  expect(bases('EXTRA')).toEqual(['extra', 'extra', 'extra']);
});

const ofLines: readonly QuoteProblemReason[] = ['NOT_ON_MENU', 'NOT_IN_SIZE'];
const problems = (reason: QuoteProblemReason) =>
  said((i18n) => problemInWords(i18n, place, { code: 'BAD_USER_INPUT', reason, names: ['Crust'], count: 1, amount: 1_000, item: null }));

test.each(values<QuoteProblemReason>('QuoteProblemReason').filter((reason) => !ofLines.includes(reason)))('that something can\'t be ordered because of %s is said in each language', (reason) => {
  expect(ways(problems(reason))).toBe(3);
});

test.each(ofLines)('of %s the line itself says all', (reason) => {
  expect(problems(reason)).toEqual(['', '', '']);
});

test('an enum of the schema that isn\'t found isn\'t taken for one without values', () => {
  expect([values('PromotionRefusalCode'), values('PriceBasisCode'), values('QuoteProblemReason')].map(({ length }) => length)).toEqual([16, 14, 21]);
});
