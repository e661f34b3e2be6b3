import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { lowerFigures } from '../../../src/core/authoring/lower-figures.ts';
import { formatProblem, type Refused } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { FigureValue } from '../../../src/core/pathway/figures.schema.ts';
import { FIGURED } from './figure-sample.ts';
import { sourcesOf } from './sample.ts';

const { compiled, problems } = compilePathway(sourcesOf(FIGURED));
const pathway = CompiledPathway.parse(compiled);
const figure = (name: string) => pathway.figures.find((one) => one.figure === name);
const weeks = (count: number): FigureValue => ({ kind: 'duration', lasts: { count, unit: 'week' } });
const days = (count: number): FigureValue => ({ kind: 'duration', lasts: { count, unit: 'day' } });

it('takes figures of every kind, and whatever refers to one', () => {
  expect(problems.map(formatProblem)).toEqual([]);
  expect(pathway.figures.map((one) => one.figure)).toEqual([
    'dose',
    'cycle',
    'count',
    'acid',
    'fee',
    'fixed',
  ]);
});

it('of levels keeps their order, where they start and who may set them', () => {
  expect(figure('dose')).toEqual({
    figure: 'dose',
    title: 'Dose',
    is: { levels: ['half', 'most', 'full'], startsAt: 'full' },
    adjust: { by: ['surgeon'], when: 'any time', because: 'required' },
  });
});

it('of a duration keeps its bounds as they are written, and cites its source', () => {
  expect(figure('cycle')).toMatchObject({
    is: { value: weeks(1) },
    adjust: { by: ['surgeon', 'nurse'], from: days(7), to: weeks(3), when: 'start' },
    source: 'Protocol 4 (figures are examples)',
  });
});

it.each([
  ['count', { kind: 'number', number: 6 }],
  ['acid', { kind: 'text', text: 'lactic 30' }],
  ['fee', { kind: 'amount', minor: 19_900, currency: 'USD' }],
  ['fixed', weeks(5)],
])('tells what a figure is by how it is written: %s', (name, value) => {
  expect(figure(name)?.is).toEqual({ value });
});

it('keeps a reference where a length stands, in spacing and between stages', () => {
  const lengths = pathway.intervals.flatMap(({ rule, minimum, recommended, latest }) =>
    ['fill-spacing', 'fill-after-cut'].includes(rule) ? [[rule, minimum, recommended, latest]] : [],
  );
  const cycle = { figure: 'cycle' };
  expect(lengths).toEqual([
    ['fill-spacing', cycle, { from: cycle, to: cycle }, { figure: 'fixed' }],
    ['fill-after-cut', cycle, undefined, { count: 8, unit: 'week' }],
  ]);
});

it('keeps it as a number of sessions, and what is shown with a stage', () => {
  expect(pathway.stages.find(({ stage }) => stage === 'fill')).toMatchObject({
    sessions: { figure: 'count' },
    with: ['dose', 'acid'],
  });
});

it('goes on after a change where nothing else is written', () => {
  expect(pathway.stages.find(({ stage }) => stage === 'fill')?.table?.outcomes).toEqual({
    standard: [{ do: 'limit', figure: 'dose', level: 'most', for: 'this session' }, { do: 'go' }],
    high: [
      { do: 'lower', figure: 'dose', atEnd: [{ do: 'decide', decision: 'problem' }] },
      { do: 'wait', for: { count: 7, unit: 'day' }, atMost: 2 },
      { do: 'decide', decision: 'problem' },
    ],
  });
});

it('keeps what follows at the end of the levels as a chain of its own', () => {
  const problem = pathway.decisions.find(({ decision }) => decision === 'problem');
  expect(problem?.outcomes.higher).toEqual([
    {
      do: 'raise',
      figure: 'dose',
      for: 'this session',
      atEnd: [
        { do: 'wait', for: { count: 7, unit: 'day' }, atMost: 1 },
        { do: 'exit', exit: 'referral' },
      ],
    },
    { do: 'go' },
  ]);
});

it.each([
  ['may be none', 'from: 2, to: 8', 'from: 0, to: 8', '0 to 8'],
  ['may be more than a series has', 'from: 2, to: 8', 'from: 2, to: 101', '2 to 101'],
])('refuses sessions whose number %s', (_says, from, to, range) => {
  const text = FIGURED.pathway.text.replace(from, to);
  const changed = compilePathway(sourcesOf({ ...FIGURED, pathway: { ...FIGURED.pathway, text } }));
  expect(changed.problems.map(({ code, message }) => [code, message])).toEqual([
    ['CC1079', `\`count\` can be ${range}, and a series has 1 to 100 sessions`],
  ]);
});

describe('a value for each value of a choice', () => {
  const lowered = (byChoice: Record<string, FigureValue>) => {
    const reported: string[] = [];
    const report = (path: readonly PropertyKey[], { code, message }: Refused): void => {
      reported.push(`${path.map(String).join('.')} ${code} ${message}`);
    };
    const vocabulary = {
      ...{ roles: ['surgeon'], ladders: [], sites: [], facts: undefined },
      ...{ askables: undefined, procedures: undefined, ruleSets: undefined, values: undefined },
      ...{ care: undefined, products: undefined },
    };
    const choices = new Map([
      ['severity', ['mild', 'severe']],
      ['option', ['implant', 'flap']],
    ]);
    const written = [{ figure: 'spacing', title: 'Spacing', value: { byChoice } }];
    const figures = lowerFigures(written, { choices, citationOf: (one) => one, vocabulary, report });
    return { is: figures.get('spacing')?.is, reported };
  };

  it('names its choice by them', () => {
    const values = { mild: weeks(4), severe: weeks(2) };
    expect(lowered(values)).toEqual({ is: { choice: 'severity', values }, reported: [] });
  });

  it.each([
    [
      'one is missing',
      { mild: weeks(4) },
      'figures.0.value CC1011 `severe` is missing: what it is when `severity` is `severe`',
    ],
    [
      'one is of another choice',
      { mild: weeks(4), severe: weeks(1), flap: weeks(1) },
      'figures.0.value.flap CC1078 the choice `severity` has no value `flap`',
    ],
    [
      'no choice has such a value',
      { light: weeks(4) },
      'figures.0.value CC1078 no choice has a value `light`',
    ],
    [
      'they are of two kinds',
      { mild: weeks(4), severe: { kind: 'number', number: 2 } as const },
      'figures.0.value.severe CC1078 `2` is a whole number, and the first value is a duration',
    ],
    [
      'they have no order',
      { mild: weeks(4), severe: { kind: 'duration', lasts: { count: 1, unit: 'month' } } as const },
      'figures.0.value.severe CC1078 `1 month` and `4 weeks` cannot be compared',
    ],
  ])('is refused where %s', (_says, values, problem) => {
    expect(lowered(values)).toEqual({ is: undefined, reported: [problem] });
  });
});
