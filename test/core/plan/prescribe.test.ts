import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { dueText } from '../../../src/core/plan/programme.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { alertOf, for_, leaf, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { coordinator, eventOf, kinds, nurse, patient, refusalOf, startOf } from '../../support/plan.ts';
import { beforeBooking, repeating, until } from '../../support/tasks.ts';
import { trackOf } from '../../support/tracks.ts';

const NOW = '2026-03-02T15:00:00.000Z';
const LATER = '2027-03-02T15:00:00.000Z';

type Start = EventOf<'startPlan'>['data'];

function prescribed(compiled: CompiledPathway = moleRemoval, more: Partial<Start> = {}, by = coordinator) {
  const pathway = loadPathway(compiled);
  const start = startOf(compiled, { actor: by });
  if (start.type !== 'startPlan') throw new Error('a start');
  const first = step(pathway, undefined, { ...start, data: { ...start.data, intent: 'plan', ...more } }, NOW);
  return {
    first,
    send: (event: PlanEvent, state = first.state): Step => step(pathway, state, event, LATER),
  };
}

const says = ({ journal }: Step, kind: string): string[] =>
  journal.filter((one) => one.kind === kind).map((one) => one.says);

/** Whatever a pathway can make somebody wait for. */
const rich = pathwayWith({
  consultation: [taskOf('history')],
  alongside: [repeating('call', for_(7, 'day'))],
  tracks: [trackOf('medicine', ['month'])],
  stages: [
    stageOf('first', {
      prep: [beforeBooking('bloods', { to: for_(2, 'day') })],
      sessions: 3,
      recovery: [repeating('dressing', for_(2, 'day'), until(for_(10, 'day'), 'procedure'))],
    }),
    stageOf('month'),
  ],
  alerts: [alertOf('fever', { all: [leaf('temperature', 'greaterThan', 38)] })],
});

describe.each([
  ['of one stage', moleRemoval],
  ['with prep, sessions, a track, work beside it and an alert', rich],
])('a plan %s that is prescribed only', (_name, compiled) => {
  it('is there, pins its pathway, and is over: nobody waits for anything', () => {
    const { first } = prescribed(compiled);
    expect(first.answer).toMatchObject({ outcome: 'accepted', phase: 'prescribed' });
    expect(first.effects).toEqual([]);
    expect(first.state).toMatchObject({
      status: 'draft',
      pathway: { id: 'mole-removal', digest: 'a'.repeat(64) },
      startedBy: coordinator,
      wake: { at: null },
    });
    const { tasks, questions, holds, waits, bookings, alerts } = first.state;
    expect([tasks, questions, holds, waits, bookings, alerts]).toEqual([{}, {}, {}, {}, {}, {}]);
    expect(Object.values(first.state.tracks).every(({ chart }) => chart === 'prescribed')).toBe(true);
  });

  it.each<[request: string, event: PlanEvent]>([
    [
      'a procedure',
      eventOf('startProcedure', { stage: compiled.stages[0]?.stage ?? '' }, { actor: coordinator }),
    ],
    ['its prep', eventOf('startPrep', { stage: compiled.stages[0]?.stage ?? '' }, { actor: coordinator })],
    [
      'an appointment',
      eventOf(
        'bookAppointment',
        { stage: compiled.stages[0]?.stage ?? '', on: '2027-03-09' },
        { actor: coordinator },
      ),
    ],
    ['to leave', eventOf('leaveCourse', { exit: 'postponement', reason: 'away' }, { actor: coordinator })],
    ['to return', eventOf('returnToCourse', { reason: 'back' }, { actor: coordinator })],
    ['to be cancelled', eventOf('cancelPlan', { reason: 'moved' }, { actor: coordinator })],
  ])('refuses %s, and says that it takes a plan of its own', (_request, event) => {
    const { first, send } = prescribed(compiled);
    const { answer, state, effects } = send(event);
    expect(refusalOf(answer)).toMatchObject({
      code: 'CC3003',
      reasons: [
        { clears: [[{ kind: 'event', type: 'startPlan', needs: 'mole-removal', role: 'coordinator' }]] },
      ],
    });
    expect(effects).toEqual([]);
    expect({ ...state, ...{ sequence: 0, now: '' } }).toEqual({
      ...first.state,
      ...{ sequence: 0, now: '' },
    });
  });
});

