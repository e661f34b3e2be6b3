import { titled } from '../../../src/core/plan/titled.ts';

it.each([
  ['Tumour board before treatment', 'Tumour board before treatment. The oncologist said: go'],
  ['Is it full?', 'Is it full? The oncologist said: go'],
  ['It is late.', 'It is late. The oncologist said: go'],
])('what was said of "%s" is a sentence of its own', (title, says) => {
  expect(titled(title, 'The oncologist said: go')).toBe(says);
});
