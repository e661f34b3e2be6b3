import { Desk, openTasks, refusedBy } from '../../support/appointments.ts';
import {
  contraindication,
  eligibility,
  factOf,
  for_,
  leaf,
  pathwayWith,
  stageOf,
  tableOf,
  taskOf,
  type Variation,
} from '../../support/pathways.ts';
import { kinds, RunningPlan, refusalOf } from '../../support/plan.ts';
import { on } from '../../support/staged.ts';

const FACTS = [factOf('smoker', { kind: 'yes or no' }), factOf('infected', { kind: 'yes or no' })];
const smokes = { all: [leaf('smoker', 'equal', true)] };
const infected = { all: [leaf('infected', 'equal', true)] };

const bloods = taskOf('bloods', { due: { to: for_(3, 'day'), after: 'stage' } });
const weekly = taskOf('weekly', { when: { every: for_(7, 'day') } });

/** One operation with a prep before it, at whose first gate the plan stands. */
const planned = (more: Variation = {}, stage: Parameters<typeof stageOf>[1] = {}) => {
  const plan = new RunningPlan(
    pathwayWith({
      facts: FACTS,
      rules: [],
      consultation: [],
      stages: [stageOf('flap', { prep: [bloods], ...stage })],
      ...more,
    }),
    on('2026-03-02'),
  );
  plan.consent('flap-consent', '2026-03-02');
  return { plan, desk: new Desk(plan) };
};

describe('the gate of prep', () => {
  it('is asked before that of the procedure', () => {
    const { plan, desk } = planned();
    const refused = refusalOf(desk.start('flap'));
    expect(refused.code).toBe('CC3002');
    expect(refused.reasons[0]?.clears).toEqual([
      [{ kind: 'event', type: 'startPrep', needs: 'flap', role: 'coordinator' }],
    ]);
    expect(desk.startPrep('flap').outcome).toBe('accepted');
    expect(plan.state.chart).toBe('flap.prep');
    expect(plan.state.gates).toMatchObject([{ stage: 'flap', of: 'prep' }]);
    expect(openTasks(plan)).toEqual(['flap.prep/bloods']);
  });

  it('is not there where a stage has no prep', () => {
    const { plan, desk } = planned({ stages: [stageOf('flap')] });
    expect(refusalOf(desk.startPrep('flap')).code).toBe('CC3002');
    expect(plan.state.chart).toBe('flap.ready');
  });

  it('does not open a second time, nor away from its stage', () => {
    const { plan, desk } = planned();
    desk.startPrep('flap');
    expect(refusalOf(desk.startPrep('flap')).code).toBe('CC3002');
    plan.cancel();
    expect(refusalOf(desk.startPrep('flap')).code).toBe('CC3003');
  });

  it('stays closed without consent (S1)', () => {
    const { plan, desk } = planned();
    plan.withdraw('flap-consent');
    expect(refusedBy(desk.startPrep('flap'))).toEqual(['S1']);
  });

  it('stays closed for whom the pathway is not for (S4)', () => {
    const { plan, desk } = planned({ eligibility: [eligibility('smokers-only', smokes)] });
    expect(refusedBy(desk.startPrep('flap'))).toEqual(['S4']);
    plan.observe([{ fact: 'smoker', value: true }]);
    expect(refusedBy(desk.startPrep('flap'))).toEqual([]);
  });

  it('asks no table', () => {
    const table = tableOf('dose', ['none', 'full'], [{ when: infected, answer: 'none' }]);
    const { desk } = planned(
      { tables: [table] },
      {
        table: { table: 'dose', outcomes: { none: [{ do: 'end' }], full: [{ do: 'go' }] } },
        prep: [],
      },
    );
    expect(refusedBy(desk.startPrep('flap'))).toEqual([]);
    expect(refusedBy(desk.start('flap'))).toEqual(['S4']);
  });
});

describe('a contraindication keeps those gates closed that it names', () => {
  const rule = (stops: ('prep' | 'procedure')[]) =>
    planned({ rules: [contraindication('infection', infected, { stops })] });

  it.each([
    ['prep', ['S2'], []],
    ['procedure', [], ['S2']],
    ['prep and procedure', ['S2'], ['S2']],
  ] as const)('%s, when it is met', (stops, atPrep, atProcedure) => {
    const gates = stops.split(' and ') as ('prep' | 'procedure')[];
    const { plan, desk } = rule(gates);
    plan.observe([{ fact: 'infected', value: true }]);
    expect(refusedBy(desk.startPrep('flap'))).toEqual(atPrep);
    plan.observe([{ fact: 'infected', value: false }], on('2026-03-03'));
    desk.startPrep('flap');
    plan.finishPhase();
    plan.observe([{ fact: 'infected', value: true }], on('2026-03-04'));
    expect(refusedBy(desk.start('flap'))).toEqual(atProcedure);
  });

  it('holds nothing yet, while it is unknown, before the gate that it names', () => {
    const { plan, desk } = rule(['procedure']);
    expect(plan.state.holds).toEqual({});
    expect(plan.state.status).toBe('active');
    desk.startPrep('flap');
    expect(Object.keys(plan.state.holds)).toEqual(['flap/infection']);
    plan.finishPhase();
    expect(refusedBy(desk.start('flap'))).toEqual(['S2']);
  });

  it('holds at once, while it is unknown, before the very gate', () => {
    const { plan } = rule(['prep']);
    expect(Object.keys(plan.state.holds)).toEqual(['flap/infection']);
  });

  it('holds from the first gate on once it is met, whichever gate it names', () => {
    const { plan } = rule(['procedure']);
    plan.observe([{ fact: 'infected', value: true }]);
    expect(plan.state.status).toBe('on-hold');
  });
});

