import type { Actor } from '../../../src/core/model/actor.schema.ts';
import type { BroughtIn, PastEvent, PlanEvent } from '../../../src/core/model/event.schema.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { for_, pathwayWith, taskOf } from '../../support/pathways.ts';
import { actor, coordinator, eventOf, laboratory, nurse, patient, startOf } from '../../support/plan.ts';
import { repeating } from '../../support/tasks.ts';

const START = '2026-03-02T15:00:00.000Z';
const NOW = '2026-04-20T15:00:00.000Z';
const at = (day: string, time = '15:00'): string => `2026-${day}T${time}:00.000Z`;
const pathway = loadPathway(moleRemoval);

let sent = 0;
/** An event of the past, by the nurse unless somebody else is named; by whoever brings it in, where nobody is. */
function past<Type extends PastEvent['event']['type']>(
  time: string | undefined,
  type: Type,
  data: Parameters<typeof eventOf<Type>>[1],
  by: Actor | undefined = nurse,
): PastEvent {
  sent += 1;
  const { actor: _nobody, ...event } = eventOf(type, data, { id: `past-${sent}` });
  return {
    event: { ...event, ...(time === undefined ? {} : { time }) } as PastEvent['event'],
    ...(by ? { actor: { id: by.id, roles: by.roles } } : {}),
  };
}

const observed = (time: string, value: string): PastEvent =>
  past(time, 'observation.recorded', { observations: [{ fact: 'bloodThinner', value }] });
const asked = (time: string): PastEvent => past(time, 'startProcedure', { stage: 'excision' }, coordinator);
const performed = (time: string): PastEvent =>
  past(time, 'procedure.performed', { stage: 'excision', performedOn: time.slice(0, 10) });

/** All that is needed until the excision has been done, and no more. */
const done = (): PastEvent[] => [
  past(at('03-03'), 'task.completed', { task: 'consultation/history' }),
  observed(at('03-03'), 'never'),
  past(at('03-04'), 'consent.recorded', {
    form: 'mole-excision-consent',
    by: 'patient',
    signedOn: '2026-03-04',
  }),
  asked(at('03-05')),
  performed(at('03-05', '16:00')),
];

interface Sending extends Partial<BroughtIn> {
  readonly by?: Actor;
  readonly compiled?: CompiledPathway;
}

function broughtIn(
  events: PastEvent[],
  { by = coordinator, compiled, startedAt = START }: Sending = {},
): Step {
  const start = startOf(compiled ?? moleRemoval, { actor: by });
  if (start.type !== 'startPlan') throw new Error('a start');
  const event: PlanEvent = { ...start, data: { ...start.data, broughtIn: { startedAt, events } } };
  return step(compiled ? loadPathway(compiled) : pathway, undefined, event, NOW);
}

function pastOf({ answer }: Step) {
  if (answer.outcome !== 'accepted' || !answer.past) throw new Error('not brought in');
  return answer.past;
}

