import { Desk } from '../../support/appointments.ts';
import { planWith, sleepUntil } from '../../support/decided.ts';
import { for_, stageOf } from '../../support/pathways.ts';
import { refusalOf } from '../../support/plan.ts';
import { beforeBooking } from '../../support/tasks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const consent = {
  form: 'first-consent',
  by: 'patient' as const,
  covers: 'course' as const,
  lasts: for_(2, 'year'),
};

describe('work done too long before the day', () => {
  it.each([
    ['unbooked', undefined],
    ['past the booked day', '2026-03-08'],
  ])('a clearance that has grown too old, %s, is asked for again', (_when, on) => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          anaesthesia: 'general',
          consent,
          prep: [
            beforeBooking('fit', { from: for_(6, 'day'), to: for_(1, 'day') }, { clears: 'anaesthesia' }),
          ],
        }),
      ],
    });
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    if (on) desk.book('first', on);
    plan.complete('first.prep/fit', at('2026-03-05'));
    sleepUntil(plan, at('2026-03-13'));
    const { reasons } = refusalOf(desk.start('first', at('2026-03-13')));
    expect(reasons.map(({ invariant }) => invariant)).toEqual(['S5', 'phase']);
    plan.complete('first.prep/fit', at('2026-03-13'));
    expect(desk.start('first', at('2026-03-13')).outcome).toBe('accepted');
  });

  it('work of prep that may be done 3 days before is not good on a day 17 days later', () => {
    const plan = planWith({
      stages: [
        stageOf('first', {
          consent,
          prep: [beforeBooking('test', { from: for_(3, 'day'), to: for_(1, 'day') })],
        }),
      ],
    });
    const desk = new Desk(plan);
    plan.consent('first-consent', '2026-03-02');
    desk.startPrep('first');
    desk.book('first', '2026-03-10');
    plan.complete('first.prep/test', at('2026-03-08'));
    expect(desk.start('first', at('2026-03-25')).outcome).toBe('refused');
  });
});
