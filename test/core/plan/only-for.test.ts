import { askedFor, choiceOf, IN_ASSESSMENT, OPTION, only, TWO_WAYS, twoWays } from '../../support/choices.ts';
import { book, decide, decisionOf, GO, openQuestions, openTasks } from '../../support/decided.ts';
import { for_, stageOf, taskOf, type Variation } from '../../support/pathways.ts';
import { type RunningPlan, refusalOf } from '../../support/plan.ts';

const OPTION_ASKED = 'decision/option';

const chosen = (value: string, more: Variation = {}): RunningPlan => {
  const plan = twoWays(more);
  decide(plan, OPTION_ASKED, value);
  return plan;
};
const deviations = (plan: RunningPlan) =>
  plan.journal.filter(({ kind }) => kind === 'deviation.raised').map(({ details }) => details.code);

describe('a stage that is for some only', () => {
  it.each([
    ['implant', 'implant-stage.ready'],
    ['flap', 'flap-stage.ready'],
  ])('is come to by whoever chose it: %s', (value, chart) => {
    expect(chosen(value).state.chart).toBe(chart);
  });

  it('is passed over without having been entered: nobody is asked for its work, and the journal says why', () => {
    const stages = (TWO_WAYS.stages ?? []).map((stage) =>
      stage.stage === 'implant-stage' ? { ...stage, beforeEach: [taskOf('look')] } : stage,
    );
    const plan = chosen('flap', { stages });
    expect(plan.state.enteredAt['implant-stage.ready']).toBeUndefined();
    expect(plan.state.tasks).toEqual({});
    expect(plan.last.journal.filter(({ kind }) => kind === 'stage.passed').map(({ says }) => says)).toEqual([
      'Not for this patient: Stage implant-stage (Title of option: Title of flap)',
    ]);
  });

  it('is passed over however many there are, to the end of the course', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      stageOf(`s${at}`, { onlyFor: only('option', 'implant') }),
    );
    expect(chosen('flap', { stages: many }).state.chart).toBe('completed');
  });

  it('behind another is passed over as that one ends', () => {
    const plan = chosen('implant');
    plan.report('implant-stage', '2026-03-02');
    expect(plan.state.chart).toBe('both.ready');
  });

  it('what is for several choices needs all of them', () => {
    const side = choiceOf('side', ['left', 'right']);
    const stages = [
      stageOf('one', { onlyFor: [...only('option', 'flap'), ...only('side', 'left')] }),
      stageOf('two', { onlyFor: [...only('option', 'flap'), ...only('side', 'right')] }),
    ];
    const plan = twoWays({
      choices: [OPTION, side],
      decisions: [askedFor(OPTION), askedFor(side)],
      decidedIn: { consultation: [], assessment: ['option', 'side'] },
      stages,
    });
    decide(plan, OPTION_ASKED, 'flap');
    decide(plan, 'decision/side', 'right');
    expect(plan.state.chart).toBe('two.ready');
  });

  it('gives back the day that was booked for it, and the coordinator takes it out of the calendar', () => {
    const plan = twoWays();
    book(plan, 'implant-stage', '2026-04-01');
    decide(plan, OPTION_ASKED, 'flap');
    expect(plan.state.bookings['implant-stage']?.status).toBe('cancelled');
    expect(openTasks(plan)).toEqual(['plan/calendar-implant-stage-1']);
  });

  it('is booked for nobody whom it is not for', () => {
    const plan = chosen('flap');
    const { code, reasons } = refusalOf(
      plan.send({
        id: 'ask-1',
        source: 'front-desk',
        actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: 'northside' },
        type: 'bookAppointment',
        data: { stage: 'implant-stage', on: '2026-04-01' },
      }).answer,
    );
    expect(code).toBe('CC3008');
    expect(reasons.map(({ says }) => says)).toContain(
      'Stage implant-stage is not for this patient (Title of option: Title of flap).',
    );
  });
});

describe('a stage whose choice is not made', () => {
  const past = (): RunningPlan => {
    const stages = [stageOf('before'), ...(TWO_WAYS.stages ?? [])];
    const plan = twoWays({ stages });
    plan.report('before', '2026-03-02');
    return plan;
  };

  it('is come to, and its gate stays closed: it says which question would clear it', () => {
    const plan = past();
    expect(plan.state.chart).toBe('implant-stage.ready');
    plan.consent('implant-stage-consent', '2026-03-02');
    const answer = refusalOf(plan.start('implant-stage'));
    expect(answer.reasons).toEqual([
      {
        invariant: 'phase',
        says: 'Not chosen yet, and Stage implant-stage hangs on it: Title of option.',
        clears: [[{ kind: 'event', type: 'decide', needs: 'decision/option#2', role: 'dermatologist' }]],
      },
    ]);
    expect(openQuestions(plan)).toEqual(['decision/option#2']);
  });

  it.each([
    ['implant', 'implant-stage.ready'],
    ['flap', 'flap-stage.ready'],
  ])('goes on once it is: %s', (value, chart) => {
    const plan = past();
    decide(plan, 'decision/option#2', value);
    expect(plan.state.chart).toBe(chart);
    plan.consent(`${value}-stage-consent`, '2026-03-02');
    expect(plan.start(`${value}-stage`).outcome).toBe('accepted');
  });
});

