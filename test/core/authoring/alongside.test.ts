import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { openQuestions, openTasks, sleepUntil } from '../../support/decided.ts';
import { RunningPlan } from '../../support/plan.ts';
import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { HERE, sourcesOf, type Texts } from './sample.ts';

/** The course with what follows it, what goes on beside it, and decisions that a table takes. */
const WHOLE: Texts = {
  ...COURSE,
  ruleSet: {
    ...COURSE.ruleSet,
    text: COURSE.ruleSet.text.replace(
      '  - table: unbound\n',
      `  - table: of-wounds
    title: Of wounds
    answers: [a, b]
    rows: [ { wound: is red, then: a }, { wound: "is one of clean, open", then: b } ]
    source: protocol
  - table: unbound
`,
    ),
  },
  pathway: {
    ...COURSE.pathway,
    text: COURSE.pathway.text
      .replace(
        '\ndecisions:\n',
        `
  - decision: weigh
    title: How much of a risk?
    by: { table: risk }
    ifUnknown: high
    due: 14 days after last session
    outcomes: { standard: go, high: { exit: referral } }
  - maintenance: follow-up
    title: Follow-up
    lasts: 5 years
    packs: [afterwards]
    tasks:
      - { task: hand-over, title: Hand over, role: surgeon, handsTo: nurse, due: 30 days after stage }
      - { task: scan, title: Scan, role: nurse, every: 2 years, from: 1 year after last session }
    say: We see you twice a year.
decisions:
`,
      )
      .replace(
        '\nexits:\n',
        `
alongside:
  - { task: heart, title: Heart, role: nurse, every: 3 months, from: first session, until: 12 months after last session, records: [glucose] }
  - { task: call, title: Call, role: nurse, due: 14 days after first session }
  - review: progress
    every: 42 days
    by: surgeon and patient
    due: 7 days after asked
    outcomes: { as-planned: go, redo: { again: 1, then: { exit: referral } }, stop: { exit: conservative } }
exits:
`,
      ),
  },
};

const for_ = (count: number, unit: string) => ({ count, unit });

const compiled = (() => {
  const { compiled: whole, problems } = compilePathway(sourcesOf(WHOLE));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(whole);
})();

describe('a course', () => {
  it('goes on with what follows it', () => {
    expect(compiled.course.slice(-2)).toEqual([
      { kind: 'decision', name: 'weigh' },
      { kind: 'maintenance', name: 'follow-up' },
    ]);
    expect(compiled.maintenance).toMatchObject([
      {
        maintenance: 'follow-up',
        title: 'Follow-up',
        lasts: for_(5, 'year'),
        say: 'We see you twice a year.',
      },
    ]);
    expect(compiled.maintenance[0]?.tasks.map(({ task, when }) => [task, when]).slice(-2)).toEqual([
      ['hand-over', { due: { to: for_(30, 'day'), after: 'stage' } }],
      ['scan', { every: for_(2, 'year'), from: { by: for_(1, 'year'), after: 'last session' } }],
    ]);
  });

  it('has work and reviews beside it', () => {
    expect(compiled.alongside.map(({ task, when }) => [task, when])).toEqual([
      [
        'heart',
        {
          every: for_(3, 'month'),
          from: { by: for_(0, 'day'), after: 'first session' },
          until: { by: for_(12, 'month'), after: 'last session' },
        },
      ],
      ['call', { due: { to: for_(14, 'day'), after: 'first session' } }],
    ]);
    expect(compiled.reviews).toEqual([{ review: 'progress', every: for_(42, 'day') }]);
    expect(compiled.decisions.find(({ decision }) => decision === 'progress')).toMatchObject({
      title: 'Review: A series',
      by: { kind: 'roles', roles: ['surgeon', 'patient'] },
      outcomes: {
        redo: [
          { do: 'again', atMost: 1 },
          { do: 'exit', exit: 'referral' },
        ],
      },
    });
  });

  it('lets a table decide, and knows the facts that it asks', () => {
    expect(compiled.decisions.find(({ decision }) => decision === 'weigh')?.by).toEqual({
      kind: 'table',
      table: 'risk',
      roles: [],
      ifUnknown: 'high',
    });
    expect(compiled.tables.map(({ rule }) => rule)).toContain('risk');
    expect(compiled.facts.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['neuropathy', 'nicotine']),
    );
  });

  it('runs to the end of what follows it', () => {
    const plan = new RunningPlan(compiled, '2026-03-02T15:00:00.000Z', {
      treatment: ['left breast'],
      donor: ['abdomen'],
    });
    plan.report('transplant', '2026-03-09', '2026-03-09T20:00:00.000Z');
    expect(plan.state.chart).toBe('weigh.decision');
    plan.observe(
      [
        { fact: 'neuropathy', value: 1 },
        { fact: 'nicotine', value: 'never', from: 'patient' },
      ],
      '2026-03-09T21:00:00.000Z',
    );
    expect(plan.state.chart).toBe('follow-up.maintenance');
    expect(openTasks(plan)).toEqual(
      expect.arrayContaining(['course/heart', 'course/call', 'follow-up.maintenance/scan']),
    );
    sleepUntil(plan, '2026-04-20T04:00:00.000Z');
    expect(openQuestions(plan)).toEqual(['decision/progress']);
    plan.complete('follow-up.maintenance/hand-over');
    for (const id of openTasks(plan)) if (plan.state.tasks[id]?.repeat === undefined) plan.complete(id);
    plan.wake('2031-03-10T04:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
  });
});

