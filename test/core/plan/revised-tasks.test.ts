import type { PlanChange } from '../../../src/core/model/plan-change.schema.ts';
import { HISTORY } from '../../../src/core/pathway/work.schema.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { dermatologist, lead, leave, openTasks, planWith, sleepUntil } from '../../support/decided.ts';
import {
  contraindication,
  factOf,
  for_,
  leaf,
  stageOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { nurse, type RunningPlan } from '../../support/plan.ts';
import { revise, whyNot } from '../../support/revised.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const WEEKLY = {
  when: { every: for_(7, 'day'), until: { by: for_(6, 'week'), after: 'procedure' as const } },
};

/** A wound visit due a week after the procedure, and a dressing every week for six weeks. */
const AFTERCARE: Variation = {
  stages: [
    stageOf('first', {
      prep: [taskOf('wash', { due: { to: for_(1, 'day'), after: 'stage' } })],
      closure: [taskOf('dressing', WEEKLY)],
      recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } })],
    }),
    stageOf('second', { recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } })] }),
  ],
};

/** The first was done on 2 March. */
function afterFirst(more: Variation = {}): RunningPlan {
  const plan = planWith({ ...AFTERCARE, ...more });
  plan.finishPhase();
  plan.consent('first-consent', '2026-03-02');
  plan.report('first', '2026-03-02');
  return plan;
}

const VISIT = 'first.recovery/visit';
const DRESSING = 'first.closure/dressing';
const due = (text: string, task = VISIT): PlanChange => ({ change: 'task', task, due: text });
const dueOf = (plan: RunningPlan, task: string): string | undefined =>
  plan.state.waits[`task/${task}`]?.dueAt;
/** The end of a day in New York, before its clocks change and after. */
const endOf = (day: string): string => (day > '2026-03-08' ? `${day}T04:00:00.000Z` : `${day}T05:00:00.000Z`);

