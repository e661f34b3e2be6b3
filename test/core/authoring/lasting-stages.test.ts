import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows } from './refusals.ts';
import { alter, EVERYTHING, HERE, sourcesOf } from './sample.ts';

const BEGINS = 'course:\n  - stage: cut';

/** The pathway that uses everything, with a stage before its first one. */
const withStage = (stage: string): string => `course:\n  - ${stage}\n  - stage: cut`;

const WATCH = `stage: watch
    title: Watch and wait
    lasts: 3 months
    onlyWhen: { age: below 60 years }
    tasks:
      - { task: call, title: Call, role: nurse, every: 2 weeks }
    reassess:
      decision: enough
      title: Watched for long enough?
      by: surgeon and patient
      due: 7 days after asked
      outcomes: { watch-on: { again: no limit }, operate: go }
    say: We will see how it goes.`;

const compiled = (stage: string, more: readonly (readonly [from: string, to: string])[] = []) => {
  const whole = more.reduce(
    (texts, [from, to]) => alter(texts, 'pathway', from, to).texts,
    alter(EVERYTHING, 'pathway', BEGINS, withStage(stage)).texts,
  );
  const found = compilePathway(sourcesOf(whole));
  expect(found.problems).toEqual([]);
  return found.compiled;
};

describe('a stage that lasts, as it is written,', () => {
  it('becomes a span of time with its work, and its decision may be made without a limit', () => {
    const made = compiled(WATCH);
    expect(made?.stages[0]).toMatchObject({
      stage: 'watch',
      title: 'Watch and wait',
      procedures: [],
      period: {
        lasts: { count: 3, unit: 'month' },
        tasks: [{ task: 'call', when: { every: { count: 2, unit: 'week' } } }],
      },
      reassess: 'enough',
      onlyWhen: { all: [{ fact: 'birthDate' }] },
      say: 'We will see how it goes.',
    });
    expect(made?.stages[0]?.consent).toBeUndefined();
    expect(made?.decisions.find(({ decision }) => decision === 'enough')?.outcomes).toEqual({
      'watch-on': [{ do: 'again', atMost: 'no limit' }],
      operate: [{ do: 'go' }],
    });
  });

  it('can last as long as a figure says', () => {
    const made = compiled(WATCH.replace('3 months', 'the watch'), [
      [
        'intervals:',
        'figures:\n  - { figure: watch, title: How long we watch, value: 3 months, adjust: { by: [surgeon], from: 1 month, to: 12 months, when: any time } }\nintervals:',
      ],
    ]);
    expect(made?.stages[0]?.period?.lasts).toEqual({ figure: 'watch' });
  });

  it('makes the facts of its condition part of the pathway', () => {
    const rash = compiled(WATCH.replace('age: below 60 years', 'rash: includes hives'));
    expect(rash?.facts.map(({ fact }) => fact)).toContain('rash');
  });
});

const inStage = (from: string, to: string): string => withStage(WATCH.replace(from, to));
const TASKS = '    tasks:\n      - { task: call, title: Call, role: nurse, every: 2 weeks }\n';
const REASSESS = WATCH.slice(WATCH.indexOf('    reassess:'), WATCH.indexOf('    say:'));

