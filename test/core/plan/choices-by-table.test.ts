import { askedFor, BY_SIZE, measured, ofSize, SIZE } from '../../support/choices.ts';
import { decide, openQuestions, openTasks, planWith, sleepUntil } from '../../support/decided.ts';
import { for_, leaf, tableOf, taskOf, type Variation } from '../../support/pathways.ts';
import { refusalOf } from '../../support/plan.ts';

const EXTENT = 'decision/extent';
const SUPPLY = 'plan/choice-extent';

const ofTable = (table: Parameters<typeof ofSize>[0] = {}, more: Variation = {}) =>
  planWith({ facts: [SIZE], tables: [BY_SIZE], choices: [ofSize(table)], ...more });

describe('a choice that a table makes alone', () => {
  it.each([
    [9, 'small'],
    [10, 'large'],
    [11, 'large'],
  ])('of %d cm is %s, and nobody is asked', (size, value) => {
    const plan = ofTable({}, { assessment: [taskOf('measure')] });
    plan.observe(measured(size));
    expect(plan.state.choices).toEqual({});
    plan.finishPhase();
    expect(plan.state.choices).toMatchObject({ extent: { value, by: 'table' } });
    expect(plan.state.chart).toBe('first.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('is made by what is known once everything else of its phase is done, not before', () => {
    const plan = ofTable({}, { assessment: [taskOf('measure')] });
    plan.observe(measured(9), undefined, { id: 'first' });
    plan.observe(measured(12), '2026-03-03T15:00:00.000Z', { id: 'second' });
    plan.finishPhase();
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large' } });
  });

  it('without an answer keeps the phase waiting, and whoever supplies the fact owes it', () => {
    const plan = ofTable();
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.tasks[SUPPLY]).toMatchObject({ status: 'requested', role: 'nurse' });
    expect(plan.state.tasks[SUPPLY]?.title).toBe('Title of extent: please supply size');
    expect(plan.state.waits[`task/${SUPPLY}`]).toBeDefined();
    plan.observe(measured(9));
    expect(plan.state.chart).toBe('first.ready');
    expect(openTasks(plan)).toEqual([]);
  });

  it('is owed still, and asked for again, when its task is ticked off without the fact', () => {
    const plan = ofTable();
    plan.complete(SUPPLY);
    expect(plan.state.tasks[SUPPLY]?.status).toBe('requested');
    expect(plan.state.chart).toBe('assessment');
  });

  it('waits for nothing of that while other work of its phase is open', () => {
    const plan = ofTable({}, { assessment: [taskOf('measure')] });
    expect(openTasks(plan)).toEqual(['assessment/measure']);
  });

  it('with a gap for this patient goes to the lead: no fact would help', () => {
    const gap = tableOf(
      'by-size',
      ['large', 'small'],
      [
        { when: { all: [leaf('size', 'greaterThanInclusive', 10)] }, answer: 'large' },
        { when: { all: [leaf('size', 'lessThan', 9)] }, answer: 'small' },
      ],
    );
    const plan = ofTable({}, { tables: [gap] });
    plan.observe(measured(9.5));
    expect(plan.state.chart).toBe('assessment');
    expect(openTasks(plan)).toEqual([SUPPLY]);
  });

  it('takes the value that counts while nobody knows', () => {
    const plan = ofTable({ ifUnknown: { value: 'large' } });
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large', by: 'unknown' } });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('asks the role that decides while nobody knows, and goes on by its word', () => {
    const choice = ofSize({ ifUnknown: { ask: 'dermatologist' } });
    const plan = ofTable({}, { choices: [choice], decisions: [askedFor(choice)] });
    expect(plan.state.chart).toBe('assessment');
    expect(openQuestions(plan)).toEqual([EXTENT]);
    decide(plan, EXTENT, 'small');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small', by: 'decision' } });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('asks that role no more once the table has an answer', () => {
    const choice = ofSize({ ifUnknown: { ask: 'dermatologist' } });
    const plan = ofTable({}, { choices: [choice], decisions: [askedFor(choice)] });
    plan.observe(measured(12));
    expect(plan.state.choices).toMatchObject({ extent: { value: 'large', by: 'table' } });
    expect(openQuestions(plan)).toEqual([]);
  });

  it('has an answer again by time alone, when a day comes that the table asks for', () => {
    const since = tableOf(
      'by-size',
      ['large', 'small'],
      [
        { when: { all: [leaf('seen', 'withinTheLast', for_(7, 'day'))] }, answer: 'large' },
        { when: { all: [leaf('seen', 'atLeastAgo', for_(10, 'day'))] }, answer: 'small' },
      ],
    );
    const seen = { ...SIZE, fact: 'seen', title: 'seen', is: { kind: 'date' as const } };
    const plan = ofTable({}, { facts: [seen], tables: [since] });
    plan.observe([{ fact: 'seen', value: '2026-02-22' }]);
    expect(plan.state.chart).toBe('assessment');
    sleepUntil(plan, '2026-03-03T12:00:00.000Z');
    expect(plan.state.chart).toBe('assessment');
    sleepUntil(plan, '2026-03-04T12:00:00.000Z');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small' } });
  });

  it('is asked for behind its phase too, when a report took the plan past it', () => {
    const plan = ofTable();
    plan.report('first', '2026-03-02');
    expect(plan.state.choices).toEqual({});
    expect(openTasks(plan)).toContain(SUPPLY);
    plan.observe(measured(9));
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small', by: 'table' } });
    expect(openTasks(plan)).not.toContain(SUPPLY);
  });
});