describe('work that is due otherwise for one patient', () => {
  it('is counted anew from where it was, and its owner is told', () => {
    const plan = afterFirst();
    const { generation = 0 } = plan.state.waits[`task/${VISIT}`] ?? {};
    const { effects } = revise(plan, [due('3 to 4 days after procedure')]);
    expect(dueOf(plan, VISIT)).toBe(endOf('2026-03-07'));
    expect(plan.state.tasks[VISIT]).toMatchObject({ from: '2026-03-05', status: 'requested' });
    expect(plan.state.waits[`task/${VISIT}`]?.generation).toBe(generation + 1);
    expect(effects).toMatchObject([{ role: 'nurse', subject: 'The plan was revised' }]);
  });

  it('is due so when it is asked for later', () => {
    const plan = afterFirst();
    revise(plan, [due('10 days after procedure', 'second.recovery/visit')]);
    plan.complete(VISIT);
    plan.consent('second-consent', '2026-03-10', at('2026-03-10'));
    plan.report('second', '2026-03-10', at('2026-03-10'));
    expect(dueOf(plan, 'second.recovery/visit')).toBe(endOf('2026-03-21'));
  });

  describe('with bloods due a week after its stage was come to', () => {
    const BLOODS = 'first.ready/bloods';
    const withBloods = (): RunningPlan =>
      planWith({
        facts: [factOf('fever', { kind: 'yes or no' })],
        rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] })],
        stages: [
          stageOf('first', {
            beforeEach: [taskOf('bloods', { due: { to: for_(7, 'day'), after: 'stage' } })],
          }),
        ],
      });

    it('is later by as long as a hold has stopped its clock', () => {
      const plan = withBloods();
      plan.observe([{ fact: 'fever', value: true }]);
      plan.observe([{ fact: 'fever', value: false }], at('2026-03-12'));
      expect(dueOf(plan, BLOODS)).toBe(endOf('2026-03-20'));
      revise(plan, [due('8 days after stage', BLOODS)]);
      expect(dueOf(plan, BLOODS)).toBe(endOf('2026-03-21'));
    });

    it('is told of once: whoever has heard of it late does not hear the same again', () => {
      const plan = withBloods();
      plan.observe([{ fact: 'fever', value: false }]);
      sleepUntil(plan, at('2026-03-25'));
      const { rung } = plan.state.waits[`task/${BLOODS}`] ?? {};
      const { effects } = revise(plan, [due('6 days after stage', BLOODS)], { now: at('2026-03-25') });
      expect(effects.map(({ role, subject }) => [role, subject])).toEqual([
        ['nurse', 'The plan was revised'],
      ]);
      expect(plan.state.waits[`task/${BLOODS}`]?.rung).toBe(rung);
    });

    it('is due as the last of several changes says', () => {
      const plan = withBloods();
      plan.observe([{ fact: 'fever', value: false }]);
      const { generation = 0 } = plan.state.waits[`task/${BLOODS}`] ?? {};
      revise(plan, [due('9 days after stage', BLOODS), due('5 days after stage', BLOODS)]);
      expect(dueOf(plan, BLOODS)).toBe(endOf('2026-03-08'));
      expect(plan.state.waits[`task/${BLOODS}`]?.generation).toBe(generation + 1);
    });
  });

  it('goes to whoever does it now, and has no more time for that', () => {
    const plan = afterFirst();
    const before = dueOf(plan, VISIT);
    const { effects } = revise(plan, [{ change: 'task', task: VISIT, role: 'dermatologist' }]);
    expect(plan.state.waits[`task/${VISIT}`]).toMatchObject({ owner: 'dermatologist', dueAt: before });
    expect(plan.state.tasks[VISIT]?.role).toBe('dermatologist');
    expect(effects.map(({ role }) => role).sort()).toEqual(['dermatologist', 'nurse']);
  });

  it.each([
    ['sooner', '3 days', '2026-03-13', 3],
    ['later', '14 days', '2026-03-17', 1],
  ])('comes round again counted from its beginning: %s', (_says, every, on, repeat) => {
    const plan = afterFirst();
    sleepUntil(plan, at('2026-03-09'));
    plan.complete(DRESSING, at('2026-03-10'));
    revise(plan, [{ change: 'task', task: DRESSING, every }]);
    expect(plan.state.tasks[DRESSING]?.repeat).toBe(repeat === 3 ? 3 : 1);
    expect(dueOf(plan, DRESSING)).toBe(endOf(on === '2026-03-13' ? '2026-03-12' : on));
  });

  it('stays late when it is late, however often it comes round from now on', () => {
    const plan = afterFirst();
    const before = dueOf(plan, DRESSING);
    sleepUntil(plan, at('2026-03-11'));
    revise(plan, [{ change: 'task', task: DRESSING, every: '14 days' }], { now: at('2026-03-11') });
    expect(dueOf(plan, DRESSING)).toBe(before);
    plan.complete(DRESSING, at('2026-03-12'));
    expect(dueOf(plan, DRESSING)).toBe(endOf('2026-03-17'));
  });
});

