import {
  askedFor,
  choiceOf,
  IN_ASSESSMENT,
  measured,
  SIZE,
  TWO_WAYS,
  twoWays,
} from '../../support/choices.ts';
import { boardOf, decide, lead, openQuestions, openTasks, planWith } from '../../support/decided.ts';
import { for_, leaf, taskOf } from '../../support/pathways.ts';
import { actor, coordinator, kinds, nurse, refusalOf } from '../../support/plan.ts';

const OPTION = 'decision/option';

describe('a choice that people make', () => {
  it('is asked as its phase begins, by the values that there are, and owed with a due time', () => {
    const plan = twoWays();
    expect(plan.state.questions[OPTION]).toMatchObject({
      decision: 'option',
      outcomes: ['implant', 'flap'],
      roles: ['dermatologist'],
      about: 'assessment',
    });
    expect(plan.state.waits[`question/${OPTION}`]).toMatchObject({
      owner: 'dermatologist',
      kind: 'question',
    });
    expect(plan.state.choices).toEqual({});
  });

  it('keeps the phase from ending until it is made', () => {
    const plan = twoWays({ assessment: [taskOf('photographs')] });
    plan.finishPhase();
    expect(plan.state.chart).toBe('assessment');
    decide(plan, OPTION, 'implant');
    expect(plan.state.chart).toBe('implant-stage.ready');
  });

  it('is remembered, with when and by which question', () => {
    const plan = twoWays();
    decide(plan, OPTION, 'flap', { note: 'she wants no implant' });
    expect(plan.state.choices).toEqual({
      option: { value: 'flap', at: plan.state.now, by: 'decision', question: OPTION },
    });
  });

  it('stands in the journal with its value, whoever chose it, and the reason that they gave', () => {
    const plan = twoWays();
    const { journal } = decide(plan, OPTION, 'flap', { note: 'she wants no implant' });
    const made = journal.find(({ kind }) => kind === 'choice.made');
    expect(made?.says).toBe('Title of option: Title of flap');
    expect(made?.details).toMatchObject({
      choice: 'option',
      value: 'flap',
      by: 'decision',
      votes: [
        { by: 'dermatologist-1', role: 'dermatologist', outcome: 'flap', note: 'she wants no implant' },
      ],
    });
  });

  it('of patient and surgeon together needs the word of both, and the same one', () => {
    const option = choiceOf('option', ['implant', 'flap']);
    const by = { kind: 'roles' as const, roles: ['patient', 'dermatologist'] };
    const plan = twoWays({ decisions: [askedFor(option, { by })] });
    decide(plan, OPTION, 'flap');
    decide(plan, OPTION, 'implant', { by: coordinator, role: 'patient' });
    expect(plan.state.choices).toEqual({});
    decide(plan, OPTION, 'flap', { by: coordinator, role: 'patient' });
    expect(plan.state.choices).toMatchObject({ option: { value: 'flap' } });
  });

  it('of a board is made by its quorum', () => {
    const option = choiceOf('option', ['implant', 'flap']);
    const plan = twoWays({ decisions: [askedFor(option, { by: boardOf(2, { agree: 'all' }) })] });
    decide(plan, OPTION, 'flap');
    expect(plan.state.choices).toEqual({});
    decide(plan, OPTION, 'flap', { by: nurse });
    expect(plan.state.choices).toMatchObject({ option: { value: 'flap' } });
  });
});