describe('the gate of the procedure behind a prep', () => {
  it('stays closed until all of the prep is done', () => {
    const { plan, desk } = planned();
    desk.startPrep('flap');
    const refused = refusalOf(desk.start('flap'));
    expect(refused.reasons).toEqual([
      {
        invariant: 'phase',
        says: 'Still to be done before the procedure: Title of bloods.',
        clears: [[{ kind: 'event', type: 'task.completed', needs: 'flap.prep/bloods', role: 'nurse' }]],
      },
    ]);
    plan.complete('flap.prep/bloods');
    expect(desk.start('flap').outcome).toBe('accepted');
    expect(plan.state.chart).toBe('flap.procedure');
  });

  it('does not wait for what comes round again, nor for the work of each session', () => {
    const { plan, desk } = planned({}, { prep: [weekly], beforeEach: [taskOf('weigh')] });
    desk.startPrep('flap');
    expect(openTasks(plan)).toEqual(expect.arrayContaining(['flap.ready/weigh', 'flap.prep/weekly']));
    expect(desk.start('flap').outcome).toBe('accepted');
  });

  it('does not wait for what is known not to be needed, and does while nobody knows', () => {
    const once = taskOf('cessation', { onlyWhen: smokes });
    const { plan, desk } = planned({}, { prep: [once] });
    desk.startPrep('flap');
    expect(refusedBy(desk.start('flap'))).toEqual(['phase']);
    plan.observe([{ fact: 'smoker', value: false }]);
    expect(refusedBy(desk.start('flap'))).toEqual([]);
  });

  it('has somebody who owes the start all the while', () => {
    const { plan, desk } = planned();
    const owed = plan.state.waits['start/flap'];
    expect(owed).toMatchObject({ title: 'Book Stage flap', owner: 'coordinator' });
    desk.startPrep('flap', on('2026-03-05'));
    expect(plan.state.waits['start/flap']).toEqual(owed);
    plan.finishPhase();
    desk.start('flap');
    expect(plan.state.waits['start/flap']).toBeUndefined();
    expect(plan.state.waits['report/flap']).toMatchObject({ title: 'Report Stage flap' });
  });

  it('asks whoever can supply what its table lacks, for as long as it does', () => {
    const table = tableOf(
      'dose',
      ['none', 'full'],
      [
        { when: infected, answer: 'none' },
        { when: { not: infected }, answer: 'full' },
      ],
    );
    const { plan, desk } = planned(
      { tables: [table] },
      { table: { table: 'dose', outcomes: { none: [{ do: 'end' }], full: [{ do: 'go' }] } }, prep: [] },
    );
    desk.startPrep('flap');
    desk.start('flap');
    expect(openTasks(plan)).toEqual(['plan/gate-flap/dose']);
    plan.observe([{ fact: 'infected', value: false }]);
    expect(openTasks(plan)).toEqual([]);
  });

  it('counts no prep of the operation before', () => {
    const { plan, desk } = planned(
      {},
      {
        sessions: 2,
        consent: { form: 'flap-consent', by: 'patient', covers: 'course', lasts: for_(1, 'year') },
      },
    );
    desk.startPrep('flap');
    plan.finishPhase();
    desk.start('flap');
    plan.report('flap', '2026-03-02');
    expect(plan.state.chart).toBe('flap.ready');
    desk.startPrep('flap', on('2026-03-09'));
    expect(refusedBy(desk.start('flap'))).toEqual(['phase']);
    plan.finishPhase();
    expect(refusedBy(desk.start('flap'))).toEqual([]);
  });

  it('a report from before it is a deviation, with what was still to be done', () => {
    const { plan, desk } = planned();
    desk.startPrep('flap');
    plan.report('flap', '2026-03-03', on('2026-03-03'));
    const deviation = plan.last.journal.find(({ kind }) => kind === 'deviation.raised');
    expect(deviation?.details).toMatchObject({ code: 'gate-not-opened', reasons: [{ invariant: 'phase' }] });
    expect(kinds(plan.last.journal)).toContain('phase.entered');
  });
});