describe('work that is left out for one patient', () => {
  it('is owed no more, its owner is told, and the lead looks at the deviation', () => {
    const plan = afterFirst();
    const { effects, journal } = revise(plan, [{ change: 'task-dropped', task: VISIT }]);
    expect(plan.state.tasks[VISIT]?.status).toBe('cancelled');
    expect(plan.state.waits[`task/${VISIT}`]).toBeUndefined();
    expect(effects.map(({ role }) => role)).toEqual(expect.arrayContaining(['nurse', 'clinical-lead']));
    expect(journal.find(({ kind }) => kind === 'deviation.raised')?.details).toMatchObject({
      code: 'left-out',
      about: VISIT,
    });
    expect(plan.state.chart).toBe('second.ready');
  });

  it.each([
    ['what clears for anaesthesia', taskOf('look', { clears: 'anaesthesia' }), /clears for anaesthesia/],
    ['what attests the history', taskOf(HISTORY), /attests what was done before/],
    [
      'the only one that records what a gate asks',
      taskOf('look', { records: ['fever'] }),
      /alone records fever, and hot rests/,
    ],
  ])('but not %s', (_says, task, why) => {
    const plan = planWith({
      facts: [factOf('fever', { kind: 'yes or no' })],
      rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] })],
      stages: [stageOf('first', { prep: [task] }), stageOf('second')],
    });
    expect(whyNot(revise(plan, [{ change: 'task-dropped', task: `first.prep/${task.task}` }]))).toMatch(why);
  });

  it('is asked for no more wherever the plan comes to, off its course too', () => {
    const ring = taskOf('ring', { due: { to: for_(7, 'day'), after: 'exit' } });
    const plan = planWith({
      exits: { postponement: { ...moleRemoval.exits.postponement, tasks: [ring] } },
    });
    revise(plan, [{ change: 'task-dropped', task: 'postponement/ring' }]);
    leave(plan, 'postponement');
    expect(openTasks(plan)).not.toContain('postponement/ring');
  });

  it('but not the only work of a maintenance', () => {
    const check = taskOf('check', { when: { every: for_(7, 'day') } });
    const checks = { maintenance: 'checks', title: 'Checks', lasts: for_(1, 'year'), tasks: [check] };
    const plan = planWith({
      stages: [stageOf('first')],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'maintenance', name: 'checks' },
      ],
      maintenance: [checks],
    });
    expect(whyNot(revise(plan, [{ change: 'task-dropped', task: 'checks.maintenance/check' }]))).toMatch(
      /CC3013 Title of check is all that is done in checks/,
    );
  });

  it('where another records the same', () => {
    const look = taskOf('look', { records: ['fever'] });
    const plan = planWith({
      facts: [factOf('fever', { kind: 'yes or no' })],
      rules: [contraindication('hot', { all: [leaf('fever', 'equal', true)] })],
      stages: [stageOf('first', { prep: [look, { ...look, task: 'look-again' }] }), stageOf('second')],
    });
    expect(whyNot(revise(plan, [{ change: 'task-dropped', task: 'first.prep/look' }]))).toBeUndefined();
    expect(whyNot(revise(plan, [{ change: 'task-dropped', task: 'first.prep/look-again' }]))).toMatch(
      /alone records/,
    );
  });
});

describe('work that is added for one patient', () => {
  const photograph = (where: string, text = '5 days after procedure'): PlanChange => ({
    ...{ change: 'task-added', in: where, task: 'photograph' },
    ...{ title: 'Photograph the scar', role: 'nurse', due: text },
  });

  it('is owed at once in the phase that the plan is in', () => {
    const plan = afterFirst();
    revise(plan, [photograph('first.recovery')]);
    expect(dueOf(plan, 'first.recovery/photograph')).toBe(endOf('2026-03-08').replace('T05', 'T05'));
    plan.complete(VISIT);
    expect(plan.state.chart).toBe('first.recovery');
    plan.complete('first.recovery/photograph');
    expect(plan.state.chart).toBe('second.ready');
  });

  it('is owed in its phase when that comes', () => {
    const plan = afterFirst();
    revise(plan, [photograph('second.recovery')]);
    expect(openTasks(plan)).not.toContain('second.recovery/photograph');
    plan.complete(VISIT);
    plan.consent('second-consent', '2026-03-10', at('2026-03-10'));
    plan.report('second', '2026-03-10', at('2026-03-10'));
    expect(openTasks(plan)).toContain('second.recovery/photograph');
  });

  it('is owed beside the course', () => {
    const plan = afterFirst();
    revise(plan, [photograph('alongside', '10 days after course')]);
    expect(openTasks(plan)).toContain('course/photograph');
  });

  it.each([
    [
      'to what the plan has left',
      photograph('consultation', '3 days after consultation'),
      /CC3013 .*left consultation/,
    ],
    [
      'to a phase that there is not',
      photograph('second.prep', '3 days after stage'),
      /CC2033 .*No work can be added in second.prep/,
    ],
    ['to a stage that there is not', photograph('third.recovery'), /CC2033 .*third.recovery/],
    ['to a list that there is not', photograph('second.recovery.late'), /CC2033 .*second.recovery.late/],
    [
      'counted from what lies ahead',
      photograph('alongside', '3 days after last session'),
      /CC2033 .*lies ahead/,
    ],
    ['counted from nothing', photograph('second.recovery', 'soon'), /CC2033 .*not a due time/],
    [
      'before a booking that is behind',
      photograph('second.recovery', '2 days before booking'),
      /CC2033 .*no booking lies ahead/,
    ],
    [
      'for a role that there is not',
      { ...photograph('second.recovery'), role: 'barber' } as PlanChange,
      /CC2033 .*no role barber/,
    ],
    [
      'under a name that there is',
      { ...photograph('second.recovery'), task: 'visit' } as PlanChange,
      /CC2033 .*already/,
    ],
  ])('but not %s', (_says, change, why) => {
    expect(whyNot(revise(afterFirst(), [change]))).toMatch(why);
  });

  it('but not under the name of what was left out, which stays left out', () => {
    const plan = afterFirst();
    const visit = { ...photograph('second.recovery', '8 days after procedure'), task: 'visit' } as PlanChange;
    revise(plan, [{ change: 'task-dropped', task: 'second.recovery/visit' }]);
    expect(whyNot(revise(plan, [visit]))).toMatch(/CC2033 visit was left out .*another name/);
  });
});

