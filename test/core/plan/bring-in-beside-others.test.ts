import type { DoneInPlan, PastEvent, PlanEvent } from '../../../src/core/model/event.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { for_ } from '../../support/pathways.ts';
import { coordinator, eventOf, nurse, startOf } from '../../support/plan.ts';
import { dermatologist, ONE_STAGE, on, spacing, staged } from '../../support/staged.ts';

const NOW = on('2026-04-20');

/** Three months from any operation of the patient, in whatever plan. */
const anywhere = (more: Partial<Interval> = {}): Interval =>
  spacing({ otherPlans: true, area: 'any', ...more }, 'end of surgery');

const done = (performedOn: string): DoneInPlan => ({
  plan: 'nose-1',
  names: ['surgery'],
  areas: ['abdomen'],
  performedOn,
});

let sent = 0;
function past<Type extends PastEvent['event']['type']>(
  day: string,
  type: Type,
  data: Parameters<typeof eventOf<Type>>[1],
  by = nurse,
): PastEvent {
  sent += 1;
  const { actor: _nobody, ...event } = eventOf(type, data, { id: `past-${sent}`, time: on(day) });
  return { event: event as PastEvent['event'], actor: { id: by.id, roles: by.roles } };
}

const ready = (day: string): PastEvent[] => [
  past(day, 'history.recorded', { procedures: [], isComplete: true }),
  past(day, 'consent.recorded', { form: 'exchange-consent', by: 'patient', signedOn: day }),
];
const asked = (day: string): PastEvent => past(day, 'startProcedure', { stage: 'exchange' }, coordinator);
const performed = (day: string): PastEvent =>
  past(day, 'procedure.performed', { stage: 'exchange', performedOn: day });

function broughtIn(
  events: PastEvent[],
  otherPlans: readonly DoneInPlan[] | null,
  interval: Interval = anywhere(),
): Step {
  const compiled = staged([interval], { stages: ONE_STAGE });
  const start = startOf(compiled, { actor: coordinator });
  if (start.type !== 'startPlan') throw new Error('a start');
  const areas = { treatment: ['left breast'] };
  const data = { ...start.data, areas, broughtIn: { startedAt: on('2026-03-02'), events } };
  const event: PlanEvent = { ...start, data, otherPlans };
  return step(loadPathway(compiled), undefined, event, NOW);
}

function pastOf({ answer }: Step) {
  if (answer.outcome !== 'accepted' || !answer.past) throw new Error('not brought in');
  return answer.past;
}

describe('a plan that is brought in beside other plans of the patient', () => {
  it('is accused of nothing by what another plan has done since', () => {
    const taken = broughtIn(
      [...ready('2026-03-02'), asked('2026-03-03'), performed('2026-03-03')],
      [done('2026-04-10')],
    );
    expect(pastOf(taken)).toMatchObject({ refused: [], deviations: [] });
    expect(taken.state.performed).toMatchObject([{ deviation: false }]);
    expect(taken.state.otherPlans).toEqual([done('2026-04-10')]);
  });

  it('was refused then what another plan had done shortly before', () => {
    const taken = broughtIn(
      [...ready('2026-03-02'), asked('2026-03-03'), performed('2026-03-03')],
      [done('2026-02-10')],
    );
    expect(pastOf(taken).refused).toMatchObject([{ index: 2, reasons: [{ invariant: 'S3' }] }]);
    expect(pastOf(taken).deviations).toHaveLength(1);
  });

  it.each([
    ['the day before it', '2026-03-11', 1],
    ['that very day', '2026-03-12', 0],
    ['the day after it', '2026-03-13', 0],
  ])('knew of what another did on 12 March once it was done: its gate, asked on %s', (_when, day, opened) => {
    const taken = broughtIn([...ready('2026-03-02'), asked(day)], [done('2026-03-12')]);
    expect(taken.state.gates).toHaveLength(opened);
  });

  it('with a gate that stands open: whoever is about to begin is to hear of what another plan has done since', () => {
    const taken = broughtIn([...ready('2026-03-02'), asked('2026-03-03')], [done('2026-04-10')]);
    expect(taken.state.tasks).toHaveProperty('plan/must-not-begin-exchange');
    expect(taken.state.otherPlans).toEqual([done('2026-04-10')]);
    expect(pastOf(taken)).toMatchObject({ events: 3, wakes: expect.any(Number) });
  });

  it('opened no gate then, where nobody can tell what the others have done', () => {
    const taken = broughtIn([...ready('2026-03-02'), asked('2026-03-03')], null);
    expect(pastOf(taken).refused).toMatchObject([{ index: 2 }]);
    expect(taken.state.otherPlans).toBeNull();
  });

  it('was asked about a latest day that was counted from another plan, and answers it by its name', () => {
    const latest = anywhere({
      minimum: for_(1, 'week'),
      latest: for_(6, 'week'),
      ifLate: { ask: 'dermatologist' },
    });
    const question = 'late/exchange/expander-to-implant/2026-02-10';
    const answer = past('2026-04-01', 'decide', { question, outcome: 'go-on' }, dermatologist);
    const taken = broughtIn(
      [...ready('2026-03-02'), answer, asked('2026-04-02')],
      [done('2026-02-10'), done('2026-04-19')],
      latest,
    );
    expect(pastOf(taken).refused).toEqual([]);
  });
});