describe('a table that somebody confirms', () => {
  const confirmed = (table: Parameters<typeof ofSize>[0] = {}, needs = ['size']) => {
    const choice = ofSize({ isConfirmed: true, ...table });
    return ofTable(
      {},
      {
        choices: [choice],
        decisions: [askedFor(choice, { needs })],
        decidedIn: { consultation: [], assessment: ['extent'] },
      },
    );
  };
  const deviations = (plan: ReturnType<typeof confirmed>) =>
    plan.journal.filter(({ kind }) => kind === 'deviation.raised').map(({ details }) => details.code);

  it('is decided by that person alone, once what the table asks is known', () => {
    const plan = confirmed();
    expect(refusalOf(decide(plan, EXTENT, 'small').answer).code).toBe('CC3009');
    plan.observe(measured(9));
    expect(plan.state.choices).toEqual({});
    decide(plan, EXTENT, 'small');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small', by: 'decision' } });
  });

  it.each([
    [9, 'small', 'as the table says', []],
    [9, 'large', 'more cautious than the table', []],
    [12, 'large', 'as the table says', []],
    [12, 'small', 'less cautious than the table', ['choice-against-table']],
  ] as const)('at %d cm %s is %s', (size, value, _says, expected) => {
    const plan = confirmed();
    plan.observe(measured(size));
    decide(plan, EXTENT, value);
    expect(plan.state.choices).toMatchObject({ extent: { value } });
    expect(deviations(plan)).toEqual(expected);
  });

  it('leaves in the journal what the table had answered', () => {
    const plan = confirmed();
    plan.observe(measured(9));
    const { journal } = decide(plan, EXTENT, 'large');
    expect(journal.find(({ kind }) => kind === 'choice.made')?.details).toMatchObject({
      value: 'large',
      table: { rule: 'by-size', answer: 'small' },
    });
  });

  it.each([
    ['large', []],
    ['small', ['choice-against-table']],
  ] as const)('whose file says what counts for the unknown may be decided unknown: %s', (value, expected) => {
    const plan = confirmed({ ifUnknown: { value: 'large' } }, []);
    decide(plan, EXTENT, value);
    expect(plan.state.choices).toMatchObject({ extent: { value, by: 'decision' } });
    expect(deviations(plan)).toEqual(expected);
  });

  it('has no answer on a fact that is too old for it, and nobody confirms that', () => {
    const fresh = tableOf(
      'by-size',
      ['large', 'small'],
      [
        {
          when: { all: [{ ...leaf('size', 'lessThan', 10), params: { taken: { within: for_(2, 'day') } } }] },
          answer: 'small',
        },
        {
          when: {
            all: [
              { ...leaf('size', 'greaterThanInclusive', 10), params: { taken: { within: for_(2, 'day') } } },
            ],
          },
          answer: 'large',
        },
      ],
    );
    const choice = ofSize({ isConfirmed: true });
    const plan = ofTable(
      {},
      {
        tables: [fresh],
        choices: [choice],
        decisions: [askedFor(choice, { needs: ['size'] })],
        decidedIn: { consultation: [], assessment: ['extent'] },
      },
    );
    plan.observe(measured(9));
    const refused = refusalOf(decide(plan, EXTENT, 'small', { now: '2026-03-06T15:00:00.000Z' }).answer);
    expect(refused.code).toBe('CC3009');
    expect(refused.reasons[0]).toMatchObject({ table: { rule: 'by-size' }, clears: [[{ fact: 'size' }]] });
    expect(openTasks(plan)).toContain('plan/choice-extent/small');
    plan.observe(measured(9), undefined, { id: 'again' });
    expect(openTasks(plan)).toEqual([]);
    decide(plan, EXTENT, 'small');
    expect(plan.state.choices).toMatchObject({ extent: { value: 'small' } });
  });
});