describe('a revision of work is refused', () => {
  it.each([
    [
      'that is not there',
      due('3 days after procedure', 'first.recovery/walk'),
      /CC2033 .*first.recovery\/visit/,
    ],
    ['that says nothing', { change: 'task', task: VISIT } as PlanChange, /CC2033 .*due, every or role/],
    [
      'that makes it come round',
      { change: 'task', task: VISIT, every: '3 days' } as PlanChange,
      /CC2033 .*done once/,
    ],
    ['that makes it be done once', due('3 days after procedure', DRESSING), /CC2033 .*again and again/],
    ['that is behind', due('3 days after stage', 'first.prep/wash'), /CC3013/],
  ])('%s', (_says, change, why) => {
    const plan = afterFirst();
    const before = plan.state.tasks;
    expect(whyNot(revise(plan, [change]))).toMatch(why);
    expect(plan.state.tasks).toEqual(before);
  });

  it('that is done already', () => {
    const plan = afterFirst({
      stages: [
        stageOf('first', {
          recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } }), taskOf('call')],
        }),
        stageOf('second'),
      ],
    });
    plan.complete(VISIT);
    expect(whyNot(revise(plan, [due('9 days after procedure')]))).toMatch(/CC3013 .*is done already/);
  });

  it('that would let a clearance be older', () => {
    const cleared = taskOf('clear', {
      clears: 'anaesthesia',
      when: { due: { from: for_(14, 'day'), to: for_(2, 'day'), before: 'booking' } },
    });
    const plan = planWith({
      stages: [stageOf('first', { anaesthesia: 'general', prep: [cleared] }), stageOf('second')],
    });
    const older = due('2 to 30 days before booking', 'first.prep/clear');
    const fresher = due('1 to 7 days before booking', 'first.prep/clear');
    expect(whyNot(revise(plan, [older]))).toMatch(/no longer|may not be done longer/);
    expect(whyNot(revise(plan, [due('2 days before booking', 'first.prep/clear')]))).toMatch(
      /may not be done longer/,
    );
    expect(whyNot(revise(plan, [{ change: 'task', task: 'first.prep/clear', role: 'nurse' }]))).toMatch(
      /nobody else/,
    );
    expect(whyNot(revise(plan, [fresher]))).toBeUndefined();
  });

  it.each([
    [lead, true],
    [dermatologist, false],
    [nurse, false],
  ])('but by whoever answers for it', (by, isTaken) => {
    const { answer } = revise(afterFirst(), [due('3 days after procedure')], { by });
    expect(answer.outcome).toBe(isTaken ? 'accepted' : 'rejected');
  });
});

it('what an earlier change of the same revision made, a later one may speak of', () => {
  const plan = afterFirst();
  const added: PlanChange = {
    ...{ change: 'task-added', in: 'second.recovery', task: 'photograph' },
    ...{ title: 'Photograph the scar', role: 'nurse', due: '5 days after procedure' },
  };
  expect(
    whyNot(revise(plan, [added, due('9 days after procedure', 'second.recovery/photograph')])),
  ).toBeUndefined();
  expect(
    whyNot(revise(plan, [{ change: 'task-dropped', task: 'second.recovery/photograph' }])),
  ).toBeUndefined();
});