describe('a plan that is brought in', () => {
  it('is where its events have led it, and takes one step of the store for all of them', () => {
    const { state, answer } = broughtIn(done());
    expect(answer).toMatchObject({ outcome: 'accepted', phase: 'excision.recovery' });
    expect(state).toMatchObject({
      sequence: 1,
      now: NOW,
      startedAt: START,
      status: 'active',
      broughtIn: { at: NOW, by: 'coordinator-1' },
      performed: [{ stage: 'excision', performedOn: '2026-03-05', deviation: false }],
    });
  });

  it('has done what it would have done by itself: what was due is late, and the next rung lies ahead', () => {
    const { state } = broughtIn(done());
    const { 'task/excision.recovery/stitches': wait } = state.waits;
    expect(wait).toMatchObject({ dueAt: '2026-03-16T04:00:00.000Z', rung: expect.any(Number) });
    expect(wait?.rung).toBeGreaterThan(2);
    expect(wait?.nextAt.localeCompare(NOW)).toBe(1);
    expect(state.escalation).toBe(1);
  });

  it('tells nobody but other plans of what is past; the journal says what would have been told, and the answer what is overdue', () => {
    const taken = broughtIn(done());
    expect(taken.effects).toEqual([{ kind: 'tell-plans', id: 'plan-1/1/plans' }]);
    const withheld = taken.journal.filter(({ kind }) => kind === 'effects.withheld');
    expect(withheld.map(({ says }) => says)).toContainEqual(
      expect.stringContaining('clinical-lead: Take out'),
    );
    expect(pastOf(taken)).toMatchObject({
      events: 5,
      refused: [],
      deviations: [],
      overdue: [
        { wait: 'task/excision.recovery/stitches', owner: 'nurse', dueAt: '2026-03-16T04:00:00.000Z' },
      ],
    });
  });

  it('speaks again from its next rung on', () => {
    const { state } = broughtIn(done());
    const woken = step(
      pathway,
      state,
      eventOf('wake', { generation: state.wake.generation }),
      state.wake.at ?? '',
    );
    expect(woken.state.sequence).toBe(2);
    expect(woken.effects).toMatchObject([{ id: 'plan-1/2/0', role: 'clinical-lead' }]);
  });

  it('keeps the time and the person of each of its events, and who vouched for them', () => {
    const { journal } = broughtIn(done());
    expect(journal[0]).toMatchObject({ kind: 'plan.broughtIn', at: NOW, actor: coordinator });
    const line = (kind: string, says: string) =>
      journal.find((one) => one.kind === kind && one.says.includes(says));
    expect(line('event.accepted', 'consent.recorded')).toMatchObject({
      at: at('03-04'),
      actor: nurse,
      details: { broughtInBy: 'coordinator-1' },
    });
    expect(line('gate.opened', '')).toMatchObject({ at: at('03-05'), actor: coordinator });
    expect(journal.slice(1).every(({ details }) => details.broughtInBy === 'coordinator-1')).toBe(true);
  });

  it('says in the name of the sender what it names nobody for', () => {
    const { state } = broughtIn([
      past(at('03-03'), 'task.completed', { task: 'consultation/history' }, undefined),
      { ...observed(at('03-03'), 'never'), actor: undefined } as unknown as PastEvent,
    ]);
    expect(state.observations.bloodThinner).toMatchObject([
      { actor: 'coordinator-1', event: expect.any(String) },
    ]);
  });

  it('tells which requests of its past were refused then, and goes on behind them', () => {
    const taken = broughtIn([asked(at('03-03')), ...done()]);
    expect(taken.state.chart).toBe('excision.recovery');
    expect(pastOf(taken).refused).toMatchObject([
      {
        index: 0,
        type: 'startProcedure',
        at: at('03-03'),
        code: 'CC3002',
        reasons: [{ invariant: 'phase' }],
      },
    ]);
  });

  it('tells which deviations were raised, and the clinical lead owes each a look', () => {
    const taken = broughtIn([performed(at('03-05'))]);
    expect(pastOf(taken).deviations).toMatchObject([{ at: at('03-05') }]);
    expect(Object.keys(taken.state.tasks)).toContain('plan/deviation-2');
  });

  it('names what comes later otherwise than what came then', () => {
    const { state } = broughtIn([performed(at('03-05'))]);
    expect(state.sequence).toBe(1);
    const report = eventOf('procedure.performed', { stage: 'excision', performedOn: '2026-04-20' });
    const later = step(pathway, state, report, NOW).state;
    const deviations = Object.keys(later.tasks).filter((id) => id.startsWith('plan/deviation-'));
    expect(new Set(deviations).size).toBe(2);
    expect(new Set(later.performed.map((one) => one.step)).size).toBe(2);
  });

  it('with nothing behind it but its start is as late as that makes it', () => {
    const taken = broughtIn([]);
    expect(taken.state).toMatchObject({ chart: 'consultation', startedAt: START, sequence: 1 });
    expect(pastOf(taken)).toMatchObject({
      events: 0,
      overdue: [{ wait: 'task/consultation/history', owner: 'nurse', dueAt: '2026-03-10T04:00:00.000Z' }],
    });
  });
});

describe('what came with a plan', () => {
  it('is not taken again when its source sends it once more', () => {
    const events = done();
    const { state } = broughtIn(events);
    const again = { ...events[2]?.event, actor: nurse } as PlanEvent;
    const taken = step(pathway, state, again, NOW);
    expect(taken.answer).toMatchObject({ outcome: 'rejected', code: 'CC2039' });
    expect(taken.state.consents).toHaveLength(1);
  });

  it('keeps no other source from using the same id', () => {
    const events = done();
    const { state } = broughtIn(events);
    const other = { ...events[1]?.event, source: 'other-desk', actor: nurse } as PlanEvent;
    expect(step(pathway, state, other, NOW).answer.outcome).toBe('accepted');
  });
});

const failureOf = (attempt: () => unknown): { code: unknown; message: string } => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it was taken');
};

