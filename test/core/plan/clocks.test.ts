import type { Instant } from '../../../src/core/model/primitives.schema.ts';
import { assertInvariants } from '../../../src/core/plan/invariants.ts';
import {
  contraindication,
  factOf,
  for_,
  ladderOf,
  leaf,
  pathwayWith,
  rung,
  stageOf,
  taskOf,
  termsOf,
  type Variation,
} from '../../support/pathways.ts';
import { actor, eventOf, kinds, RunningPlan } from '../../support/plan.ts';
import { beforeBooking, booked, dueOf, put, waitOf } from '../../support/tasks.ts';

const PHOTO = 'excision.ready/photo';
const SMOKING = 'excision/smoking';
const HELD = contraindication('smoking', { all: [leaf('smoker', 'equal', true)] }, { override: termsOf() });
const photo = taskOf('photo', { due: { to: for_(7, 'day'), after: 'stage' } });
const asks = taskOf('asks', { due: { to: for_(7, 'day'), after: 'stage' }, records: ['smoker'] });

/** At the gate of its one stage on Monday 2 March 2026, nothing known: held until somebody says whether they smoke. */
const atGate = (beforeEach = [photo, asks], more: Variation = {}): RunningPlan =>
  new RunningPlan(
    pathwayWith({
      rules: [HELD],
      facts: [factOf('smoker', { kind: 'yes or no' }, { from: ['clinician'] })],
      consultation: [],
      stages: [stageOf('excision', { beforeEach })],
      ...more,
    }),
  );
const at = (day: string, time = '16:00'): Instant => `${day}T${time}:00.000Z`;
const told = (plan: RunningPlan, smoker: boolean, now: Instant) =>
  plan.observe([{ fact: 'smoker', value: smoker }], now);
const spoken = (plan: RunningPlan): string[] => plan.last.effects.map(({ subject }) => subject);

describe('while a hold is on the stage', () => {
  it('the clock of its work stands, and the hold waits for somebody', () => {
    const plan = atGate();
    expect(waitOf(plan, PHOTO)?.pausedAt).toBe(plan.state.now);
    expect(plan.state.waits[`hold/${SMOKING}`]).toMatchObject({ owner: 'nurse' });
    expect(kinds(plan.last.journal)).toContain('clock.paused');
  });

  it('nobody hears of it, and it wakes nobody', () => {
    const plan = atGate([photo]);
    plan.wake('2026-04-20T22:00:00.000Z');
    expect(spoken(plan)).not.toContain('Title of photo');
    expect(plan.state.wake.at).toBe(
      [plan.state.waits[`hold/${SMOKING}`]?.nextAt, plan.state.waits['start/excision']?.nextAt].sort()[0],
    );
  });

  it('a task that records what would clear it goes on', () => {
    const plan = atGate();
    expect(waitOf(plan, 'excision.ready/asks')?.pausedAt).toBeUndefined();
    plan.wake('2026-03-11T22:00:00.000Z');
    expect(spoken(plan)).toContain('Title of asks');
  });

  it('a task on the ladder of emergencies goes on', () => {
    const emergency = ladderOf([rung({ when: 'start' })], for_(30, 'minute'), 'emergency');
    const ladders = [ladderOf([rung({ when: 'due' })]), emergency];
    const plan = atGate([{ ...photo, ladder: 'emergency' }], { ladders });
    expect(waitOf(plan, PHOTO)?.pausedAt).toBeUndefined();
  });

  it('work before a booked day goes on: the day comes', () => {
    const plan = atGate([beforeBooking('photo', { to: for_(1, 'day') })]);
    booked(plan, 'excision', '2026-03-20');
    plan.wake(at('2026-03-03'));
    expect(waitOf(plan, PHOTO)).toMatchObject({ dueAt: '2026-03-20T04:00:00.000Z' });
    expect(waitOf(plan, PHOTO)?.pausedAt).toBeUndefined();
  });

  it('care after the last session goes on', () => {
    const recovery = [taskOf('visit', { due: { to: for_(5, 'day'), after: 'procedure' } })];
    const plan = atGate([photo], { stages: [stageOf('excision', { recovery }), stageOf('next')] });
    plan.report('excision', '2026-03-03', at('2026-03-03'));
    put(plan, {
      chart: 'excision.ready',
      enteredAt: { ...plan.state.enteredAt, 'excision.ready': plan.state.now },
      stages: { excision: { round: 2, skipped: [] } },
    });
    plan.wake(at('2026-03-04'));
    expect(Object.keys(plan.state.holds)).toEqual([SMOKING]);
    expect(waitOf(plan, 'excision.recovery/visit')?.pausedAt).toBeUndefined();
  });

  it('work of a phase before the stage goes on', () => {
    const plan = atGate([photo], { consultation: [taskOf('history'), taskOf('letter')] });
    told(plan, true, at('2026-03-03'));
    expect(Object.keys(plan.state.holds)).toEqual([SMOKING]);
    expect(waitOf(plan, 'consultation/letter')?.pausedAt).toBeUndefined();
  });
});

