import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import {
  comeBack,
  decide,
  decisionOf,
  dermatologist,
  leave,
  openQuestions,
  openTasks,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { factOf, for_, leaf, tableOf, type Variation } from '../../support/pathways.ts';
import { actor, coordinator, type RunningPlan, refusalOf } from '../../support/plan.ts';

const TIER = 'decision/tier';
const facts = [
  factOf('bmi', { kind: 'number', unit: 'kg/m2', from: 10, to: 80 }),
  factOf('smokes', { kind: 'yes or no' }),
];
const table = tableOf(
  'risk',
  ['high', 'standard'],
  [
    { when: { all: [leaf('bmi', 'greaterThanInclusive', 35)] }, answer: 'high' },
    { when: { all: [leaf('smokes', 'equal', true)] }, answer: 'high' },
    { when: { all: [leaf('bmi', 'lessThan', 35), leaf('smokes', 'equal', false)] }, answer: 'standard' },
  ],
);
type ByTable = Extract<DecisionDefinition['by'], { kind: 'table' }>;
const byTable = (more: Partial<ByTable> = {}): ByTable => ({
  kind: 'table',
  table: 'risk',
  roles: [],
  ...more,
});
const tier = (more: Partial<DecisionDefinition> = {}): DecisionDefinition =>
  decisionOf('tier', {
    by: byTable(),
    outcomes: { high: [{ do: 'exit', exit: 'referral' }], standard: [{ do: 'go' }] },
    ...more,
  });
const inAssessment = (more: Partial<DecisionDefinition> = {}, others: Variation = {}): RunningPlan =>
  planWith({
    facts,
    tables: [table],
    decidedIn: { consultation: [], assessment: ['tier'] },
    ...others,
    decisions: [tier(more), ...(others.decisions ?? [])],
  });
const bmi = (value: number) => ({ fact: 'bmi', value, unit: 'kg/m2' });
const smokes = (value: boolean) => ({ fact: 'smokes', value });
const at = (day: string): string => `${day}T16:00:00.000Z`;

describe('a decision by a table', () => {
  it.each([
    ['everything is known and well', [bmi(24), smokes(false)], 'first.ready'],
    ['what is most cautious is met, whatever else is unknown', [bmi(40)], 'referral'],
    ['all is known, and one thing speaks against', [bmi(24), smokes(true)], 'referral'],
  ])('is taken as soon as it has an answer: %s', (_says, observations, chart) => {
    const plan = inAssessment();
    plan.observe(observations, at('2026-03-03'));
    expect(plan.state.chart).toBe(chart);
    expect(openQuestions(plan)).toEqual([]);
  });

  it('says in the journal on what evidence', () => {
    const plan = inAssessment();
    plan.observe([bmi(24), smokes(false)], at('2026-03-03'));
    const answered = plan.last.journal.find(({ kind }) => kind === 'question.answered');
    expect(answered?.says).toBe('Title of tier. Title of risk: standard');
    expect(answered?.details).toMatchObject({ id: TIER, outcome: 'standard', table: 'risk', votes: [] });
    expect(answered?.details.evidence).toHaveLength(4);
  });

  it('asks for the fact that something is worked out of, never for what is worked out', () => {
    const fallen = tableOf(
      'risk',
      ['high', 'standard'],
      [
        {
          when: { all: [leaf('bmiFall', 'greaterThanInclusive', 5)] },
          answer: 'high',
        },
        { when: { all: [leaf('bmiFall', 'lessThan', 5)] }, answer: 'standard' },
      ],
    );
    const derived = [
      { derived: 'bmiFall', of: 'bmi', way: { kind: 'fall' as const, percent: false }, unit: 'kg/m2' },
    ];
    const plan = inAssessment({}, { tables: [fallen], derived });
    expect(openTasks(plan)).toEqual(['plan/needed/bmi']);
    expect(plan.state.waits[`question/${TIER}`]).toMatchObject({ owner: 'nurse' });
    plan.observe([bmi(24)], at('2026-03-03'));
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('waits, while it has none, for whoever supplies the first fact that is missing', () => {
    const plan = inAssessment();
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.waits[`question/${TIER}`]).toMatchObject({ owner: 'nurse' });
    expect(openTasks(plan)).toEqual(['plan/needed/bmi', 'plan/needed/smokes']);
    plan.observe([bmi(24)], at('2026-03-03'));
    expect(openTasks(plan)).toEqual(['plan/needed/smokes']);
    plan.observe([smokes(false)], at('2026-03-04'));
    expect(openTasks(plan)).toEqual([]);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('climbs its ladder when nobody supplies it', () => {
    const plan = inAssessment();
    sleepUntil(plan, at('2026-03-20'));
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.escalation).toBeGreaterThan(0);
  });

  it('nobody takes in its place', () => {
    const plan = inAssessment();
    const { answer } = decide(plan, TIER, 'standard', {
      by: actor('nurse-2', 'nurse'),
      now: at('2026-03-03'),
    });
    const { code, says, reasons } = refusalOf(answer);
    expect(code).toBe('CC3009');
    expect(says).toContain('once it is known: bmi, smokes');
    expect(reasons).toHaveLength(2);
    expect(plan.state.chart).toBe('assessment');
  });

  it('stands when the facts change later', () => {
    const plan = inAssessment();
    plan.observe([bmi(24), smokes(false)], at('2026-03-03'));
    plan.observe([bmi(40)], at('2026-03-05'));
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.questions[TIER]?.answer?.outcome).toBe('standard');
  });

  it('falls away in an exit, and is asked anew on return', () => {
    const plan = inAssessment();
    leave(plan, 'postponement', at('2026-03-03'));
    expect(openTasks(plan)).toEqual([]);
    plan.observe([bmi(24), smokes(false)], at('2026-03-04'));
    expect(plan.state.chart).toBe('postponement');
    comeBack(plan, at('2026-03-05'));
    expect(plan.state.chart).toBe('first.ready');
  });
});

describe('while a table has no answer', () => {
  it.each([
    ['a minute before its due time', '2026-03-10T03:59:00.000Z', 'assessment'],
    ['at its due time', '2026-03-10T04:00:00.000Z', 'referral'],
  ])('the outcome that is named is taken at the due time: %s', (_says, now, chart) => {
    const plan = inAssessment({ by: byTable({ ifUnknown: 'high' }) });
    expect(plan.state.wake.at).not.toBeNull();
    sleepUntil(plan, now);
    expect(plan.state.chart).toBe(chart);
  });

  it('and its due time was over before it was asked, there is some time all the same', () => {
    const plan = inAssessment({
      by: byTable({ ifUnknown: 'high' }),
      due: { to: for_(0, 'day'), after: 'plan start' },
    });
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.waits[`question/${TIER}`]?.dueAt).toBe('2026-03-04T05:00:00.000Z');
  });

  it('and the table answers before that time, its answer counts', () => {
    const plan = inAssessment({ by: byTable({ ifUnknown: 'high' }) });
    plan.observe([bmi(24), smokes(false)], at('2026-03-09'));
    expect(plan.state.chart).toBe('first.ready');
  });

  it('the role that is named is asked at once, and may decide; the facts are asked for too', () => {
    const plan = inAssessment({ by: byTable({ roles: ['dermatologist'] }) });
    expect(plan.state.waits[`question/${TIER}`]).toMatchObject({ owner: 'dermatologist' });
    expect(openTasks(plan)).toEqual(['plan/needed/bmi', 'plan/needed/smokes']);
    decide(plan, TIER, 'standard', { by: dermatologist, now: at('2026-03-03') });
    expect(plan.state.chart).toBe('first.ready');
    expect(openTasks(plan)).toEqual([]);
  });

  it('and the role that is named has not spoken, the table decides as soon as it can', () => {
    const plan = inAssessment({ by: byTable({ roles: ['dermatologist'] }) });
    plan.observe([bmi(40)], at('2026-03-03'));
    expect(plan.state.chart).toBe('referral');
  });
});

describe('what a table decides', () => {
  it('can be put off: it is not looked at again before its day', () => {
    const outcomes = {
      high: [
        { do: 'wait' as const, for: for_(7, 'day'), atMost: 1 },
        { do: 'exit' as const, exit: 'referral' as const },
      ],
      standard: [{ do: 'go' as const }],
    };
    const plan = inAssessment({ outcomes });
    plan.observe([bmi(40), smokes(false)], at('2026-03-03'));
    expect(openQuestions(plan)).toEqual([`${TIER}#2`]);
    plan.observe([bmi(24)], at('2026-03-04'));
    expect(plan.state.chart).toBe('assessment');
    sleepUntil(plan, '2026-03-10T03:59:59.000Z');
    expect(plan.state.chart).toBe('assessment');
    sleepUntil(plan, '2026-03-10T04:00:00.000Z');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('put off as often as it may be, takes the next step', () => {
    const outcomes = {
      high: [
        { do: 'wait' as const, for: for_(7, 'day'), atMost: 1 },
        { do: 'exit' as const, exit: 'referral' as const },
      ],
      standard: [{ do: 'go' as const }],
    };
    const plan = inAssessment({ outcomes });
    plan.observe([bmi(40), smokes(false)], at('2026-03-03'));
    sleepUntil(plan, at('2026-03-10'));
    expect(plan.state.chart).toBe('referral');
  });

  it('many of them, one after another, in one step', () => {
    const names = Array.from({ length: 40 }, (_, index) => `tier-${index}`);
    const plan = planWith({
      facts,
      tables: [table],
      decisions: names.map((name) => ({ ...tier(), decision: name })),
      course: [
        ...names.map((name) => ({ kind: 'decision' as const, name })),
        { kind: 'stage', name: 'first' },
        { kind: 'stage', name: 'second' },
      ],
    });
    expect(plan.state.chart).toBe('tier-0.decision');
    plan.observe([bmi(24), smokes(false)], at('2026-03-03'));
    expect(plan.state.chart).toBe('first.ready');
  });

  it('reached by name leads on from the decision that it follows', () => {
    const begin = decisionOf('begin', { outcomes: { weigh: [{ do: 'decide', decision: 'tier' }] } });
    const plan = inAssessment(
      {},
      { decidedIn: { consultation: ['begin'], assessment: [] }, decisions: [begin] },
    );
    plan.observe([bmi(24), smokes(false)], at('2026-03-03'));
    decide(plan, 'decision/begin', 'weigh', { now: at('2026-03-04') });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('in a review is taken by itself, each time', () => {
    const plan = planWith({
      facts,
      tables: [table],
      reviews: [{ review: 'tier', every: for_(42, 'day') }],
      decisions: [tier()],
    });
    plan.observe([bmi(24), smokes(false)], at('2026-03-03'));
    sleepUntil(plan, at('2026-04-13'));
    expect(plan.state.questions[TIER]?.answer?.outcome).toBe('standard');
    plan.observe([bmi(40)], at('2026-05-01'));
    sleepUntil(plan, at('2026-05-25'));
    expect(plan.state.chart).toBe('referral');
  });
});

it('nobody without a role that is asked answers what a table decides', () => {
  const plan = inAssessment();
  const { answer } = decide(plan, TIER, 'standard', { by: coordinator, now: at('2026-03-03') });
  expect(answer.outcome).toBe('rejected');
});
