import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import { LIMITS } from '../../../src/core/model/limits.ts';
import { admit } from '../../../src/core/plan/admit.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { wakeEvent } from '../../../src/core/plan/step.ts';
import { moleRemoval } from '../../fixtures/mole-removal.compiled.ts';
import { factOf, pathwayWith } from '../../support/pathways.ts';
import { coordinator, eventOf, laboratory, nurse, patient, RunningPlan } from '../../support/plan.ts';

const NOW = '2026-03-05T15:00:00.000Z';
const compiled = pathwayWith({ facts: [...moleRemoval.facts, factOf('lastMeal', { kind: 'date' })] });
const plan = new RunningPlan(compiled);

const codeOf = (event: PlanEvent, state: PlanState | undefined = plan.state): string =>
  admit(event, { pathway: plan.pathway, state, now: NOW })?.code ?? 'admitted';

const seen = (fact: string, value: unknown, more: Record<string, unknown> = {}): PlanEvent =>
  eventOf('observation.recorded', { observations: [{ fact, value, ...more }] as never });
const consent = (form: string, by: string, signedOn: string): PlanEvent =>
  eventOf('consent.recorded', { form, by, signedOn });
const performed = (stage: string, performedOn: string): PlanEvent =>
  eventOf('procedure.performed', { stage, performedOn });

describe('at the border', () => {
  it.each<[string, PlanEvent, string]>([
    ['a fact that the catalogue has', seen('smoker', true), 'admitted'],
    ['a fact that nobody knows', seen('smokes', true), 'CC2010'],
    ['a fact called like a method of objects', seen('constructor', true), 'CC2010'],

    ['a number in its unit', seen('temperature', 37, { unit: 'Cel' }), 'admitted'],
    ['a number in another unit', seen('temperature', 37, { unit: '[degF]' }), 'CC2011'],
    ['a number without a unit', seen('temperature', 37), 'CC2011'],

    ['the lowest number of the range', seen('temperature', 30, { unit: 'Cel' }), 'admitted'],
    ['a number below the range', seen('temperature', 29.99, { unit: 'Cel' }), 'CC2012'],
    ['the highest number of the range', seen('temperature', 45, { unit: 'Cel' }), 'admitted'],
    ['a number above the range', seen('temperature', 45.01, { unit: 'Cel' }), 'CC2012'],

    ['a number as text', seen('temperature', '37', { unit: 'Cel' }), 'CC2013'],
    ['yes or no as text', seen('smoker', 'yes'), 'CC2013'],
    ['yes or no as a number', seen('smoker', 1), 'CC2013'],
    ['a code of the list', seen('skinType', 'dark'), 'admitted'],
    ['a code that is not of the list', seen('skinType', 'Dark'), 'CC2013'],
    ['a list where one code is meant', seen('skinType', ['dark']), 'CC2013'],
    ['a date', seen('bloodThinner', '2026-03-05'), 'admitted'],
    ['never', seen('bloodThinner', 'never'), 'admitted'],
    ['never, where it must have been some day', seen('lastMeal', 'never'), 'CC2013'],
    ['a date in words', seen('bloodThinner', '05 Mar 2026'), 'CC2013'],
    ['a date that does not exist', seen('bloodThinner', '2026-02-29'), 'CC2013'],
    ['a date with a time', seen('bloodThinner', '2026-03-05T00:00:00Z'), 'CC2013'],

    ['a date that is tomorrow', seen('bloodThinner', '2026-03-06'), 'CC2014'],
    [
      'observed five minutes ahead of our clock',
      seen('smoker', true, { observedAt: '2026-03-05T15:05:00.000Z' }),
      'admitted',
    ],
    ['observed further ahead', seen('smoker', true, { observedAt: '2026-03-05T15:05:00.001Z' }), 'CC2014'],
    ['observed a year ago', seen('smoker', true, { observedAt: '2025-03-05T15:05:00.001Z' }), 'admitted'],
    [
      'an event of five minutes ahead',
      { ...seen('smoker', true), time: '2026-03-05T15:05:00.000Z' },
      'admitted',
    ],
    ['an event of further ahead', { ...seen('smoker', true), time: '2026-03-05T15:05:00.001Z' }, 'CC2014'],
    ['a procedure of today', performed('excision', '2026-03-05'), 'admitted'],
    ['a procedure of tomorrow', performed('excision', '2026-03-06'), 'CC2014'],
    ['a consent of tomorrow', consent('mole-excision-consent', 'patient', '2026-03-06'), 'CC2014'],

    ['a task of the plan', eventOf('task.completed', { task: 'consultation/history' }), 'admitted'],
    [
      'a task that it does not have',
      eventOf('task.completed', { task: 'excision.recovery/stitches' }),
      'CC2015',
    ],
    ['a task called like a method of objects', eventOf('task.completed', { task: 'toString' }), 'CC2015'],

    [
      'a stage of the pathway',
      eventOf('startProcedure', { stage: 'excision' }, { actor: coordinator }),
      'admitted',
    ],
    ['a start of a stage that it does not have', eventOf('startProcedure', { stage: 'excission' }), 'CC2016'],
    ['a report of a stage that it does not have', performed('excission', '2026-03-05'), 'CC2016'],

    ['a consent of the pathway', consent('mole-excision-consent', 'patient', '2026-03-05'), 'admitted'],
    ['a form that it does not have', consent('consent', 'patient', '2026-03-05'), 'CC2017'],
    [
      'a form signed by somebody who may not',
      consent('mole-excision-consent', 'nurse', '2026-03-05'),
      'CC2017',
    ],
    ['a withdrawal of a form', eventOf('consent.withdrawn', { form: 'mole-excision-consent' }), 'admitted'],
    [
      'a withdrawal of a form that it does not have',
      eventOf('consent.withdrawn', { form: 'consent' }),
      'CC2017',
    ],

    [
      'a request of a patient',
      eventOf('startProcedure', { stage: 'excision' }, { actor: patient }),
      'CC2018',
    ],
    ['a request of a service', eventOf('cancelPlan', { reason: 'x' }, { actor: laboratory }), 'CC2018'],
    [
      'a request of a patient who is a nurse here',
      eventOf('cancelPlan', { reason: 'x' }, { actor: { ...nurse, roles: ['patient', 'nurse'] } }),
      'admitted',
    ],
    ['a fact from a patient', { ...seen('smoker', true), actor: patient }, 'admitted'],

    ['its own timer', wakeEvent('northside', 0), 'admitted'],
  ])('%s: %#', (_name, event, code) => {
    expect(codeOf(event)).toBe(code);
  });

  it('one bad observation refuses the whole event, and the first problem is named', () => {
    const observations = [
      { fact: 'smoker', value: true },
      { fact: 'smokes', value: true },
      { fact: 'skinType', value: 'blue' },
    ];
    expect(codeOf(eventOf('observation.recorded', { observations }))).toBe('CC2010');
  });

  it('says what is possible instead', () => {
    const border = { pathway: plan.pathway, state: plan.state, now: NOW };
    const says = (event: PlanEvent) => admit(event, border)?.says;
    expect(says(eventOf('task.completed', { task: 'x' }))).toContain('open are: consultation/history');
    expect(says(performed('x', '2026-03-05'))).toContain('it has: excision');
    expect(says(consent('x', 'patient', '2026-03-05'))).toContain('it has: mole-excision-consent');
    expect(says(consent('mole-excision-consent', 'nurse', '2026-03-05'))).toContain('signed by the patient');
    expect(says(seen('skinType', 'blue'))).toContain('light, medium, dark');
  });

  const observation = { value: true, source: 'clinician', actor: 'n', observedAt: NOW, event: 'e' };
  const signed = { form: 'mole-excision-consent', by: 'patient', signedOn: '2026-03-05' };
  const report = {
    stage: 'excision',
    procedure: 'p',
    performedOn: '2026-03-05',
    reportedAt: NOW,
    deviation: true,
  };
  it.each<[string, (count: number) => Partial<PlanState>, number, PlanEvent]>([
    [
      'observations',
      (count) => ({ observations: { smoker: Array(count).fill(observation) } }),
      LIMITS.observationsPerPlan,
      seen('smoker', true),
    ],
    [
      'consents',
      (count) => ({ consents: Array(count).fill(signed) }),
      LIMITS.consentsPerPlan,
      consent('mole-excision-consent', 'patient', '2026-03-05'),
    ],
    [
      'reports',
      (count) => ({ performed: Array(count).fill(report) }),
      LIMITS.reportsPerPlan,
      performed('excision', '2026-03-05'),
    ],
  ])('a plan takes its last of the %s, and not one more', (_what, kept, limit, event) => {
    expect(codeOf(event, { ...plan.state, ...kept(limit - 1) })).toBe('admitted');
    expect(codeOf(event, { ...plan.state, ...kept(limit) })).toBe('CC4004');
  });

  it('what is rejected changes nothing in the plan but its number, and leaves a word in the journal', () => {
    const running = new RunningPlan(compiled);
    const before = running.state;
    const { state, journal, answer } = running.send(seen('smokes', true));
    expect(answer).toMatchObject({ outcome: 'rejected', code: 'CC2010' });
    expect(state).toEqual({ ...before, sequence: 2 });
    expect(journal).toMatchObject([{ kind: 'event.rejected', details: { code: 'CC2010' } }]);
  });
});

