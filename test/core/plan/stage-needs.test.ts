import { book, comeBack, decide, leave, openTasks, planWith } from '../../support/decided.ts';
import { for_, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { IS_SWOLLEN, look, periodOf, SWELLING, swelling, watched } from '../../support/periods.ts';
import { type RunningPlan, refusalOf } from '../../support/plan.ts';

const SUPPLY = 'plan/stage-needed-drain';
const at = (day: string): string => `${day}T16:00:00.000Z`;

/** An operation, a drain only where it is swollen, and a closing visit. */
const drained = (more: Variation = {}): RunningPlan =>
  planWith({
    facts: [SWELLING],
    stages: [stageOf('first'), stageOf('drain', { onlyWhen: IS_SWOLLEN }), stageOf('last')],
    ...more,
  });

const afterFirst = (known?: boolean, more: Variation = {}): RunningPlan => {
  const plan = drained(more);
  if (known !== undefined) plan.observe(swelling(known));
  plan.report('first', '2026-03-02');
  return plan;
};

describe('a stage that is done only when it is needed', () => {
  it.each([
    ['known to be needed, is come to', true, 'drain.ready'],
    ['known not to be needed, is passed over', false, 'last.ready'],
    ['not known, is come to: unknown is not no', undefined, 'drain.ready'],
  ])('%s', (_says, known, chart) => {
    expect(afterFirst(known).state.chart).toBe(chart);
  });

  it('passed over, says why in the journal', () => {
    const says = afterFirst(false).journal.find(({ kind }) => kind === 'stage.passed')?.says;
    expect(says).toContain('Not for this patient: Stage drain (not: swelling equal true)');
  });

  it('unknown, keeps its gate closed, names the fact, and whoever supplies it is asked', () => {
    const plan = afterFirst();
    expect(plan.state.tasks[SUPPLY]).toMatchObject({ status: 'requested', role: 'nurse' });
    plan.consent('drain-consent', '2026-03-02');
    expect(refusalOf(plan.start('drain')).reasons).toEqual([
      expect.objectContaining({
        says: 'Whether Stage drain is needed is not known: swelling.',
        clears: [[expect.objectContaining({ kind: 'fact', fact: 'swelling' })]],
      }),
    ]);
  });

  it.each([
    ['yes: the gate opens, and nobody is asked any more', true, 'drain.procedure'],
    ['no: the plan goes past it', false, 'last.ready'],
  ])('answered with %s', (_says, known, chart) => {
    const plan = afterFirst();
    plan.consent('drain-consent', '2026-03-02');
    plan.observe(swelling(known));
    expect(openTasks(plan)).not.toContain(SUPPLY);
    if (known) expect(plan.start('drain').outcome).toBe('accepted');
    expect(plan.state.chart).toBe(chart);
  });

  it('that has begun goes on, whatever becomes of it', () => {
    const plan = afterFirst(true);
    plan.consent('drain-consent', '2026-03-02');
    plan.start('drain');
    plan.observe(swelling(false), at('2026-03-03'));
    expect(plan.state.chart).toBe('drain.procedure');
  });

  it('before its gate, is passed over as it turns out not to be needed any more, with the day that was booked', () => {
    const plan = afterFirst(true);
    book(plan, 'drain', '2026-04-01');
    plan.observe(swelling(false), at('2026-03-10'));
    expect(plan.state.chart).toBe('last.ready');
    expect(plan.state.bookings.drain?.status).toBe('cancelled');
  });

  it('that was not needed and was done all the same is recorded, as gone against its gate', () => {
    const plan = afterFirst(false);
    plan.report('drain', '2026-03-03', at('2026-03-03'));
    expect(plan.state.performed.at(-1)).toMatchObject({ stage: 'drain', deviation: true });
  });

  it('is asked for no longer once the plan is elsewhere', () => {
    const plan = afterFirst();
    leave(plan, 'postponement', at('2026-03-04'));
    expect(openTasks(plan)).not.toContain(SUPPLY);
    comeBack(plan, at('2026-03-05'));
    expect(openTasks(plan)).toContain(SUPPLY);
  });

  it('whose fact goes stale before its gate is not known to be needed any more', () => {
    const facts = [{ ...SWELLING, goodFor: for_(7, 'day') }];
    const plan = afterFirst(true, { facts });
    expect(openTasks(plan)).not.toContain(SUPPLY);
    plan.wake(plan.state.wake.at ?? '');
    plan.wake(at('2026-03-20'));
    expect(plan.state.chart).toBe('drain.ready');
    expect(openTasks(plan)).toContain(SUPPLY);
  });
});

describe('a span of time that is gone through only when it is needed', () => {
  const worn = (known?: boolean): RunningPlan => {
    const plan = watched({ onlyWhen: IS_SWOLLEN }, { facts: [SWELLING], consultation: [taskOf('talk')] });
    if (known !== undefined) plan.observe(swelling(known));
    plan.finishPhase();
    return plan;
  };

  it.each([
    ['needed', true, 'watch.period'],
    ['not needed', false, 'operation.ready'],
    ['not known', undefined, 'watch.period'],
  ])('%s', (_says, known, chart) => {
    expect(worn(known).state.chart).toBe(chart);
  });

  it('begun on an unknown answer, is left when that turns out to be no', () => {
    const plan = worn();
    expect(openTasks(plan)).toContain('plan/stage-needed-watch');
    plan.observe(swelling(false));
    expect(plan.state.chart).toBe('operation.ready');
    expect(openTasks(plan)).toEqual([]);
  });

  it('begun on a yes goes on to its end, though it would not be begun any more', () => {
    const plan = worn(true);
    plan.observe(swelling(false), at('2026-03-10'));
    expect(plan.state.chart).toBe('watch.period');
  });

  it('come to an unknown answer that turns out to be yes, goes on from then', () => {
    const plan = worn();
    plan.observe(swelling(true), at('2026-03-03'));
    plan.observe(swelling(false), at('2026-03-10'));
    expect(plan.state.chart).toBe('watch.period');
  });

  it('decided to be gone through once more, is: whoever decides it knows', () => {
    const plan = worn(true);
    plan.observe(swelling(false), at('2026-03-10'));
    plan.complete('watch.period/look');
    plan.wake(plan.state.wake.at ?? '');
    decide(plan, 'decision/enough', 'watch-on');
    expect(plan.state.chart).toBe('watch.period');
  });

  it('several that are not needed are passed over in one go', () => {
    const plan = planWith({
      facts: [SWELLING],
      stages: [
        stageOf('first'),
        periodOf('garment', { tasks: [look], onlyWhen: IS_SWOLLEN }),
        stageOf('drain', { onlyWhen: IS_SWOLLEN }),
        stageOf('last'),
      ],
    });
    plan.observe(swelling(false));
    plan.report('first', '2026-03-02');
    expect(plan.state.chart).toBe('last.ready');
  });
});