describe('a report of a stage that had not been chosen', () => {
  it('is taken as every report, and is a deviation of its own', () => {
    const plan = chosen('flap');
    const { answer } = plan.report('implant-stage', '2026-03-02');
    expect(answer.outcome).toBe('accepted');
    expect(plan.state.performed).toMatchObject([{ stage: 'implant-stage', counts: true }]);
    expect(deviations(plan)).toEqual(['gate-not-opened', 'not-chosen']);
  });

  it('takes the plan to its aftercare, and on from there to what was chosen', () => {
    const stages = (TWO_WAYS.stages ?? []).map((stage) => ({ ...stage, recovery: [taskOf('wound')] }));
    const plan = chosen('flap', { stages });
    plan.report('implant-stage', '2026-03-02');
    expect(plan.state.chart).toBe('implant-stage.recovery');
    plan.finishPhase();
    expect(plan.state.chart).toBe('flap-stage.ready');
  });

  it('on a day before it was chosen otherwise accuses nobody of that', () => {
    const plan = twoWays();
    decide(plan, OPTION_ASKED, 'flap', { now: '2026-03-04T15:00:00.000Z' });
    plan.report('implant-stage', '2026-03-03');
    expect(deviations(plan)).toEqual(['gate-not-opened']);
  });

  it('of a series that has begun goes on to its end, whatever is chosen', () => {
    const stages = (TWO_WAYS.stages ?? []).map((stage) =>
      stage.stage === 'implant-stage' ? { ...stage, sessions: 2 } : stage,
    );
    const plan = chosen('flap', { stages });
    plan.report('implant-stage', '2026-03-02');
    expect(plan.state.chart).toBe('implant-stage.ready');
    plan.report('implant-stage', '2026-03-02', '2026-03-02T16:00:00.000Z');
    expect(plan.state.chart).toBe('implant-stage.ready');
    plan.report('implant-stage', '2026-03-03', '2026-03-03T16:00:00.000Z');
    expect(plan.state.chart).toBe('flap-stage.ready');
  });
});

describe('a task that is for some only', () => {
  const look = taskOf('look', { onlyFor: only('option', 'implant') });

  it('of the phase in which it is chosen is made once it is, and keeps the phase from ending', () => {
    const plan = twoWays({ assessment: [look] });
    expect(plan.state.tasks).toEqual({});
    decide(plan, OPTION_ASKED, 'implant');
    expect(openTasks(plan)).toEqual(['assessment/look']);
    expect(plan.state.chart).toBe('assessment');
    plan.finishPhase();
    expect(plan.state.chart).toBe('implant-stage.ready');
  });

  it('is never made for whom it is not', () => {
    const plan = twoWays({ assessment: [look] });
    decide(plan, OPTION_ASKED, 'flap');
    expect(plan.state.tasks).toEqual({});
    expect(plan.state.chart).toBe('flap-stage.ready');
  });

  it('that comes round again begins once it is chosen', () => {
    const every = { every: for_(7, 'day'), until: { by: for_(60, 'day'), after: 'plan start' as const } };
    const row = taskOf('row', { when: every, onlyFor: only('option', 'implant') });
    const plan = twoWays({ assessment: [row, taskOf('other')] });
    expect(openTasks(plan)).toEqual(['assessment/other']);
    decide(plan, OPTION_ASKED, 'implant');
    expect(openTasks(plan)).toEqual(['assessment/row', 'assessment/other']);
  });

  it('of prep keeps the gate closed only for whom it is', () => {
    const stages = [stageOf('both', { prep: [look, taskOf('wash')] })];
    const gate = (value: string) => {
      const plan = chosen(value, { stages });
      plan.consent('both-consent', '2026-03-02');
      plan.send({
        id: 'prep-1',
        source: 'front-desk',
        actor: { id: 'coordinator-1', roles: ['coordinator'], clinic: 'northside' },
        type: 'startPrep',
        data: { stage: 'both' },
      });
      return refusalOf(plan.start('both')).reasons.map(({ says }) => says);
    };
    expect(gate('implant')).toHaveLength(2);
    expect(gate('flap')).toEqual(['Still to be done before the procedure: Title of wash.']);
  });
});

describe('chosen again', () => {
  /** Decided in the recovery of the first stage, before either way is come to. */
  const rechoose = decisionOf('again', {
    outcomes: { yes: [{ do: 'choose', choice: 'option' }, ...GO], no: GO },
  });
  const course: Variation = {
    decisions: [askedFor(OPTION), rechoose],
    decidedIn: IN_ASSESSMENT,
    stages: [stageOf('before', { reassess: 'again' }), ...(TWO_WAYS.stages ?? [])],
  };

  it('otherwise, the plan goes the other way', () => {
    const plan = chosen('implant', course);
    plan.report('before', '2026-03-02');
    decide(plan, 'decision/again', 'yes');
    expect(openQuestions(plan)).toEqual(['decision/option#2']);
    expect(plan.state.chart).toBe('before.reassessment');
    decide(plan, 'decision/option#2', 'flap');
    expect(plan.state.choices).toMatchObject({ option: { value: 'flap', question: 'decision/option#2' } });
    expect(plan.state.chart).toBe('flap-stage.ready');
  });
});
