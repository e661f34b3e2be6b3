import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import {
  comeBack,
  decide,
  decisionOf,
  exitTo,
  GO,
  leave,
  openQuestions,
  openTasks,
  planWith,
  START,
} from '../../support/decided.ts';
import { factOf, for_, pathwayWith, stageOf, taskOf } from '../../support/pathways.ts';
import { actor, coordinator, kinds, nurse, patient, RunningPlan, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';

const READY = 'decision/ready';
const together = (...roles: string[]): DecisionDefinition['by'] => ({ kind: 'roles', roles });
const inAssessment = (
  more: Partial<DecisionDefinition> = {},
  others: DecisionDefinition[] = [],
): RunningPlan =>
  planWith({
    decidedIn: { consultation: [], assessment: ['ready'] },
    decisions: [decisionOf('ready', more), ...others],
  });

describe('a decision of a phase', () => {
  it('is asked when the phase begins, with its own due time and ladder', () => {
    const plan = inAssessment({ due: { to: for_(3, 'working day'), after: 'asked' } });
    expect(plan.state.questions[READY]).toEqual({
      decision: 'ready',
      title: 'Title of ready.',
      about: 'assessment',
      roles: ['dermatologist'],
      outcomes: ['yes', 'no'],
      askedAt: START,
      askedIn: 'assessment',
      votes: [],
    });
    expect(plan.state.waits[`question/${READY}`]).toMatchObject({
      kind: 'question',
      owner: 'dermatologist',
      ladder: 'standard',
      dueAt: '2026-03-06T05:00:00.000Z',
    });
  });

  it('keeps the phase from ending, though its tasks are done', () => {
    const plan = planWith({
      assessment: [taskOf('photographs')],
      decidedIn: { consultation: [], assessment: ['ready'] },
      decisions: [decisionOf('ready')],
    });
    plan.finishPhase();
    expect(plan.state.chart).toBe('assessment');
    decide(plan, READY, 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('decided before its tasks are done, lets the phase end with the last of them', () => {
    const plan = planWith({
      assessment: [taskOf('photographs')],
      decidedIn: { consultation: [], assessment: ['ready'] },
      decisions: [decisionOf('ready')],
    });
    decide(plan, READY, 'yes');
    expect(plan.state.chart).toBe('assessment');
    plan.finishPhase();
    expect(plan.state.chart).toBe('first.ready');
  });

  it('each of several has to go on', () => {
    const plan = planWith({
      decidedIn: { consultation: ['one', 'other'], assessment: [] },
      decisions: [decisionOf('one'), decisionOf('other')],
    });
    decide(plan, 'decision/one', 'yes');
    expect(plan.state.chart).toBe('consultation');
    decide(plan, 'decision/other', 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });
});

describe('roles that decide together', () => {
  it('wait for each other, and whoever has not spoken owns it', () => {
    const plan = inAssessment({ by: together('dermatologist', 'nurse') });
    decide(plan, READY, 'yes');
    expect(plan.state.waits[`question/${READY}`]).toMatchObject({
      owner: 'nurse',
      dueAt: '2026-03-10T04:00:00.000Z',
    });
    expect(plan.state.chart).toBe('assessment');
    decide(plan, READY, 'yes', { by: nurse });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('that differ leave it open, and are told so', () => {
    const plan = inAssessment({ by: together('dermatologist', 'nurse') });
    decide(plan, READY, 'yes');
    decide(plan, READY, 'no', { by: nurse });
    expect(openQuestions(plan)).toEqual([READY]);
    expect(
      plan.last.effects.filter(({ says }) => says === 'Not agreed: dermatologist: yes, nurse: no'),
    ).toHaveLength(2);
    decide(plan, READY, 'yes', { by: nurse });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('a person who has both speaks in the one that is missing, and is one person', () => {
    const plan = inAssessment({ by: together('dermatologist', 'nurse') });
    decide(plan, READY, 'yes');
    decide(plan, READY, 'yes', { by: actor('both', 'dermatologist', 'nurse') });
    expect(plan.state.questions[READY]?.answer?.votes).toMatchObject([
      { role: 'dermatologist', by: 'dermatologist-1' },
      { role: 'nurse', by: 'both' },
    ]);
  });
});

describe('the word of a patient', () => {
  const withPatient = () => inAssessment({ by: together('patient', 'dermatologist') });

  it('is written down by staff, with who wrote it', () => {
    const plan = withPatient();
    decide(plan, READY, 'yes', { by: nurse, role: 'patient', note: 'By telephone.' });
    expect(plan.state.questions[READY]?.votes).toMatchObject([
      { role: 'patient', by: 'patient-1', recordedBy: 'nurse-1', note: 'By telephone.' },
    ]);
    decide(plan, READY, 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('may be written down by whoever decides with them: they are two persons', () => {
    const plan = withPatient();
    decide(plan, READY, 'yes', { role: 'patient' });
    decide(plan, READY, 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('is one that is named as such, and never that of a colleague who is a patient elsewhere', () => {
    const plan = inAssessment({ by: together('patient', 'dermatologist') });
    const colleague = actor('nurse-9', 'nurse', 'patient');
    expect(decide(plan, READY, 'yes', { by: colleague }).answer).toMatchObject({ code: 'CC2018' });
  });

  it('alone decides, and waits with the coordinator, who has to write it down', () => {
    const plan = inAssessment({ by: together('patient') });
    expect(plan.state.waits[`question/${READY}`]?.owner).toBe('coordinator');
    decide(plan, READY, 'yes', { by: coordinator, role: 'patient' });
    expect(plan.state.chart).toBe('first.ready');
  });

  it.each([
    ['the patient themselves', patient, undefined, 'CC2018'],
    ['somebody of no role that is asked', nurse, undefined, 'CC2018'],
    ['in a role that is not asked', nurse, 'nurse', 'CC2029'],
    ['in a role that they do not have', nurse, 'dermatologist', 'CC2018'],
  ])('is not taken from %s', (_name, by, role, code) => {
    const plan = withPatient();
    expect(decide(plan, READY, 'yes', { by, ...(role ? { role } : {}) }).answer).toMatchObject({
      outcome: 'rejected',
      code,
    });
  });
});

describe('a decision that needs a fact', () => {
  const needing = () => inAssessment({ needs: ['temperature'] });

  it('is refused while it is not known, names it, and asks whoever supplies it', () => {
    const plan = needing();
    const refusal = refusalOf(decide(plan, READY, 'yes').answer);
    expect(refusal).toMatchObject({
      code: 'CC3009',
      reasons: [{ clears: [[{ kind: 'fact', fact: 'temperature', cause: 'missing', role: 'nurse' }]] }],
    });
    expect(plan.state.tasks['plan/needed/temperature']).toMatchObject({ role: 'nurse', status: 'requested' });
    expect(plan.state.questions[READY]?.votes).toEqual([]);
  });

  it('is taken once it is known, and nobody is asked for it any more', () => {
    const plan = needing();
    decide(plan, READY, 'yes');
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }]);
    expect(plan.state.tasks['plan/needed/temperature']?.status).toBe('cancelled');
    expect(decide(plan, READY, 'yes').answer.outcome).toBe('accepted');
    expect(plan.state.chart).toBe('first.ready');
  });

  it('is refused again once the fact is too old', () => {
    const plan = needing();
    plan.observe([{ fact: 'temperature', value: 36.8, unit: 'Cel' }]);
    const tomorrow = '2026-03-03T15:00:00.001Z';
    expect(refusalOf(decide(plan, READY, 'yes', { now: tomorrow }).answer)).toMatchObject({
      code: 'CC3009',
      reasons: [{ clears: [[{ fact: 'temperature', cause: 'stale' }]] }],
    });
  });

  it('recorded by area, is known when each site that was chosen is', () => {
    const plan = new RunningPlan(
      pathwayWith({
        rules: [],
        consultation: [],
        areas: { treatment: { choose: 'all', sites: ['left breast', 'right breast'] } },
        facts: [factOf('healed', { kind: 'yes or no' }, { byArea: true })],
        decidedIn: { consultation: [], assessment: ['ready'] },
        decisions: [decisionOf('ready', { needs: ['healed'] })],
      }),
      START,
    );
    plan.observe([{ fact: 'healed', area: 'left breast', value: true }]);
    expect(decide(plan, READY, 'yes').answer.outcome).toBe('refused');
    plan.observe([{ fact: 'healed', area: 'right breast', value: false }]);
    expect(decide(plan, READY, 'yes').answer.outcome).toBe('accepted');
  });

  it('nobody owes it any more when the plan has left', () => {
    const plan = needing();
    decide(plan, READY, 'yes');
    leave(plan, 'postponement');
    expect(openTasks(plan)).toEqual([]);
  });
});

describe('a decision of the course', () => {
  const between = (outcomes: DecisionDefinition['outcomes'] = { yes: GO, no: exitTo('referral') }) =>
    planWith({
      decisions: [decisionOf('mid', { outcomes, due: { to: for_(14, 'day'), after: 'last session' } })],
      course: [
        { kind: 'stage', name: 'first' },
        { kind: 'decision', name: 'mid' },
        { kind: 'stage', name: 'second' },
      ],
    });

  it('is asked when the course comes to it, counted from what was done last', () => {
    const plan = between();
    expect(openQuestions(plan)).toEqual([]);
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.chart).toBe('mid.decision');
    expect(plan.state.waits['question/decision/mid']?.dueAt).toBe('2026-03-18T04:00:00.000Z');
    decide(plan, 'decision/mid', 'yes');
    expect(plan.state.chart).toBe('second.ready');
  });

  it('is no more when a report says that the plan is elsewhere', () => {
    const plan = between();
    perform(plan, 'first', '2026-03-03');
    plan.report('second', '2026-03-04', '2026-03-04T20:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
    expect(plan.state.questions).toEqual({});
    expect(kinds(plan.journal)).toContain('question.closed');
  });

  it('a plan that comes to it once more is asked once more, whatever was decided before', () => {
    const plan = between({ yes: GO, back: [{ do: 'to', stage: 'first', atMost: 1 }, { do: 'go' }] });
    perform(plan, 'first', '2026-03-03');
    decide(plan, 'decision/mid', 'back');
    perform(plan, 'first', '2026-03-04');
    expect(plan.state.chart).toBe('mid.decision');
    expect(openQuestions(plan)).toEqual(['decision/mid#2']);
    decide(plan, 'decision/mid#2', 'back');
    expect(plan.state.chart).toBe('second.ready');
  });
});

describe('reassessment', () => {
  it('ends a stage, after its recovery', () => {
    const plan = planWith({
      stages: [stageOf('first', { reassess: 'result', recovery: [taskOf('visit')] })],
      decisions: [decisionOf('result')],
    });
    perform(plan, 'first', '2026-03-03');
    expect(plan.state.chart).toBe('first.recovery');
    plan.finishPhase();
    expect(plan.state.chart).toBe('first.reassessment');
    expect(plan.state.questions['decision/result']).toMatchObject({
      stage: 'first',
      about: 'first.reassessment',
    });
    decide(plan, 'decision/result', 'yes');
    expect(plan.state.chart).toBe('completed');
  });

  it('is not decided by a plan that was closed meanwhile', () => {
    const plan = planWith({
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result')],
    });
    perform(plan, 'first', '2026-03-03');
    plan.cancel();
    expect(decide(plan, 'decision/result', 'yes').answer).toMatchObject({ code: 'CC2029' });
  });
});

describe('one decision that leads to another', () => {
  const others = [decisionOf('second-look', { outcomes: { fine: GO, not: exitTo('referral') } })];

  it('counts for the first: the phase goes on when the other does', () => {
    const plan = inAssessment({ outcomes: { unsure: [{ do: 'decide', decision: 'second-look' }] } }, others);
    decide(plan, READY, 'unsure');
    expect(plan.state.chart).toBe('assessment');
    expect(openQuestions(plan)).toEqual(['decision/second-look']);
    decide(plan, 'decision/second-look', 'fine');
    expect(plan.state.chart).toBe('first.ready');
    expect(plan.state.questions[READY]?.answer).toMatchObject({ outcome: 'unsure', took: 'go' });
  });

  it('takes the plan off its course where the other says so', () => {
    const plan = inAssessment({ outcomes: { unsure: [{ do: 'decide', decision: 'second-look' }] } }, others);
    decide(plan, READY, 'unsure');
    decide(plan, 'decision/second-look', 'not');
    expect(plan.state.chart).toBe('referral');
  });

  it('may ask itself again', () => {
    const plan = inAssessment({ outcomes: { yes: GO, again: [{ do: 'decide', decision: 'ready' }] } });
    decide(plan, READY, 'again');
    expect(openQuestions(plan)).toEqual([`${READY}#2`]);
    decide(plan, `${READY}#2`, 'yes');
    expect(plan.state.chart).toBe('first.ready');
  });
});

describe('a decision that is put off', () => {
  const waiting = inAssessment.bind(undefined, {
    outcomes: {
      later: [{ do: 'wait', for: for_(10, 'day'), atMost: 1 }, ...exitTo('postponement')],
      yes: GO,
    },
  });

  it('is asked again, due so much later, as often as it may be', () => {
    const plan = waiting();
    decide(plan, READY, 'later');
    expect(openQuestions(plan)).toEqual([`${READY}#2`]);
    expect(plan.state.waits[`question/${READY}#2`]?.dueAt).toBe('2026-03-13T04:00:00.000Z');
    decide(plan, `${READY}#2`, 'later');
    expect(plan.state.chart).toBe('postponement');
  });

  it('may be put off again by a plan that comes to it anew', () => {
    const plan = waiting();
    decide(plan, READY, 'later');
    decide(plan, `${READY}#2`, 'later');
    comeBack(plan, '2026-04-01T15:00:00.000Z');
    expect(openQuestions(plan)).toEqual([`${READY}#3`]);
    decide(plan, `${READY}#3`, 'later');
    expect(openQuestions(plan)).toEqual([`${READY}#4`]);
  });
});

describe('a decision that asks somebody what now', () => {
  it('is asked again when they have done it', () => {
    const plan = inAssessment({ outcomes: { yes: GO, unclear: [{ do: 'ask', role: 'nurse' }] } });
    decide(plan, READY, 'unclear');
    const [task = ''] = openTasks(plan);
    expect(plan.state.tasks[task]).toMatchObject({ role: 'nurse', belongsTo: 'plan' });
    expect(openQuestions(plan)).toEqual([]);
    plan.complete(task);
    expect(openQuestions(plan)).toEqual([`${READY}#2`]);
  });
});