describeRows(
  [
    [
      'CC1011',
      'a maintenance of no length',
      'pathway',
      {
        from: '- maintenance: follow-up\n    title: Follow-up\n    lasts: 5 years',
        refused: `- ${HERE}maintenance: follow-up\n    title: Follow-up`,
        taken: '- maintenance: follow-up\n    title: Follow-up\n    lasts: 1 year',
      },
    ],
    [
      'CC1021',
      'a maintenance of hours',
      'pathway',
      { from: 'lasts: 5 years', refused: `lasts: ${HERE}48 hours`, taken: 'lasts: 2 days' },
    ],
    [
      'CC1011',
      'a maintenance in which nothing is done',
      'pathway',
      {
        from: /- maintenance: follow-up[\s\S]*?twice a year\./.exec(WHOLE.pathway.text)?.[0] ?? '',
        refused: `- ${HERE}maintenance: follow-up\n    title: Follow-up\n    lasts: 5 years`,
        taken: '- maintenance: follow-up\n    title: Follow-up\n    lasts: 5 years\n    packs: [afterwards]',
      },
    ],
    [
      'CC1047',
      'a maintenance with the name of a stage',
      'pathway',
      { from: 'maintenance: follow-up', refused: `maintenance: ${HERE}fill`, taken: 'maintenance: filled' },
    ],
    [
      'CC1015',
      'a maintenance with the name of a phase',
      'pathway',
      {
        from: 'maintenance: follow-up',
        refused: `maintenance: ${HERE}recovery`,
        taken: 'maintenance: after',
      },
    ],
    [
      'CC1051',
      'work in a maintenance that counts from an exit',
      'pathway',
      {
        from: 'due: 30 days after stage }',
        refused: `due: ${HERE}30 days after exit }`,
        taken: 'due: 30 days after course }',
      },
    ],
    [
      'CC1050',
      'work in a maintenance before a booking',
      'pathway',
      {
        from: 'due: 30 days after stage }',
        refused: `due: ${HERE}3 days before booking }`,
        taken: 'due: 0 days after stage }',
      },
    ],
    [
      'CC1047',
      'two tasks alongside of one name',
      'pathway',
      {
        from: '{ task: call, title: Call, role: nurse, due: 14',
        refused: `{ task: ${HERE}heart, title: Call, role: nurse, due: 14`,
        taken: '{ task: ring, title: Call, role: nurse, due: 14',
      },
    ],
    [
      'CC1051',
      'work alongside whose beginning moves with each session',
      'pathway',
      { from: 'from: first session,', refused: `from: ${HERE}last session,`, taken: 'from: course,' },
    ],
    [
      'CC1051',
      'work alongside that is of a stage',
      'pathway',
      {
        from: 'until: 12 months after last session,',
        refused: `until: ${HERE}12 months after stage,`,
        taken: 'until: 12 months after course,',
      },
    ],
    [
      'CC1011',
      'an item alongside of no kind',
      'pathway',
      { from: '- review: progress\n', refused: `- ${HERE}title: progress\n`, taken: '- review: all-along\n' },
    ],
    [
      'CC1011',
      'a review that nobody is asked',
      'pathway',
      {
        from: '- review: progress\n    every: 42 days\n    by: surgeon and patient\n',
        refused: `- ${HERE}review: progress\n    every: 42 days\n`,
        taken: '- review: progress\n    every: 1 month\n    by: nurse\n',
      },
    ],
    [
      'CC1021',
      'a review of every hour',
      'pathway',
      { from: 'every: 42 days', refused: `every: ${HERE}6 hours`, taken: 'every: 1 day' },
    ],
    [
      'CC1047',
      'a review with the name of a decision',
      'pathway',
      { from: 'review: progress', refused: `review: ${HERE}problem`, taken: 'review: problems' },
    ],
    [
      'CC1051',
      'a review that is due after a session there may not have been',
      'pathway',
      {
        from: 'due: 7 days after asked',
        refused: `due: ${HERE}7 days after last session`,
        taken: 'due: 7 working days after asked',
      },
    ],
    [
      'CC1072',
      'a review that leads back without a number',
      'pathway',
      {
        from: 'stop: { exit: conservative } }\nexits',
        refused: `back: { to: ${HERE}cut } }\nexits`,
        taken: 'back: { to: cut, atMost: 1 } }\nexits',
      },
    ],
    [
      'CC1052',
      'a decision by a table that there is not',
      'pathway',
      {
        from: 'by: { table: risk }\n    ifUnknown',
        refused: `by: { table: ${HERE}rsk }\n    ifUnknown`,
        taken: 'by: { "table": risk }\n    ifUnknown',
      },
    ],
    [
      'CC1070',
      'an answer of the table that leads nowhere',
      'pathway',
      {
        from: 'outcomes: { standard: go, high: { exit: referral } }',
        refused: `outcomes: ${HERE}{ high: { exit: referral } }`,
        taken: 'outcomes: { high: { exit: referral }, standard: end }',
      },
    ],
    [
      'CC1053',
      'an outcome that the table does not answer',
      'pathway',
      {
        from: 'outcomes: { standard: go, high: { exit: referral } }',
        refused: `outcomes: { standard: go, ${HERE}middling: go, high: { exit: referral } }`,
        taken: 'outcomes: { standard: go, high: go }',
      },
    ],
    [
      'CC1086',
      'what is taken while a table has no answer is neither an outcome nor a role',
      'pathway',
      { from: 'ifUnknown: high', refused: `ifUnknown: ${HERE}hgh`, taken: 'ifUnknown: surgeon' },
    ],
    [
      'CC1054',
      'a patient who would decide in the place of a table',
      'pathway',
      { from: 'ifUnknown: high', refused: `ifUnknown: ${HERE}patient`, taken: 'ifUnknown: clinical-lead' },
    ],
    [
      'CC1069',
      'what is taken while nobody knows, where persons decide',
      'pathway',
      {
        from: 'by: surgeon\n    due: 14 days after last session',
        refused: `by: surgeon\n    ${HERE}ifUnknown: go-on\n    due: 14 days after last session`,
        taken: 'by: nurse\n    due: 14 days after last session',
      },
    ],
    [
      'CC1069',
      'facts beside those that a table asks',
      'pathway',
      { from: 'ifUnknown: high', refused: `${HERE}needs: [glucose]`, taken: 'ladder: emergency' },
    ],
    [
      'CC1069',
      'a quorum of a table',
      'pathway',
      { from: 'ifUnknown: high', refused: `${HERE}noQuorum: { exit: referral }`, taken: 'ifUnknown: nurse' },
    ],
    [
      'CC1066',
      'a table that asks of an area, where there is none',
      'pathway',
      {
        from: `by: { table: risk }
    ifUnknown: high
    due: 14 days after last session
    outcomes: { standard: go, high: { exit: referral } }`,
        refused: `by: { table: ${HERE}of-wounds }
    due: 14 days after last session
    outcomes: { a: go, b: go }`,
        taken: `by: { table: risk }
    due: 14 days after last session
    outcomes: { standard: go, high: go }`,
      },
    ],
    [
      'CC1053',
      'a stage that ends with a table, and an answer that it does not give',
      'pathway',
      {
        from: `by: surgeon
      due: 2 to 3 weeks after procedure
      outcomes: { fine: go, again: { again: 2, then: { exit: referral } } }`,
        refused: `by: { table: of-wounds }
      due: 2 to 3 weeks after procedure
      outcomes: { a: go, b: go, ${HERE}c: go }`,
        taken: `by: { table: of-wounds }
      due: 2 to 3 weeks after procedure
      outcomes: { a: go, b: { again: 2, then: { exit: referral } } }`,
      },
    ],
  ],
  WHOLE,
);
