import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows } from './refusals.ts';
import { alter, EVERYTHING, HERE, sourcesOf } from './sample.ts';

const FIGURES = `figures:
  - { figure: validity, title: How long the form holds good, value: 6 months, adjust: { by: [surgeon], from: 1 month, to: 12 months, when: any time } }
  - { figure: tries, title: How often, value: 2, adjust: { by: [surgeon], from: 1, to: 5, when: start } }
  - { figure: none-or-more, title: Perhaps never, value: 2, adjust: { by: [surgeon], from: 0, to: 5, when: start } }
intervals:`;
const { texts: WITH } = alter(EVERYTHING, 'pathway', 'intervals:', FIGURES);

it('a figure says how long a consent holds good, and how often somebody waits', () => {
  const { texts } = alter(WITH, 'pathway', 'lasts: 6 months', 'lasts: the validity');
  const high = alter(
    texts,
    'pathway',
    'high: { ask: surgeon }',
    'high: { wait: 7 days, atMost: the tries, then: { ask: surgeon } }',
  );
  const { compiled, problems } = compilePathway(sourcesOf(high.texts));
  expect(problems).toEqual([]);
  expect(compiled?.stages[0]?.consent?.lasts).toEqual({ figure: 'validity' });
  expect(compiled?.stages[2]?.table?.outcomes.high?.[0]).toMatchObject({
    do: 'wait',
    atMost: { figure: 'tries' },
  });
});

it('what is valid may hang on something fresh, and on a number worked out of others', () => {
  const fresh = alter(
    EVERYTHING,
    'catalogue',
    '{ transfusion: within the last 3 months }',
    '{ any: [ { transfusion: within the last 3 months, taken: within 7 days }, { neuropathyFall: at least 2 } ] }',
  );
  const { compiled, problems } = compilePathway(sourcesOf(fresh.texts));
  expect(problems).toEqual([]);
  expect(compiled?.derived.map(({ derived }) => derived)).toContain('neuropathyFall');
  expect(compiled?.facts.find(({ fact }) => fact === 'glucose')?.notValidWhen).toMatchObject({
    any: [
      { fact: 'transfusion', params: { taken: { within: { count: 7, unit: 'day' } } } },
      { fact: 'neuropathyFall' },
    ],
  });
});

const high = (atMost: string): string => `high: { wait: 7 days, atMost: ${atMost}, then: { ask: surgeon } }`;

describeRows(
  [
    [
      'CC1078',
      'a duration is no number of times',
      'pathway',
      { from: 'high: { ask: surgeon }', refused: high(`${HERE}the validity`), taken: high('the tries') },
    ],
    [
      'CC1079',
      'what may be never is no number of times',
      'pathway',
      { from: 'high: { ask: surgeon }', refused: high(`${HERE}the none-or-more`), taken: high('the tries') },
    ],
    [
      'CC1077',
      'a figure that there is not',
      'pathway',
      { from: 'lasts: 6 months', refused: `lasts: ${HERE}the validty`, taken: 'lasts: the validity' },
    ],
    [
      'CC1078',
      'a number is no duration',
      'pathway',
      { from: 'lasts: 6 months', refused: `lasts: ${HERE}the tries`, taken: 'lasts: the validity' },
    ],
    [
      'CC1069',
      'validity hangs on no stage',
      'catalogue',
      {
        from: 'transfusion: within the last 3 months }',
        refused: `transfusion: within the last 3 months, taken: ${HERE}since this stage }`,
        taken: 'transfusion: within the last 3 months, taken: within 7 days }',
      },
    ],
  ],
  WITH,
);
