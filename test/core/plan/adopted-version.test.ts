import { decisionOf, dermatologist, openQuestions, openTasks, START } from '../../support/decided.ts';
import {
  atEdge,
  contraindication,
  factOf,
  for_,
  intervalOf,
  leaf,
  stageOf,
  taskOf,
  termsOf,
  type Variation,
} from '../../support/pathways.ts';
import { eventOf, lead, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { repeating } from '../../support/tasks.ts';
import { adopted, planOf, versionOf } from '../../support/versions.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;
const talk = (count: number) => taskOf('talk', { due: { to: for_(count, 'day'), after: 'plan start' } });
const waitFor = ({ state }: RunningPlan, task: string) => state.waits[`task/${task}`];

describe('what is due counts from where it counted', () => {
  it.each([
    ['later', 14, '2026-03-17T04:00:00.000Z'],
    ['sooner', 3, '2026-03-06T05:00:00.000Z'],
    ['as before', 7, '2026-03-10T04:00:00.000Z'],
  ])('a task that is due %s there', (_says, count, dueAt) => {
    const plan = adopted(
      planOf({ consultation: [talk(7)] }),
      { consultation: [talk(count)] },
      at('2026-03-04'),
    );
    expect(waitFor(plan, 'consultation/talk')).toMatchObject({ startedAt: START, dueAt });
  });

  it('from when it was asked for, where nothing else has come that it could count from', () => {
    const asked = (count: number): Variation => ({
      consultation: [taskOf('talk', { due: { to: for_(count, 'day'), after: 'procedure' } })],
    });
    const plan = adopted(planOf(asked(7)), asked(10), at('2026-03-05'));
    expect(waitFor(plan, 'consultation/talk')).toMatchObject({ dueAt: '2026-03-13T04:00:00.000Z' });
  });

  it('as much later as its clock has stood', () => {
    const held = (count: number): Variation => ({
      facts: [factOf('smoker', { kind: 'yes or no' })],
      rules: [contraindication('smoking', { all: [leaf('smoker', 'equal', true)] })],
      stages: [stageOf('first', { beforeEach: [talk(count)] }), stageOf('second')],
    });
    const plan = planOf(held(7));
    plan.observe([{ fact: 'smoker', value: true }], START);
    plan.observe([{ fact: 'smoker', value: false }], at('2026-03-05'));
    expect(waitFor(plan, 'first.ready/talk')?.dueAt).toBe('2026-03-13T04:00:00.000Z');
    adopted(plan, held(9), at('2026-03-06'));
    expect(waitFor(plan, 'first.ready/talk')?.dueAt).toBe('2026-03-15T04:00:00.000Z');
  });

  it('and who was told of it that it is late is not told so again', () => {
    const plan = planOf({ consultation: [talk(2)] });
    plan.wake(plan.state.wake.at ?? '');
    const before = waitFor(plan, 'consultation/talk')?.rung ?? 0;
    expect(before).toBeGreaterThan(0);
    adopted(plan, { consultation: [{ ...talk(2), title: 'Talk at length' }] });
    expect(waitFor(plan, 'consultation/talk')).toMatchObject({ rung: before, title: 'Talk at length' });
    expect(plan.last.effects.map(({ subject }) => subject)).toEqual(['The plan was revised']);
  });

  it('and is done from the day on which it may be done there', () => {
    const within = (from: number | undefined): Variation => ({
      consultation: [
        taskOf('talk', {
          due: { ...(from ? { from: for_(from, 'day') } : {}), to: for_(7, 'day'), after: 'plan start' },
        }),
      ],
    });
    const plan = adopted(planOf(within(2)), within(4));
    expect(plan.state.tasks['consultation/talk']?.from).toBe('2026-03-06');
    plan.adopt(versionOf(within(undefined), '3.0.0'));
    expect(plan.state.tasks['consultation/talk']?.from).toBeUndefined();
  });

  it('whoever does it there owes it', () => {
    const plan = planOf({ consultation: [talk(7)] });
    adopted(plan, { consultation: [{ ...talk(7), role: 'dermatologist' }] });
    expect(waitFor(plan, 'consultation/talk')).toMatchObject({ owner: 'dermatologist' });
    expect(plan.state.tasks['consultation/talk']).toMatchObject({ role: 'dermatologist' });
  });
});

describe('where the plan is, the work and the decisions of the version are asked for', () => {
  it('what it has besides, and nothing that is done once more', () => {
    const plan = planOf({ consultation: [talk(7), taskOf('look')] });
    plan.complete('consultation/look');
    adopted(plan, {
      consultation: [talk(7), taskOf('look'), taskOf('weigh'), repeating('call', for_(7, 'day'))],
      decidedIn: { consultation: ['agree'], assessment: [] },
      decisions: [decisionOf('agree')],
    });
    expect(openTasks(plan)).toEqual(['consultation/talk', 'consultation/weigh', 'consultation/call']);
    expect(openQuestions(plan)).toEqual(['decision/agree']);
  });

  it('what is behind stays as it was', () => {
    const plan = planOf({ stages: [stageOf('first'), stageOf('second')] });
    plan.consent('first-consent', '2026-03-02');
    plan.start('first');
    plan.report('first', '2026-03-02');
    adopted(plan, { stages: [stageOf('first', { recovery: [taskOf('visit')] }), stageOf('second')] });
    expect(plan.state.chart).toBe('second.ready');
    expect(openTasks(plan)).toEqual([]);
  });
});

describe('everything is judged anew', () => {
  const SMOKER = factOf('smoker', { kind: 'yes or no' });
  const smoking = (value: boolean) =>
    contraindication('smoking', { all: [leaf('smoker', 'equal', value)] }, { override: termsOf() });

  it('a rule that it has besides holds the stage', () => {
    const plan = planOf({ facts: [SMOKER] });
    plan.observe([{ fact: 'smoker', value: true }]);
    adopted(plan, { facts: [SMOKER], rules: [smoking(true)] });
    expect(Object.keys(plan.state.holds)).toEqual(['first/smoking']);
  });

  it('what was set aside under the version before is not', () => {
    const plan = planOf({ facts: [SMOKER], rules: [smoking(true)] });
    plan.observe([{ fact: 'smoker', value: true }]);
    const grant = { rule: 'smoking', stage: 'first', reason: 'urgent' };
    plan.send(eventOf('grantOverride', grant, { actor: dermatologist }));
    plan.consent('first-consent', '2026-03-02');
    adopted(plan, { facts: [SMOKER], rules: [smoking(true)] });
    expect(Object.values(plan.state.overrides)).toMatchObject([{ status: 'lapsed' }]);
    expect(refusalOf(plan.start('first')).reasons.map(({ invariant }) => invariant)).toEqual(['S2']);
  });

  it('a signature given on a rule stands while the rule is the same, and no longer', () => {
    const signed = (title: string): Variation => ({
      facts: [SMOKER],
      rules: [{ ...smoking(true), title, clears: { by: 'signature', of: 'dermatologist' } }],
    });
    const plan = planOf(signed('Smoking'));
    plan.observe([{ fact: 'smoker', value: true }]);
    plan.send(eventOf('releaseHold', { hold: 'first/smoking' }, { actor: dermatologist }));
    expect(Object.keys(adopted(plan, signed('Smoking')).state.holds)).toEqual([]);
    plan.adopt({
      ...plan.pathway.compiled,
      version: '3.0.0',
      contraindications: signed('Smokes').rules ?? [],
    });
    expect(plan.last.answer.outcome).toBe('accepted');
    expect(Object.keys(plan.state.holds)).toEqual(['first/smoking']);
    expect(plan.state.releases).toEqual({});
  });

  it('a hold that was to be signed away clears by its facts where the version says so', () => {
    const plan = planOf({
      facts: [SMOKER],
      rules: [{ ...smoking(true), clears: { by: 'signature', of: 'dermatologist' } }],
    });
    plan.observe([{ fact: 'smoker', value: true }]);
    plan.observe([{ fact: 'smoker', value: false }], at('2026-03-03'));
    expect(Object.keys(plan.state.holds)).toEqual(['first/smoking']);
    adopted(plan, { facts: [SMOKER], rules: [smoking(true)] });
    expect(plan.state.holds).toEqual({});
  });
});

describe('what meant something else before is not known, signed or attested any more', () => {
  const seen = (...codes: string[]): Variation => ({ facts: [factOf('skin', { kind: 'findings', codes })] });
  const inUnit = (unit: string): Variation => ({
    facts: [factOf('skin', { kind: 'number', unit, from: 0, to: 99 })],
  });

  it.each([
    ['an area clear of what could be found then', seen('redness'), [], seen('redness', 'ulcer'), []],
    ['an area, where less can be found', seen('redness', 'ulcer'), [], seen('redness'), [[]]],
    ['a number in another unit', inUnit('mm'), 12, inUnit('cm'), []],
    ['a number in the same unit', inUnit('mm'), 12, inUnit('mm'), [12]],
  ])('%s', (_says, before, value, there, known) => {
    const plan = planOf(before);
    const isNumber = typeof value === 'number';
    plan.observe([{ fact: 'skin', value, ...(isNumber ? { unit: 'mm' } : {}) }]);
    adopted(plan, there);
    expect((plan.state.observations.skin ?? []).map((one) => one.value)).toEqual(known);
    expect(openTasks(plan)).toEqual(known.length > 0 ? [] : ['plan/anew-skin']);
  });

  it.each([
    ['the procedure that it was given for', 'first-procedure', []],
    ['another procedure under the same form', 'graft', ['S1']],
  ])('consent to %s', (_says, procedure, stands) => {
    const plan = planOf();
    plan.consent('first-consent', '2026-03-02');
    adopted(plan, { stages: [stageOf('first', { procedures: [procedure] }), stageOf('second')] });
    const answer = plan.start('first');
    const reasons = answer.outcome === 'accepted' ? [] : refusalOf(answer).reasons;
    expect(reasons.map(({ invariant }) => invariant)).toEqual(stands);
  });

  it.each([
    ['counted from', 'filler', true],
    ['of which nobody was asked', 'implant', false],
  ])('that nothing else was done that is %s', (_says, of, isKnown) => {
    const counts = (from: string): Variation => ({
      intervals: [intervalOf('spacing', atEdge(`end of ${from}`), 'first-procedure')],
      procedures: { filler: [], implant: [] },
    });
    const plan = planOf(counts('filler'));
    plan.send(eventOf('history.recorded', { procedures: [], isComplete: true }, { actor: lead }));
    adopted(plan, counts(of));
    expect(plan.state.historyKnownAt !== undefined).toBe(isKnown);
    expect(openTasks(plan)).toEqual(isKnown ? [] : ['plan/anew-history']);
  });

  it.each([
    ['what was read', 'first-procedure', []],
    ['more than was read', 'second-procedure', null],
  ])('of other plans, where it counts %s', (_what, counted, known) => {
    const between = (otherPlans: string): Variation => ({
      intervals: ['first-procedure', 'second-procedure'].map((of) =>
        intervalOf(`after-${of}`, atEdge(`end of ${of}`), 'second-procedure', {
          minimum: for_(6, 'week'),
          ...(of === otherPlans ? { otherPlans: true as const } : {}),
        }),
      ),
    });
    const plan = planOf(between('first-procedure'));
    plan.send({ ...eventOf('otherPlans.changed', {}, { source: 'carechart:plan' }), otherPlans: [] });
    expect(adopted(plan, between(counted)).state.otherPlans).toEqual(known);
  });
});
