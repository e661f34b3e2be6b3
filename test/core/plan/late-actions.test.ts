import type { Action } from '../../../src/core/pathway/decisions.schema.ts';
import { comeBack, decisionOf, exitTo, GO, sleepUntil } from '../../support/decided.ts';
import { atEdge, for_, intervalOf, type Variation } from '../../support/pathways.ts';
import { coordinator, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { afterExpander, decide, on } from '../../support/staged.ts';

const FIRST = 'late/exchange/expander-to-implant/2026-03-02';

/** Latest nine months after 2 March: late from 3 December on, and what the rule says for that. */
const late = (ifLate: Action, more: Variation = {}): RunningPlan => {
  const spacing = intervalOf('expander-to-implant', atEdge('end of surgery'), 'implant-exchange', {
    minimum: for_(3, 'month'),
    latest: for_(9, 'month'),
    ifLate,
  });
  const plan = afterExpander([spacing], '2026-03-02', more);
  sleepUntil(plan, '2026-12-03T05:00:00.000Z');
  return plan;
};

const open = ({ state }: RunningPlan): string[] =>
  Object.keys(state.questions).filter((id) => state.questions[id]?.answer === undefined);

const WAIT: Action = [
  { do: 'wait', for: for_(7, 'day'), atMost: 2 },
  { do: 'ask', role: 'dermatologist' },
];

describe('what a rule says is done once a latest day has passed', () => {
  it('waits so long, and nobody is asked yet; the gate stays closed and says until when', () => {
    const plan = late(WAIT);
    expect(open(plan)).toEqual([]);
    expect(plan.state.delays.exchange?.until).toBe('2026-12-10');
    const reasons = refusalOf(plan.start('exchange', on('2026-12-05'))).reasons;
    expect(reasons.map(({ says }) => says)).toEqual([
      expect.stringContaining('2026-12-02 was the last day; what follows from that is under way.'),
      expect.stringContaining('The gate may be asked again from 2026-12-10 on.'),
    ]);
  });

  it.each([
    ['2026-12-09', 0],
    ['2026-12-10', 0],
    ['2026-12-16', 0],
    ['2026-12-17', 1],
  ])('waits twice, and then asks: on %s', (day, asked) => {
    const plan = late(WAIT);
    sleepUntil(plan, on(day));
    plan.wake(on(day));
    expect(open(plan)).toHaveLength(asked);
  });

  it('asks whoever it names then, and on their word the gate opens', () => {
    const plan = late(WAIT);
    sleepUntil(plan, on('2026-12-17'));
    expect(plan.state.waits[`question/${FIRST}#3`]).toMatchObject({ owner: 'dermatologist' });
    decide(plan, `${FIRST}#3`, { now: on('2026-12-18') });
    expect(plan.start('exchange', on('2026-12-18')).outcome).toBe('accepted');
  });

  it('leaves the course by itself; brought back, the coordinator is asked, and the plan can go on', () => {
    const plan = late(exitTo('referral'));
    expect(plan.state.chart).toBe('referral');
    expect(plan.state.questions[FIRST]?.answer).toMatchObject({
      outcome: 'by-rule',
      took: 'exit',
      votes: [],
    });
    comeBack(plan, on('2026-12-20'));
    expect(plan.state.chart).toBe('exchange.ready');
    expect(plan.state.waits[`question/${FIRST}#2`]).toMatchObject({ owner: 'coordinator' });
    expect(plan.start('exchange', on('2026-12-20')).outcome).toBe('refused');
    decide(plan, `${FIRST}#2`, { by: coordinator, now: on('2026-12-21') });
    expect(plan.start('exchange', on('2026-12-21')).outcome).toBe('accepted');
  });

  it('leaves the course, and what follows is taken once the plan is back: the gate is asked, nobody else', () => {
    const plan = late([...exitTo('referral'), { do: 'go' }]);
    comeBack(plan, on('2026-12-20'));
    expect(open(plan)).toEqual([]);
    expect(plan.start('exchange', on('2026-12-20')).outcome).toBe('accepted');
  });

  it.each<[string, Action, string]>([
    ['ends the course', [{ do: 'end' }], 'completed'],
    ['leaves the rest of the stage out', [{ do: 'next stage' }], 'completed'],
    ['does the stage before once more', [{ do: 'to', stage: 'expander', atMost: 1 }], 'expander.ready'],
  ])('%s', (_says, action, chart) => {
    expect(late([...action, ...exitTo('referral')]).state.chart).toBe(chart);
  });

  it('asks a decision of the pathway after it has waited', () => {
    const plan = late(
      [
        { do: 'wait', for: for_(7, 'day'), atMost: 1 },
        { do: 'decide', decision: 'problem' },
      ],
      { decisions: [decisionOf('problem', { outcomes: { on: GO, off: exitTo('postponement') } })] },
    );
    sleepUntil(plan, on('2026-12-10'));
    expect(plan.state.questions[`${FIRST}#2`]).toMatchObject({
      decision: 'problem',
      outcomes: ['on', 'off'],
    });
    decide(plan, `${FIRST}#2`, { outcome: 'on', now: on('2026-12-11') });
    expect(plan.start('exchange', on('2026-12-11')).outcome).toBe('accepted');
  });

  it('is journalled as what the rule itself says', () => {
    const plan = late(exitTo('referral'));
    const taken = plan.journal.find(({ kind }) => kind === 'action.taken');
    expect(taken?.says).toContain('2026-12-02 was the last day. Then: off the course, to referral.');
    expect(taken?.details).toMatchObject({ written: 'interval/expander-to-implant' });
  });

  it('is done once: a second look at the same instant changes nothing', () => {
    const plan = late(WAIT);
    const { questions, delays, actionCounts } = plan.state;
    plan.wake(plan.state.now, -1);
    expect(plan.state).toMatchObject({ questions, delays, actionCounts });
  });
});