describe('once the hold has cleared', () => {
  it.each([
    ['on the same day', at('2026-03-02', '20:00'), '2026-03-10T04:00:00.000Z'],
    ['just before midnight', '2026-03-03T04:59:59.999Z', '2026-03-10T04:00:00.000Z'],
    ['just after midnight', '2026-03-03T05:00:00.000Z', '2026-03-11T04:00:00.000Z'],
    ['a week later, over the change of the clocks', at('2026-03-09'), '2026-03-17T04:00:00.000Z'],
    ['a month later', at('2026-04-02'), '2026-04-10T04:00:00.000Z'],
    ['after a winter, over the change back', at('2026-11-02'), '2026-11-10T05:00:00.000Z'],
  ])('its work is due as many days later as it stood: %s', (_when, now, dueAt) => {
    const plan = atGate();
    told(plan, false, now);
    expect(waitOf(plan, PHOTO)).toMatchObject({ dueAt });
    expect(waitOf(plan, PHOTO)?.pausedAt).toBeUndefined();
    expect(kinds(plan.last.journal)).toContain('clock.resumed');
  });

  it('what is due to the minute is due exactly as much later', () => {
    const plan = atGate([{ ...photo, when: { due: { to: for_(36, 'hour'), after: 'stage' } } }]);
    expect(dueOf(plan, PHOTO)).toBe('2026-03-04T03:00:00.000Z');
    told(plan, false, '2026-03-08T15:00:30.000Z');
    expect(dueOf(plan, PHOTO)).toBe('2026-03-10T03:00:30.000Z');
  });

  it('the rungs that spoke have spoken, and the next comes as much later', () => {
    const plan = atGate();
    told(plan, false, at('2026-03-02', '17:00'));
    plan.wake('2026-03-11T22:00:00.000Z');
    expect(waitOf(plan, PHOTO)).toMatchObject({ rung: 2, nextAt: '2026-03-16T22:00:00.000Z' });
    told(plan, true, at('2026-03-12'));
    expect(waitOf(plan, PHOTO)).toMatchObject({ pausedAt: at('2026-03-12'), rung: 2 });
    plan.wake('2026-03-30T22:00:00.000Z');
    told(plan, false, at('2026-04-02'));
    expect(waitOf(plan, PHOTO)).toMatchObject({
      dueAt: '2026-03-31T04:00:00.000Z',
      rung: 2,
      nextAt: '2026-04-06T22:00:00.000Z',
    });
    expect(spoken(plan)).not.toContain('Title of photo');
  });

  it('a warning that would have come meanwhile comes before the new due time', () => {
    const plan = atGate();
    told(plan, false, at('2026-03-16'));
    expect(waitOf(plan, PHOTO)).toMatchObject({
      dueAt: '2026-03-24T04:00:00.000Z',
      rung: 0,
      nextAt: '2026-03-20T12:00:00.000Z',
    });
  });

  it('one that comes back every half hour goes on where it stopped', () => {
    const ladders = [ladderOf([rung({ when: 'due' })], for_(30, 'minute'))];
    const plan = atGate([{ ...photo, when: { due: { to: for_(1, 'hour'), after: 'stage' } } }], { ladders });
    told(plan, false, at('2026-03-02', '15:30'));
    expect(dueOf(plan, PHOTO)).toBe('2026-03-02T16:30:00.000Z');
    plan.wake(at('2026-03-03', '17:10'));
    expect(waitOf(plan, PHOTO)?.nextAt).toBe('2026-03-03T17:30:00.000Z');
    told(plan, true, at('2026-03-03', '17:20'));
    told(plan, false, at('2026-03-04', '20:20'));
    expect(waitOf(plan, PHOTO)?.nextAt).toBe('2026-03-04T20:30:00.000Z');
  });

  it('each time that it stops and goes on is another generation', () => {
    const plan = atGate();
    const generations = [waitOf(plan, PHOTO)?.generation];
    told(plan, false, at('2026-03-03'));
    generations.push(waitOf(plan, PHOTO)?.generation);
    told(plan, true, at('2026-03-04'));
    generations.push(waitOf(plan, PHOTO)?.generation);
    expect(generations).toEqual([2, 3, 4]);
  });
});

describe('a hold that somebody has set aside', () => {
  const dermatologist = actor('dermatologist-1', 'dermatologist');
  const set = (plan: RunningPlan, now: Instant) =>
    plan.send(
      eventOf(
        'grantOverride',
        { rule: 'smoking', stage: 'excision', reason: 'urgent' },
        { actor: dermatologist, id: 'override-1' },
      ),
      now,
    );

  it('stops no clock; when that ends, the clock stands again', () => {
    const plan = atGate();
    told(plan, true, at('2026-03-03'));
    expect(set(plan, at('2026-03-04')).answer.outcome).toBe('accepted');
    expect(waitOf(plan, PHOTO)?.pausedAt).toBeUndefined();
    expect(dueOf(plan, PHOTO)).toBe('2026-03-12T04:00:00.000Z');
    const endsAt = Object.values(plan.state.overrides)[0]?.endsAt ?? '';
    plan.wake(endsAt);
    expect(waitOf(plan, PHOTO)?.pausedAt).toBe(endsAt);
  });
});

describe('done while its clock stands', () => {
  it('it is done', () => {
    const plan = atGate();
    plan.complete(PHOTO, at('2026-03-05'));
    expect(plan.state.tasks[PHOTO]?.status).toBe('completed');
    expect(waitOf(plan, PHOTO)).toBeUndefined();
  });
});

describe('S6', () => {
  it('breaks when a clock stands that no hold stops', () => {
    const plan = atGate();
    const state = { ...plan.state, holds: {} };
    expect(() => assertInvariants(plan.pathway, state)).toThrow('S6e');
  });

  it('breaks when work before a booking waits for nobody', () => {
    const plan = atGate([beforeBooking('photo', { to: for_(1, 'day') })]);
    const { 'start/excision': _start, ...waits } = plan.state.waits;
    expect(() => assertInvariants(plan.pathway, { ...plan.state, waits })).toThrow('S6a');
  });
});
