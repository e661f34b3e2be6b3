import { decide, decisionOf, GO, planWith } from '../../support/decided.ts';
import {
  atStage,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  tableOf,
  termsOf,
} from '../../support/pathways.ts';
import { eventOf } from '../../support/plan.ts';
import { dermatologist, perform } from '../../support/staged.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;

describe('a gate that is told to wait twice', () => {
  const waitingTwice = () => {
    const plan = planWith({
      facts: [factOf('platelets', { kind: 'number', unit: '10*9/L', from: 0, to: 1000 })],
      tables: [
        tableOf(
          'counts',
          ['delay', 'full'],
          [
            { when: { all: [leaf('platelets', 'lessThan', 100)] }, answer: 'delay' },
            { when: { all: [leaf('platelets', 'greaterThanInclusive', 100)] }, answer: 'full' },
          ],
          { override: termsOf({ reasons: ['rising'] }) },
        ),
      ],
      stages: [
        stageOf('first'),
        stageOf('second', {
          table: {
            table: 'counts',
            outcomes: { full: GO, delay: [{ do: 'wait', for: for_(28, 'day'), atMost: 2 }] },
          },
        }),
      ],
      intervals: [
        intervalOf('soon', atStage('end of first'), 'second-procedure', {
          latest: for_(30, 'day'),
          ifLate: { decide: 'late' },
        }),
      ],
      decisions: [
        decisionOf('late', {
          outcomes: { later: [{ do: 'wait', for: for_(3, 'day'), atMost: 1 }], operate: GO },
        }),
      ],
    });
    perform(plan, 'first', '2026-03-03');
    plan.consent('second-consent', '2026-03-03');
    plan.wake(at('2026-04-03'));
    plan.observe([{ fact: 'platelets', value: 50, unit: '10*9/L' }], at('2026-04-03'));
    plan.start('second');
    expect(plan.state.delays.second?.until).toBe('2026-05-01');
    decide(plan, 'late/second/soon/2026-03-03', 'later');
    return plan;
  };

  it('a delay is not made shorter by another', () => {
    expect(waitingTwice().state.delays.second?.until).toBe('2026-05-01');
  });

  it('where the table that said the longer is set aside, the shorter is left: people decided it', () => {
    const plan = waitingTwice();
    const data = { rule: 'counts', stage: 'second', reason: 'rising', answer: 'full' };
    plan.send(eventOf('grantOverride', data, { actor: dermatologist }));
    expect(plan.state.delays.second).toEqual({
      until: '2026-04-06',
      why: expect.stringContaining('Decided: later'),
    });
  });
});