describe('what is told to a plan that is prescribed only', () => {
  it.each<[fact: string, event: PlanEvent, kept: object]>([
    [
      'an observation',
      eventOf('observation.recorded', { observations: [{ fact: 'temperature', value: 40, unit: 'Cel' }] }),
      { observations: { temperature: [{ value: 40 }] } },
    ],
    [
      'a consent',
      eventOf('consent.recorded', { form: 'mole-excision-consent', by: 'patient', signedOn: '2026-03-02' }),
      { consents: [{ form: 'mole-excision-consent' }] },
    ],
    [
      'its history',
      eventOf('history.recorded', { procedures: [], isComplete: true }),
      { historyKnownAt: LATER },
    ],
  ])('%s is kept, and moves nothing', (_fact, event, kept) => {
    const { answer, state } = prescribed().send(event);
    expect(answer.outcome).toBe('accepted');
    expect(state).toMatchObject({ chart: 'prescribed', status: 'draft', wake: { at: null }, ...kept });
    expect([state.tasks, state.waits]).toEqual([{}, {}]);
  });

  it('of a procedure that was done all the same the clinical lead hears, as of one after any course', () => {
    const report = eventOf('procedure.performed', { stage: 'excision', performedOn: '2027-03-01' });
    const { answer, state } = prescribed().send(report);
    expect(answer.outcome).toBe('accepted');
    expect(state.performed).toMatchObject([{ stage: 'excision', deviation: true }]);
    expect(state).toMatchObject({ chart: 'prescribed', status: 'draft' });
    expect(Object.values(state.waits)).toMatchObject([{ kind: 'task', owner: 'clinical-lead' }]);
  });

  it('of an appointment for it the coordinator hears: nothing of it is carried out here', () => {
    const { state } = prescribed().send(
      eventOf('appointment.booked', { stage: 'excision', on: '2027-03-09' }),
    );
    expect(state).toMatchObject({ chart: 'prescribed', status: 'draft' });
    expect(Object.values(state.waits)).toMatchObject([{ kind: 'task', owner: 'coordinator' }]);
  });

  it('it is never among the plans that run, also while somebody owes it a look, and rests once they have looked', () => {
    const plan = prescribed();
    const message = eventOf('message.refused', { code: 'CC2022', signal: 'event', detail: 'torn' });
    const { state } = plan.send(message);
    expect([state.status, state.wake.at]).toEqual(['draft', expect.any(String)]);
    const looked = plan.send(eventOf('task.completed', { task: 'plan/unreadable-message' }), state).state;
    expect([looked.status, looked.wake.at, looked.waits]).toEqual(['draft', null, {}]);
  });
});

describe('the journal of what is prescribed', () => {
  it('says what, by whom, and every part of it with its dues in words', () => {
    const { first } = prescribed(moleRemoval, {}, nurse);
    expect(first.journal[0]).toMatchObject({ kind: 'plan.prescribed', actor: nurse, at: NOW });
    expect(says(first, 'plan.prescribed')).toEqual(['Prescribed Removal of a mole 1.0.0']);
    expect(says(first, 'programme.prescribed')).toEqual([
      'Consultation: Medical history (nurse, 7 days after plan start)',
      'Excision of the mole, mole-excision: Take out the stitches (nurse, 7 days to 10 days after procedure)',
    ]);
    expect(kinds(first.journal)).toEqual([
      'plan.prescribed',
      'programme.prescribed',
      'programme.prescribed',
      'phase.entered',
      'plan.ended',
    ]);
  });

  it('names sessions, tracks and what goes on beside the course', () => {
    const parts = says(prescribed(rich).first, 'programme.prescribed');
    expect(parts).toContainEqual(
      expect.stringMatching(/^Stage first, first-procedure, 3 times: .*2 days before booking/),
    );
    expect(parts).toContainEqual(expect.stringMatching(/every 2 days until 10 days after procedure/));
    expect(parts).toContainEqual(expect.stringMatching(/^Track medicine: /));
    expect(parts).toContainEqual(expect.stringMatching(/^Beside the course: .*every 7 days/));
  });
});

it.each([
  ['3 days after asked', taskOf('a', { due: { to: for_(3, 'day'), after: 'asked' } })],
  [
    '1 day to 2 weeks after session',
    taskOf('a', { due: { from: for_(1, 'day'), to: for_(2, 'week'), after: 'session' } }),
  ],
  ['1 month before booking', beforeBooking('a', { to: for_(1, 'month') })],
  ['every 1 day', repeating('a', for_(1, 'day'))],
  [
    'every 1 week from 2 days after course until 3 months after stage end',
    repeating('a', for_(1, 'week'), {
      from: { by: for_(2, 'day'), after: 'course' },
      until: { by: for_(3, 'month'), after: 'stage end' },
    }),
  ],
])('a due is said as %p', (text, task) => {
  expect(dueText(task)).toBe(text);
});

it('a patient prescribes nothing', () => {
  expect(() => prescribed(moleRemoval, {}, patient)).toThrow(/request of the clinic's staff/);
});

it('what is prescribed only has no past', () => {
  const broughtIn = { startedAt: NOW, events: [] };
  expect(() => prescribed(moleRemoval, { broughtIn })).toThrow(expect.objectContaining({ code: 'CC2038' }));
});

it('a plan whose intent is an order is a plan like any other', () => {
  const { first } = prescribed(moleRemoval, { intent: 'order' });
  expect(first.state).toMatchObject({ chart: 'consultation', status: 'active' });
});
