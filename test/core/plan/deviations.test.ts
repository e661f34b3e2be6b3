import { raiseDeviation } from '../../../src/core/plan/deviation.ts';
import {
  contraindication,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { eventOf, RunningPlan } from '../../support/plan.ts';
import { afterExpander, on, spacing, tell } from '../../support/staged.ts';
import { draftOf } from '../../support/tasks.ts';

const FEVER = { fact: 'temperature', unit: 'Cel' };
const pathway = pathwayWith({
  facts: [
    factOf('temperature', { kind: 'number', unit: 'Cel', from: 30, to: 45 }, { goodFor: for_(2, 'day') }),
  ],
  rules: [contraindication('fever', { all: [leaf('temperature', 'greaterThanInclusive', 38)] })],
  consultation: [],
  stages: [stageOf('excision'), stageOf('refinement')],
});

const measured = (): RunningPlan => {
  const plan = new RunningPlan(pathway);
  plan.consent('excision-consent', '2026-03-02');
  plan.observe([{ ...FEVER, value: 37 }], on('2026-03-03'));
  return plan;
};
const causes = (plan: RunningPlan): unknown[] =>
  plan.journal.filter(({ kind }) => kind === 'deviation.raised').map(({ details }) => details.code);
const owed = (plan: RunningPlan): string[] =>
  Object.keys(plan.state.tasks).filter(
    (id) => id.startsWith('plan/deviation') && plan.state.tasks[id]?.status === 'requested',
  );
const withdraw = (plan: RunningPlan, now: string, id: string) =>
  plan.send(
    eventOf('fact.withdrawn', { fact: 'temperature', on: '2026-03-03', reason: 'another patient' }, { id }),
    now,
  );

describe('a deviation says why it is one', () => {
  it.each([
    ['its gate had not been opened', false, '2026-03-03', 'gate-not-opened'],
    ['its gate would have been closed on that day', true, '2026-03-06', 'gate-closed-that-day'],
  ])('%s', (_why, isOpened, performedOn, code) => {
    const plan = measured();
    if (isOpened) expect(plan.start('excision', on('2026-03-03')).outcome).toBe('accepted');
    plan.report('excision', performedOn, on(performedOn));
    expect(causes(plan)).toEqual([code]);
  });

  it('it came too early behind an open gate', () => {
    const plan = afterExpander([spacing({}, 'end of surgery')], '2026-03-02');
    plan.start('exchange', on('2026-06-02'));
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-05-01' }], { now: on('2026-06-02') });
    plan.report('exchange', '2026-06-03', on('2026-06-03'));
    expect(causes(plan)).toEqual(['too-early']);
  });

  it('what its gate opened on has changed', () => {
    const plan = measured();
    plan.start('excision', on('2026-03-03'));
    withdraw(plan, on('2026-03-04'), 'w-1');
    expect(causes(plan)).toEqual(['evidence-changed']);
  });
});

describe('a deviation and its task', () => {
  const deviation = {
    code: 'needs-not-met',
    says: 'Drains were taken out too soon',
    reasons: [],
    about: 'a',
  } as const;

  it('of the same thing twice is one task, and stands in the journal twice', () => {
    const draft = draftOf(measured());
    raiseDeviation(draft, deviation);
    raiseDeviation(draft, { ...deviation, says: 'Drains were taken out too soon, once more' });
    expect(Object.keys(draft.state.tasks)).toHaveLength(1);
    expect(draft.journal.filter(({ kind }) => kind === 'deviation.raised')).toHaveLength(2);
  });

  it.each([
    ['another thing', { about: 'b' }],
    ['another cause', { code: 'evidence-changed' as const }],
  ])('of %s is another', (_what, more) => {
    const draft = draftOf(measured());
    raiseDeviation(draft, deviation);
    raiseDeviation(draft, { ...deviation, ...more });
    expect(Object.keys(draft.state.tasks)).toHaveLength(2);
    expect(new Set(Object.values(draft.state.tasks).map(({ about }) => about)).size).toBe(2);
  });

  it('that was looked at, and happens again, is looked at again', () => {
    const plan = measured();
    const first = draftOf(plan);
    raiseDeviation(first, deviation);
    plan.steps.push({ ...plan.last, state: first.state });
    const [id = ''] = owed(plan);
    plan.complete(id, on('2026-03-04'));
    const again = draftOf(plan);
    raiseDeviation(again, deviation);
    expect(Object.values(again.state.tasks).filter(({ status }) => status === 'requested')).toHaveLength(1);
  });

  it('of two days on which a stage was done without its gate are two', () => {
    const plan = new RunningPlan(
      pathwayWith({
        rules: [],
        consultation: [taskOf('history')],
        stages: [stageOf('dose', { sessions: 3 })],
      }),
    );
    plan.report('dose', '2026-03-03', on('2026-03-03'));
    plan.report('dose', '2026-03-05', on('2026-03-05'));
    expect(owed(plan)).toHaveLength(2);
  });
});