describeRows([
  ...(
    [
      ['procedure', 'procedure: excision'],
      ['consent', 'consent: { form: x, by: patient, covers: course, lasts: 1 year }'],
      ['sessions', 'sessions: 3'],
      ['closure', 'closure: { packs: [afterwards] }'],
      ['anaesthesia', 'anaesthesia: local'],
    ] as const
  ).map(
    ([key, line]) =>
      [
        'CC1140',
        `a stage that lasts has no ${key}`,
        'pathway',
        {
          from: BEGINS,
          refused: inStage('lasts: 3 months', `lasts: 3 months\n    ${HERE}${line}`),
          taken: withStage(WATCH),
        },
      ] as const,
  ),
  [
    'CC1140',
    'a stage that lasts no time has its work in its phases',
    'pathway',
    {
      from: 'say: The mole is cut out.',
      refused: `say: The mole is cut out.\n    ${HERE}tasks: [ { task: x, title: X, role: nurse, due: 1 day after stage } ]`,
      taken:
        'say: The mole is cut out.\n    prep: { tasks: [ { task: x, title: X, role: nurse, due: 1 day after stage } ] }',
    },
  ],
  [
    'CC1011',
    'a stage that lasts has a title',
    'pathway',
    {
      from: BEGINS,
      refused: `course:\n  - ${HERE}${WATCH.replace('    title: Watch and wait\n', '')}\n  - stage: cut`,
      taken: withStage(WATCH),
    },
  ],
  [
    'CC1011',
    'somebody does something in it, or decides at its end',
    'pathway',
    {
      from: BEGINS,
      refused: `course:\n  - ${HERE}${WATCH.replace(TASKS, '').replace(REASSESS, '')}\n  - stage: cut`,
      taken: inStage(TASKS, ''),
    },
  ],
  [
    'CC1021',
    'it lasts a day at least',
    'pathway',
    { from: BEGINS, refused: inStage('3 months', `${HERE}0 days`), taken: inStage('3 months', '1 day') },
  ],
  [
    'CC1021',
    'it is counted in dates',
    'pathway',
    { from: BEGINS, refused: inStage('3 months', `${HERE}36 hours`), taken: inStage('3 months', '36 days') },
  ],
  [
    'CC1077',
    'a figure that there is not says how long',
    'pathway',
    { from: BEGINS, refused: inStage('3 months', `${HERE}the watch`), taken: withStage(WATCH) },
  ],
  [
    'CC1051',
    'nothing is performed in it that its work could count from',
    'pathway',
    {
      from: BEGINS,
      refused: inStage('every: 2 weeks', `due: ${HERE}2 weeks after procedure`),
      taken: inStage('every: 2 weeks', 'due: 2 weeks after stage'),
    },
  ],
  [
    'CC1141',
    'a loop without a limit has a way out',
    'pathway',
    {
      from: BEGINS,
      refused: inStage(
        'outcomes: { watch-on: { again: no limit }, operate: go }',
        `outcomes: ${HERE}{ watch-on: { again: no limit } }`,
      ),
      taken: withStage(WATCH),
    },
  ],
  [
    'CC1069',
    'after a loop without a limit nothing follows',
    'pathway',
    {
      from: BEGINS,
      refused: inStage('{ again: no limit }', `{ again: no limit, ${HERE}then: go }`),
      taken: inStage('{ again: no limit }', '{ again: 5, then: go }'),
    },
  ],
  [
    'CC1141',
    'only what lasts is done again without a limit',
    'pathway',
    {
      from: 'high: { ask: surgeon }',
      refused: `high: { again: ${HERE}no limit }`,
      taken: 'high: { again: 3 }',
    },
  ],
  [
    'CC1141',
    'nobody waits without a limit',
    'pathway',
    {
      from: BEGINS,
      refused: inStage('{ again: no limit }', `{ wait: 7 days, atMost: ${HERE}no limit }`),
      taken: inStage('{ again: no limit }', '{ wait: 7 days, atMost: 3 }'),
    },
  ],
  [
    'CC1041',
    'a fact that nobody knows says whether a stage is done',
    'pathway',
    {
      from: BEGINS,
      refused: inStage('{ age: below 60 years }', `{ ${HERE}agee: below 60 years }`),
      taken: withStage(WATCH),
    },
  ],
  [
    'CC1066',
    'what is known by area needs an area of the stage',
    'pathway',
    {
      from: BEGINS,
      refused: `course:\n  - ${HERE}${WATCH.replace('age: below 60 years', 'wound: is red')}\n  - stage: cut`,
      taken: inStage('{ age: below 60 years }', '{ wound: is red }\n    in: treatment'),
    },
  ],
]);

it('no interval counts from a stage in which nothing is performed, nor towards it', () => {
  const { texts } = alter(EVERYTHING, 'pathway', BEGINS, withStage(WATCH));
  const altered = alter(texts, 'pathway', 'from: end of cut', `from: ${HERE}end of watch`);
  const { problems } = compilePathway(sourcesOf(altered.texts));
  expect(problems.map(({ code, line, column }) => [code, `${line}:${column}`])).toEqual([
    ['CC1140', altered.at],
  ]);
});
