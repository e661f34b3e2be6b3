import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { aheadOf, Desk, openQuestions, openTasks, refusedBy } from '../../support/appointments.ts';
import { comeBack, decide } from '../../support/decided.ts';
import { actor, eventOf, RunningPlan, refusalOf } from '../../support/plan.ts';
import { BREAST, sourcesOf } from './sample.ts';

const compiled = CompiledPathway.parse(compilePathway(sourcesOf(BREAST)).compiled);

const surgeon = actor('surgeon-1', 'surgeon');
const oncologist = actor('oncologist-1', 'oncologist');
const at = (day: string): string => `${day}T15:00:00.000Z`;

const FACTS = [
  { fact: 'birthDate', value: '1980-05-01' },
  { fact: 'nicotine', value: 'never' },
  { fact: 'medicines', value: ['other'] },
  { fact: 'radiotherapyEnded', area: 'left breast', value: 'never' },
];
const ON_THE_DAY = [
  { fact: 'skin', area: 'left breast', value: [] },
  { fact: 'temperature', value: 36.6, unit: 'Cel' },
];
const BLOODS = [
  { fact: 'transfusion', value: 'never' },
  { fact: 'haemoglobin', value: 130, unit: 'g/L' },
];

describe('a plan for the left breast, from the first visit to the implant', () => {
  const plan = new RunningPlan(compiled, at('2026-03-02'), { treatment: ['left breast'] });
  const desk = new Desk(plan);
  const rulesAgainst = (answer: Parameters<typeof refusalOf>[0]): string[] =>
    refusalOf(answer)
      .reasons.flatMap(({ finding }) => finding?.rule ?? [])
      .sort();
  const completeAll = (where: string, now: string): void => {
    for (const task of openTasks(plan).filter((id) => id.startsWith(where))) {
      const role = plan.state.tasks[task]?.role ?? 'nurse';
      plan.send(eventOf('task.completed', { task }, { actor: actor(`${role}-1`, role) }), now);
    }
  };

  it('does not begin before the board has the facts that it needs', () => {
    completeAll('consultation/', at('2026-03-02'));
    completeAll('assessment/', at('2026-03-03'));
    expect(plan.state.chart).toBe('assessment');
    expect(openQuestions(plan)).toEqual(['decision/board']);
    const early = decide(plan, 'decision/board', 'suitable', { by: surgeon }).answer;
    expect(refusalOf(early).code).toBe('CC3009');
  });

  it('begins once two of the board have found it suitable', () => {
    plan.observe(
      [
        { fact: 'fitness', value: 2 },
        { fact: 'bmi', value: 24, unit: 'kg/m2' },
      ],
      at('2026-03-04'),
    );
    decide(plan, 'decision/board', 'suitable', { by: surgeon });
    expect(plan.state.chart).toBe('assessment');
    decide(plan, 'decision/board', 'suitable', { by: oncologist });
    expect(plan.state.chart).toBe('expander.ready');
  });

  it('is prepared for once consent, age and nicotine are known: no more is asked so early', () => {
    const refused = desk.startPrep('expander');
    expect(refusedBy(refused)).toContain('S1');
    expect(rulesAgainst(refused)).toEqual(['adult', 'nicotine']);
    plan.observe(FACTS, at('2026-03-05'));
    plan.consent('expander-consent', '2026-03-05');
    expect(refusedBy(desk.startPrep('expander'))).toEqual([]);
    expect(plan.state.chart).toBe('expander.prep');
    expect(openTasks(plan).filter((id) => id.startsWith('expander.prep/'))).toEqual(
      ['clearance', 'bloods', 'nicotine-test', 'on-the-day'].map((task) => `expander.prep/${task}`),
    );
  });

  it('is booked with what stands ahead of it, and not done before the clearance', () => {
    expect(aheadOf(desk.book('expander', '2026-03-20', at('2026-03-06'))).length).toBeGreaterThan(0);
    const refused = desk.start('expander', at('2026-03-20'));
    expect(refusedBy(refused)).toContain('S5');
    expect(rulesAgainst(refused)).toEqual([
      ...['anaemia', 'anticoagulant', 'infection-in-field', 'nicotine'],
    ]);
  });

  it('is done on its day, once it was prepared', () => {
    plan.observe([...BLOODS, ...ON_THE_DAY, ...FACTS], at('2026-03-20'));
    completeAll('expander.prep/', at('2026-03-20'));
    expect(refusedBy(desk.start('expander', at('2026-03-20')))).toEqual([]);
    plan.report('expander', '2026-03-20', at('2026-03-20'));
    expect(plan.state.chart).toBe('expander.recovery');
    expect(openTasks(plan)).toContain('expander.closure/dressing');
  });

  it('is filled once the surgeon has found it ready, until it is full', () => {
    completeAll('expander.recovery/', at('2026-04-01'));
    expect(plan.state.chart).toBe('expander.reassessment');
    decide(plan, 'decision/after-expander', 'fill', { by: surgeon, now: at('2026-04-02') });
    expect(plan.state.chart).toBe('filling.ready');
    plan.consent('filling-consent', '2026-04-02');
    expect(refusedBy(desk.start('filling', at('2026-04-02')))).toContain('S3');
    for (const [day, isFull] of [
      ['2026-04-03', false],
      ['2026-04-17', true],
    ] as const) {
      completeAll('filling.ready/', at(day));
      expect(refusedBy(desk.start('filling', at(day)))).toEqual([]);
      plan.report('filling', day, at(day));
      plan.observe([{ fact: 'expanderFull', value: isFull }], at(day));
    }
    completeAll('filling.', at('2026-04-18'));
    expect(plan.state.chart).toBe('exchange.ready');
  });

  it('is not exchanged before three months are over, and asks for its risk', () => {
    plan.consent('implant-consent', '2026-04-18');
    plan.observe(FACTS, at('2026-04-18'));
    expect(refusedBy(desk.startPrep('exchange'))).toEqual([]);
    const { reasons } = refusalOf(desk.start('exchange', at('2026-06-19')));
    const says = JSON.stringify(reasons);
    expect(says).toContain('2026-06-20');
    expect(says).toContain('surgical-risk');
    expect(refusalOf(desk.book('exchange', '2026-06-19')).code).toBe('CC3008');
  });

  it('asks the surgeon what a red wound means for it, beside the task to see the wound', () => {
    plan.observe([{ fact: 'woundState', area: 'left breast', value: 'clean' }], at('2026-06-19'));
    desk.book('exchange', '2026-06-22');
    plan.observe([...BLOODS, ...ON_THE_DAY, ...FACTS], at('2026-06-22'));
    plan.observe(
      [
        { fact: 'fitness', value: 2 },
        { fact: 'bmi', value: 24, unit: 'kg/m2' },
      ],
      at('2026-06-22'),
    );
    completeAll('exchange.prep/', at('2026-06-22'));
    expect(refusedBy(desk.start('exchange', at('2026-06-22')))).toEqual([]);
    plan.report('exchange', '2026-06-22', at('2026-06-22'));
    plan.observe([{ fact: 'woundState', area: 'left breast', value: 'red' }], at('2026-06-25'));
    expect(openQuestions(plan)).toContain('decision/complication');
    expect(openTasks(plan).some((id) => id.includes('see-wound'))).toBe(true);
  });

  it('leaves its course when the surgeon says so, and comes back where it left', () => {
    const { chart } = plan.state;
    expect(chart).toBe('exchange.recovery');
    decide(plan, 'decision/complication', 'look-into-it', { by: surgeon, now: at('2026-06-26') });
    expect(plan.state.chart).toBe('further-evaluation');
    comeBack(plan, at('2026-07-01'));
    expect(plan.state.chart).toBe(chart);
    expect(openTasks(plan)).toContain('exchange.recovery/wound-visit');
  });
});