describe('whom a fact comes from', () => {
  const facts = [
    factOf(
      'count',
      { kind: 'number', unit: '10*9/L', from: 0, to: 100 },
      { from: ['laboratory', 'clinician'] },
    ),
    factOf('birthDate', { kind: 'date' }, { from: ['record'] }),
  ];
  const told = (observation: Record<string, unknown>, actor = nurse) => {
    const running = new RunningPlan(pathwayWith({ facts, rules: [] }));
    const step = running.observe([observation as never], undefined, { actor });
    return { answer: step.answer, kept: Object.values(step.state.observations).flat() };
  };
  const count = { fact: 'count', value: 3, unit: '10*9/L' };

  it('is the nurse who states it, unless she says that she has it from the laboratory', () => {
    expect(told(count).kept).toMatchObject([{ source: 'clinician', actor: 'nurse-1' }]);
    expect(told({ ...count, from: 'laboratory' }).kept).toMatchObject([
      { source: 'laboratory', actor: 'nurse-1' },
    ]);
  });

  it('can be passed on by staff where their own word does not count', () => {
    expect(told({ fact: 'birthDate', value: '1979-04-01', from: 'record' }).answer.outcome).toBe('accepted');
  });

  it.each([
    ['a patient speaks for the laboratory', { ...count, from: 'laboratory' }, patient, 'CC2018'],
    ['a service speaks for another', { ...count, from: 'clinician' }, laboratory, 'CC2018'],
    [
      'a nurse names a source that the fact is not taken from',
      { ...count, from: 'horoscope' },
      nurse,
      'CC2030',
    ],
  ])('never: %s', (_what, observation, actor, code) => {
    expect(told(observation, actor).answer).toMatchObject({ outcome: 'rejected', code });
  });
});