describe('what is offered', () => {
  const offered = { flap: { all: [leaf('size', 'lessThan', 10)] } };
  const option = choiceOf('option', ['implant', 'flap'], { offered });
  const plan = (more = {}) =>
    twoWays({ facts: [SIZE], choices: [option], decisions: [askedFor(option)], ...more });

  it.each([
    [9, 'accepted'],
    [10, 'refused'],
    [11, 'refused'],
  ])('of %d cm, where it takes less than 10, is %s', (size, outcome) => {
    const running = plan();
    running.observe(measured(size));
    expect(decide(running, OPTION, 'flap').answer.outcome).toBe(outcome);
    expect(running.state.choices).toEqual(
      outcome === 'refused' ? {} : { option: expect.objectContaining({ value: 'flap' }) },
    );
  });

  it('and refused says so with the value on which it is not offered, and what would have to be so', () => {
    const running = plan();
    running.observe(measured(12));
    const { code, reasons } = refusalOf(decide(running, OPTION, 'flap').answer);
    expect(code).toBe('CC3011');
    expect(reasons).toMatchObject([
      {
        says: 'Not offered: Title of flap.',
        finding: { result: 'unmet', evidence: [{ fact: 'size', value: 12 }] },
        clears: [[{ kind: 'fact', fact: 'size' }]],
      },
    ]);
  });

  it('is not offered yet while nobody knows, and whoever supplies it is asked', () => {
    const running = plan();
    const { says, reasons } = refusalOf(decide(running, OPTION, 'flap').answer);
    expect(says).toBe('Title of option: Not yet: Title of flap needs size.');
    expect(reasons[0]?.finding?.evidence).toMatchObject([{ fact: 'size', cause: 'missing' }]);
    expect(running.state.tasks['plan/choice-option/flap']).toMatchObject({
      status: 'requested',
      role: 'nurse',
    });
    expect(running.state.questions[OPTION]?.votes).toEqual([]);
  });

  it('is asked for no more once it is known, or something else was chosen', () => {
    const known = plan();
    decide(known, OPTION, 'flap');
    known.observe(measured(9));
    expect(openTasks(known)).not.toContain('plan/choice-option/flap');
    const other = plan();
    decide(other, OPTION, 'flap');
    decide(other, OPTION, 'implant');
    expect(openTasks(other)).not.toContain('plan/choice-option/flap');
  });

  it('does not bear on the other values', () => {
    const running = plan();
    expect(decide(running, OPTION, 'implant').answer.outcome).toBe('accepted');
  });

  it('at the time of the vote that settles it: one that is no longer offered then is refused', () => {
    const by = { kind: 'roles' as const, roles: ['dermatologist', 'nurse'] };
    const running = plan({ decisions: [askedFor(option, { by })] });
    running.observe(measured(9), undefined, { id: 'first' });
    decide(running, OPTION, 'flap');
    running.observe(measured(12), '2026-03-03T15:00:00.000Z', { id: 'second' });
    expect(refusalOf(decide(running, OPTION, 'flap', { by: nurse }).answer).code).toBe('CC3011');
    expect(running.state.choices).toEqual({});
  });

  it('is not settled by a majority for what is offered no more, though the last voted for something else', () => {
    const running = plan({ decisions: [askedFor(option, { by: boardOf(3) })] });
    running.observe(measured(9), undefined, { id: 'first' });
    decide(running, OPTION, 'flap');
    decide(running, OPTION, 'flap', { by: nurse });
    running.observe(measured(12), '2026-03-03T15:00:00.000Z', { id: 'second' });
    expect(decide(running, OPTION, 'implant', { by: lead }).answer.outcome).toBe('accepted');
    expect(running.state.choices).toEqual({});
    expect(openQuestions(running)).toContain(OPTION);
    decide(running, OPTION, 'implant', { by: nurse });
    expect(running.state.choices).toMatchObject({ option: { value: 'implant' } });
  });

  it('keeps a tie from being broken for what is not offered any more', () => {
    const by = boardOf(2, { tie: 'dermatologist' });
    const running = plan({
      decisions: [askedFor(option, { by, due: { to: for_(3, 'day'), after: 'asked' } })],
    });
    running.observe(measured(9), undefined, { id: 'first' });
    decide(running, OPTION, 'flap');
    decide(running, OPTION, 'implant', { by: nurse });
    running.observe(measured(12), '2026-03-03T15:00:00.000Z', { id: 'second' });
    running.wake('2026-03-10T15:00:00.000Z');
    expect(running.state.choices).toEqual({});
    expect(openQuestions(running)).toContain(OPTION);
    decide(running, OPTION, 'implant', { by: lead });
    expect(running.state.choices).toMatchObject({ option: { value: 'implant' } });
  });
});

describe('a choice whose phase was left without it', () => {
  it('because something was reported, is asked all the same, by a due time that counts from then', () => {
    const option = askedFor(choiceOf('option', ['implant', 'flap']), {
      due: { to: for_(7, 'day'), after: 'assessment' },
    });
    const plan = twoWays({ decisions: [option] });
    plan.report('both', '2026-03-20', '2026-03-20T15:00:00.000Z');
    expect(plan.state.chart).toBe('completed');
    const stays = twoWays({
      decisions: [option],
      stages: (TWO_WAYS.stages ?? []).map((stage) =>
        stage.stage === 'both' ? { ...stage, recovery: [taskOf('look')] } : stage,
      ),
    });
    stays.report('both', '2026-03-20', '2026-03-20T15:00:00.000Z');
    expect(openQuestions(stays)).toEqual(['decision/option#2']);
    expect(stays.state.questions['decision/option#2']?.about).toBe('choice/option');
    expect(stays.state.waits['question/decision/option#2']?.dueAt).toBe('2026-04-04T04:00:00.000Z');
    decide(stays, 'decision/option#2', 'flap');
    expect(stays.state.choices).toMatchObject({ option: { value: 'flap' } });
    expect(openQuestions(stays)).toEqual([]);
  });

  it('is asked once, however often the plan looks', () => {
    const plan = planWith({ ...TWO_WAYS, decidedIn: IN_ASSESSMENT });
    plan.report('implant-stage', '2026-03-02');
    plan.observe([{ fact: 'temperature', value: 37, unit: 'Cel' }]);
    plan.wake('2026-03-05T15:00:00.000Z');
    expect(openQuestions(plan)).toEqual(['decision/option#2']);
    expect(kinds(plan.journal).filter((kind) => kind === 'question.asked')).toHaveLength(2);
  });

  it('is not asked while the plan is off its course', () => {
    const plan = twoWays();
    plan.report('implant-stage', '2026-03-02');
    plan.send({
      id: 'leave-1',
      source: 'front-desk',
      actor: actor('coordinator-1', 'coordinator'),
      type: 'leaveCourse',
      data: { exit: 'postponement', reason: 'travels' },
    });
    expect(openQuestions(plan)).toEqual([]);
  });
});