describe('no plan comes of a past', () => {
  const never = (time: string | undefined): PastEvent => ({
    ...observed(time ?? START, 'never'),
    ...timed(time),
  });
  const timed = (time: string | undefined) => ({
    event: past(time, 'observation.recorded', { observations: [{ fact: 'bloodThinner', value: 'never' }] })
      .event,
  });

  it.each<[why: string, events: () => PastEvent[], code: string, where: string]>([
    [
      'an event of which lies before its start',
      () => [never('2026-03-02T14:59:59.999Z')],
      'CC2036',
      'events.0',
    ],
    [
      'an event of which lies before the one before it',
      () => [never(at('03-05')), never(at('03-04'))],
      'CC2036',
      'events.1',
    ],
    ['an event of which says no time', () => [never(undefined)], 'CC2036', 'events.0'],
    ['an event of which lies ahead', () => [never('2026-04-20T15:05:00.001Z')], 'CC2014', 'events.0'],
    [
      'an event of which cannot be taken',
      () => [...done(), past(at('03-06'), 'task.completed', { task: 'none' })],
      'CC2015',
      'events.5 (task.completed of 2026-03-06T15:00:00.000Z)',
    ],
    [
      'an event of which speaks of what lay ahead of it',
      () => [past(at('03-06'), 'procedure.performed', { stage: 'excision', performedOn: '2026-03-07' })],
      'CC2014',
      'events.0',
    ],
    [
      'two events of which have one id',
      () => {
        const one = never(START);
        return [one, one];
      },
      'CC2020',
      'events.1',
    ],
    [
      'an event of which speaks in the name of Carechart',
      () => [{ ...never(START), event: { ...never(START).event, source: 'carechart:timer' } }],
      'CC2018',
      'events.0',
    ],
    [
      'an event of which a patient has no right to',
      () => [past(at('03-06'), 'cancelPlan', { reason: 'a' }, patient)],
      'CC2018',
      'events.0',
    ],
    [
      'an event of which a service was not registered for',
      () => [{ ...past(at('03-06'), 'history.recorded', { procedures: [], isComplete: true }, laboratory) }],
      'CC2018',
      'events.0',
    ],
    [
      'in which the sender has more roles than they have',
      () => [past(at('03-06'), 'cancelPlan', { reason: 'a' }, actor('coordinator-1', 'dermatologist'))],
      'CC2018',
      'events.0',
    ],
    [
      'an event of which had it go on by another version',
      () => [
        past(
          at('03-06'),
          'adoptVersion',
          {
            pathway: { id: 'mole-removal', version: '2.0.0', digest: 'b'.repeat(64) },
            reason: 'new',
          },
          actor('lead-1', 'clinical-lead'),
        ),
      ],
      'CC3014',
      'events.0 (adoptVersion of 2026-03-06T15:00:00.000Z): a past is gone through by one version',
    ],
  ])('%s', (_why, events, code, where) => {
    const { code: told, message } = failureOf(() => broughtIn(events()));
    expect([told, message]).toEqual([code, expect.stringContaining(`broughtIn.${where}`)]);
  });

  it.each<[who: string, by: Actor]>([
    ['a nurse', nurse],
    ['a patient', patient],
    ['a coordinator who is the patient', actor('patient-1', 'coordinator')],
  ])('that %s sends', (_who, by) => {
    expect(failureOf(() => broughtIn([], { by })).code).toBe('CC2018');
  });

  it('that begins ahead', () => {
    expect(failureOf(() => broughtIn([], { startedAt: '2026-04-20T15:05:00.001Z' })).code).toBe('CC2014');
    expect(broughtIn([], { startedAt: NOW }).answer.outcome).toBe('accepted');
  });
});

it.each([
  ['the coordinator', coordinator],
  ['the clinical lead', actor('lead-1', 'clinical-lead')],
])('%s may bring a plan in', (_who, by) => {
  expect(broughtIn(done(), { by }).answer.outcome).toBe('accepted');
});

it.each<[what: string, time: string]>([
  ['in the instant of its start', START],
  ['in the instant in which it is brought in', NOW],
  ['by a clock that is five minutes ahead', '2026-04-20T15:05:00.000Z'],
])('an event can lie %s', (_what, time) => {
  const { state } = broughtIn([observed(time, 'never')]);
  expect(state.observations.bloodThinner).toMatchObject([{ observedAt: time }]);
  expect(state.now).toBe(time > NOW ? time : NOW);
});

describe('a past in which a plan would have been woken by its own timer again and again', () => {
  const hourly = pathwayWith({
    rules: [],
    consultation: [taskOf('history'), repeating('watch', for_(1, 'hour'))],
    ladders: [
      {
        ladder: 'standard',
        calendar: 'clinic-hours',
        rungs: [{ at: { when: 'due' }, tell: ['owner'], raise: 0 }],
        everyFurther: for_(1, 'hour'),
      },
    ],
  });
  const daysBefore = (days: number): string => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();

  it('is gone through while it is short', () => {
    const { state, answer } = broughtIn([], { compiled: hourly, startedAt: daysBefore(7) });
    expect(answer.outcome).toBe('accepted');
    expect(state.wake.at?.localeCompare(NOW)).toBe(1);
  });

  it(`is refused by name once it is more than ${LIMITS.pastWakes} times`, () => {
    const { code, message } = failureOf(() => broughtIn([], { compiled: hourly, startedAt: daysBefore(60) }));
    expect([code, message]).toEqual(['CC2037', expect.stringContaining(`${LIMITS.pastWakes} times`)]);
  });
});
