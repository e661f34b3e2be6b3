import { denied } from '../../../src/core/rules/denied.ts';

it.each([
  ['below 100 g/L', 'at least 100 g/L'],
  ['at least 38 Cel', 'below 38 Cel'],
  ['at least 3', 'below 3'],
  ['at most 2.5 mg/dL', 'above 2.5 mg/dL'],
  ['above 25 umol/L', 'at most 25 umol/L'],
  ['at least 18 years', 'below 18 years'],
  ['1.0 to below 1.5 10*9/L', 'not 1.0 to below 1.5 10*9/L'],
  ['above 25 to 50 umol/L', 'not above 25 to 50 umol/L'],
  ['at least 21 days ago', 'not at least 21 days ago'],
  ['at least 21 days ago or never', 'not at least 21 days ago or never'],
  ['within the last 7 days', 'not within the last 7 days'],
  ['is yes', 'is not yes'],
  ['is one of red, open', 'is not one of red, open'],
  ['is not one of red, open', 'is one of red, open'],
  // `not pregnant` may be a word of its own.
  ['is not pregnant', 'not is not pregnant'],
  ['includes infection or herpes in treatment', 'does not include infection or herpes in treatment'],
])('the opposite of %s is %s', (sentence, opposite) => {
  expect(denied(sentence)).toBe(opposite);
});
