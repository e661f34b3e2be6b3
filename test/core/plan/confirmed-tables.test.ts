import { BY_SIZE, measured, SIZE } from '../../support/choices.ts';
import { decide, decisionOf, exitTo, GO, openTasks, planWith } from '../../support/decided.ts';
import { alertOf, factOf, for_, leaf, stageOf } from '../../support/pathways.ts';
import { kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';

const ASKED = 'decision/how';

/** At the end of its stage somebody confirms what a table says: large is the more cautious. */
const confirmed = (value?: number): RunningPlan => {
  const plan = planWith({
    facts: [SIZE],
    tables: [BY_SIZE],
    stages: [stageOf('first', { reassess: 'how' }), stageOf('second')],
    decisions: [
      decisionOf('how', {
        by: { kind: 'roles', roles: ['dermatologist'], confirms: 'by-size' },
        needs: ['size'],
        outcomes: { large: exitTo('further-evaluation'), small: GO },
      }),
    ],
  });
  if (value !== undefined) plan.observe(measured(value));
  plan.report('first', '2026-03-02');
  return plan;
};

describe('a decision that confirms what a table says', () => {
  it('waits for the person, though the table has its answer', () => {
    const plan = confirmed(5);
    expect(plan.state.chart).toBe('first.reassessment');
    expect(plan.state.waits[`question/${ASKED}`]).toMatchObject({ owner: 'dermatologist' });
  });

  it.each([
    ['the same', 5, 'small', 'second.ready', false],
    ['more cautious', 5, 'large', 'further-evaluation', false],
    ['less cautious', 12, 'small', 'second.ready', true],
  ])(
    '%s than it is taken, and looked at where it is less cautious',
    (_says, size, outcome, chart, isLookedAt) => {
      const plan = confirmed(size);
      decide(plan, ASKED, outcome);
      expect(plan.state.chart).toBe(chart);
      const raised = plan.last.journal.filter(({ kind }) => kind === 'deviation.raised');
      expect(raised.map(({ details }) => details)).toEqual(
        isLookedAt ? [expect.objectContaining({ code: 'decided-against-table', about: 'decision/how' })] : [],
      );
    },
  );

  it('is not confirmed while nobody knows what the table asks', () => {
    const plan = confirmed();
    const { reasons } = refusalOf(decide(plan, ASKED, 'small').answer);
    expect(reasons[0]?.says).toContain('size has to be known');
    expect(openTasks(plan)).toContain('plan/needed/size');
  });
});

describe('a date that may lie ahead', () => {
  const DUE = factOf('due', { kind: 'date', ahead: true }, { goodFor: for_(1, 'year') });
  const PAST = factOf('born', { kind: 'date' });
  const told = (fact: string, value: string) => {
    const plan = planWith({ facts: [DUE, PAST] });
    return plan.observe([{ fact, value }]).answer;
  };

  it.each([
    ['born', '2026-03-02', true],
    ['born', '2026-03-03', false],
    ['due', '2026-02-01', true],
    ['due', '2026-03-03', true],
    ['due', '2036-03-02', true],
    ['due', '2036-03-03', false],
  ])('%s on %s is taken: %s', (fact, day, isTaken) => {
    expect(told(fact, day)).toMatchObject(
      isTaken ? { outcome: 'accepted' } : { outcome: 'rejected', code: 'CC2014' },
    );
  });

  it('is no day that has been until it comes; the plan wakes for it', () => {
    const plan = planWith({
      facts: [DUE],
      stages: [
        stageOf('first', { onlyWhen: { all: [leaf('due', 'withinTheLast', for_(6, 'week'))] } }),
        stageOf('second'),
      ],
    });
    plan.observe([{ fact: 'due', value: '2026-04-10' }]);
    expect(plan.state.chart).toBe('second.ready');
  });
});

describe('what an alert asks for', () => {
  const RED = { all: [leaf('red', 'equal', true)] };
  const SORE = { all: [leaf('sore', 'equal', true)] };
  const called = (sore?: boolean): RunningPlan => {
    const call = { title: 'Look', role: 'nurse', ladder: 'standard', records: [] };
    const plan = planWith({
      facts: [factOf('red', { kind: 'yes or no' }), factOf('sore', { kind: 'yes or no' })],
      alerts: [
        alertOf('wound', RED, {
          do: [
            { ...call, task: 'look', due: for_(2, 'day'), from: for_(1, 'day') },
            { ...call, task: 'soothe', due: for_(1, 'day'), onlyWhen: SORE },
          ],
        }),
      ],
    });
    if (sore !== undefined) plan.observe([{ fact: 'sore', value: sore }]);
    plan.observe([{ fact: 'red', value: true }]);
    return plan;
  };

  it('may have a first day beside the last', () => {
    expect(called().state.tasks['plan/alert-wound-look-1']).toMatchObject({ from: '2026-03-03' });
  });

  it.each([
    ['needed', true, true],
    ['not needed', false, false],
    ['not known to be needed: somebody is called', undefined, true],
  ])('is asked for where it is %s', (_says, sore, isCalled) => {
    expect(openTasks(called(sore)).includes('plan/alert-wound-soothe-1')).toBe(isCalled);
  });

  it('is answered by what was called for: a newer finding calls again', () => {
    const plan = called(false);
    plan.complete('plan/alert-wound-look-1', '2026-03-03T15:00:00.000Z');
    plan.observe([{ fact: 'red', value: true }], '2026-03-05T15:00:00.000Z');
    expect(kinds(plan.last.journal)).toContain('alert.raised');
    expect(openTasks(plan)).toContain('plan/alert-wound-look-2');
  });
});
