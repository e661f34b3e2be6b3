import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import { book, comeBack, leave, openTasks, sleepUntil } from '../../support/decided.ts';
import {
  atStage,
  contraindication,
  for_,
  intervalOf,
  leaf,
  stageOf,
  taskOf,
} from '../../support/pathways.ts';
import { coordinator, eventOf, kinds, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { besideOperations, chartsOf, trackOf } from '../../support/tracks.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;

/** Radiation is given by others, beside an operation here. */
const radiation = (intervals: Interval[] = []): RunningPlan => {
  const { consent: _theirs, ...rays } = stageOf('rays', {
    title: 'Radiation',
    elsewhere: true,
    traits: ['radiation'],
    closure: [taskOf('skin')],
  });
  return besideOperations({
    stages: [stageOf('first'), rays],
    tracks: [trackOf('radiotherapy', ['rays'])],
    rules: [contraindication('no-rash', { all: [leaf('rash', 'equal', true)] }, { of: ['radiation'] })],
    intervals,
  });
};
const tell = (plan: RunningPlan, performedOn: string, endedOn?: string, now = at('2026-03-20')) =>
  plan.send(
    eventOf('procedure.performed', { stage: 'rays', performedOn, ...(endedOn ? { endedOn } : {}) }),
    now,
  );
const titleOf = (plan: RunningPlan, wait: string) => plan.state.waits[wait]?.title;

describe('what is done elsewhere', () => {
  it('is asked about by the coordinator, from its day on again and again', () => {
    const plan = radiation();
    expect(plan.state.waits['start/rays']).toMatchObject({
      title: 'Radiation is done elsewhere: has it begun, has it ended?',
      owner: 'coordinator',
    });
    sleepUntil(plan, at('2026-04-20'));
    const told = kinds(plan.journal).filter((kind) => kind === 'escalation.raised');
    expect(told.length).toBeGreaterThan(1);
  });

  it.each(['startProcedure', 'startPrep'] as const)(
    'is not started here: %s is refused, and says what moves it',
    (type) => {
      const plan = radiation();
      const { code, reasons } = refusalOf(
        plan.send(eventOf(type, { stage: 'rays' }, { actor: coordinator })).answer,
      );
      expect(code).toBe('CC3002');
      expect(reasons[0]?.clears).toEqual([
        [{ kind: 'event', type: 'procedure.performed', needs: 'rays', role: 'coordinator' }],
      ]);
    },
  );

  it('is not booked here; an appointment that others have made is known, and asked after on the next working day', () => {
    const plan = radiation();
    const asked = plan.send(
      eventOf('bookAppointment', { stage: 'rays', on: '2026-03-09' }, { actor: coordinator }),
    );
    expect(refusalOf(asked.answer).code).toBe('CC3002');
    book(plan, 'rays', '2026-03-09');
    expect(plan.state.waits['start/rays']?.dueAt).toBe('2026-03-11T04:00:00.000Z');
    expect(openTasks(plan)).toEqual([]);
  });

  it('asks nobody for facts, and shows what is known to stand against it', () => {
    const plan = radiation();
    expect(plan.state.holds).toEqual({});
    plan.observe([{ fact: 'rash', value: true }]);
    expect(Object.keys(plan.state.holds)).toEqual(['rays/no-rash']);
  });

  it('has begun when that is told, and has ended when that is: only then its care is asked for', () => {
    const plan = radiation();
    expect(kinds(tell(plan, '2026-03-16').journal)).not.toContain('deviation.raised');
    expect(chartsOf(plan).radiotherapy).toBe('rays.procedure');
    expect(titleOf(plan, 'report/rays')).toBe('Radiation is done elsewhere: has it ended?');
    expect(openTasks(plan)).toEqual([]);
    tell(plan, '2026-03-16', '2026-04-10', at('2026-04-11'));
    expect(chartsOf(plan).radiotherapy).toBe('rays.closure');
    expect(openTasks(plan)).toEqual(['rays.closure/skin']);
    plan.complete('rays.closure/skin');
    expect(chartsOf(plan)).toEqual({ main: 'first.ready', radiotherapy: 'completed' });
  });

  it('told once, with both days, has ended', () => {
    const plan = radiation();
    tell(plan, '2026-03-10', '2026-03-19');
    expect(chartsOf(plan).radiotherapy).toBe('rays.closure');
  });

  it('goes on while the plan is off its course, and back where it was on its return', () => {
    const plan = radiation();
    tell(plan, '2026-03-16');
    leave(plan, 'postponement', at('2026-03-21'));
    expect(chartsOf(plan).radiotherapy).toBe('postponement');
    comeBack(plan, at('2026-03-23'));
    expect(chartsOf(plan).radiotherapy).toBe('rays.procedure');
    expect(titleOf(plan, 'report/rays')).toBeDefined();
  });

  it('has its end told while the plan is off its course: on its return it is behind', () => {
    const plan = radiation();
    tell(plan, '2026-03-16');
    leave(plan, 'postponement', at('2026-03-21'));
    tell(plan, '2026-03-16', '2026-03-22', at('2026-03-23'));
    expect(chartsOf(plan)).toEqual({ main: 'postponement', radiotherapy: 'postponement' });
    comeBack(plan, at('2026-03-24'));
    expect(chartsOf(plan).radiotherapy).toBe('rays.closure');
  });

  it('whose beginning was told in error is asked about from the beginning', () => {
    const plan = radiation();
    tell(plan, '2026-03-16');
    plan.send(
      eventOf('report.withdrawn', { stage: 'rays', performedOn: '2026-03-16', reason: 'another patient' }),
      at('2026-03-21'),
    );
    expect(chartsOf(plan).radiotherapy).toBe('rays.ready');
    expect(titleOf(plan, 'start/rays')).toMatch(/has it begun/);
  });
});

describe('an interval from the end of what is done elsewhere', () => {
  const afterRays = intervalOf('after-rays', atStage('end of rays'), 'first-procedure', {
    minimum: for_(28, 'day'),
  });

  it.each([
    ['it has not begun', [], 'accepted'],
    ['it has begun, and nobody knows whether it has ended', ['2026-03-16'], 'refused'],
    ['it ended 28 days ago', ['2026-03-16', '2026-04-10'], 'accepted'],
    ['it ended 27 days ago', ['2026-03-16', '2026-04-11'], 'refused'],
  ])('%s', (_says, days, outcome) => {
    const plan = radiation([afterRays]);
    plan.consent('first-consent', '2026-03-02');
    const [from, until] = days;
    if (from) tell(plan, from, undefined, at('2026-03-17'));
    if (from && until) tell(plan, from, until, at('2026-04-12'));
    expect(plan.start('first', at('2026-05-08')).outcome).toBe(outcome);
  });
});

describe('a report of what was done elsewhere', () => {
  const notBefore = (more: Partial<Interval>) =>
    intervalOf('rays-after', atStage('end of first'), 'rays-procedure', {
      minimum: for_(28, 'day'),
      ...more,
    });

  it.each([
    ['counts', 'rays.procedure'],
    ['does not count', 'rays.ready'],
  ] as const)('that came too early is a deviation, and %s where its interval says so', (ifEarly, chart) => {
    const plan = radiation([notBefore({ ifEarly })]);
    plan.report('first', '2026-03-02');
    tell(plan, '2026-03-16');
    expect(plan.state.performed.at(-1)).toMatchObject({ deviation: true, counts: ifEarly === 'counts' });
    expect(chartsOf(plan).radiotherapy).toBe(chart);
  });
});

describe('the care after what took others several days', () => {
  const caring = (): RunningPlan => {
    const skin = taskOf('skin', { when: { due: { to: for_(14, 'day'), after: 'procedure' } } });
    const { consent: _theirs, ...rays } = stageOf('rays', { elsewhere: true, closure: [skin] });
    return besideOperations({
      stages: [stageOf('first'), rays, stageOf('later', { recovery: [taskOf('call')] })],
      tracks: [trackOf('radiotherapy', ['rays', 'later'])],
      rules: [],
    });
  };
  const dueAt = (plan: RunningPlan) => plan.state.waits['task/rays.closure/skin']?.dueAt;

  it('is due from their last day, and not from their first', () => {
    const plan = caring();
    tell(plan, '2026-03-05');
    tell(plan, '2026-03-05', '2026-04-10', at('2026-04-11'));
    expect(dueAt(plan)).toBe('2026-04-25T04:00:00.000Z');
  });

  it('is asked for once they have told its end, though the plan has gone on behind it', () => {
    const plan = caring();
    plan.report('later', '2026-03-15', at('2026-03-15'));
    tell(plan, '2026-03-05');
    expect(openTasks(plan)).not.toContain('rays.closure/skin');
    tell(plan, '2026-03-05', '2026-03-19');
    expect(chartsOf(plan).radiotherapy).toBe('later.recovery');
    expect(dueAt(plan)).toBe('2026-04-03T04:00:00.000Z');
    plan.complete('rays.closure/skin');
    tell(plan, '2026-03-05', '2026-03-20');
    expect(openTasks(plan)).not.toContain('rays.closure/skin');
  });
});
