import type { Interval } from '../../../src/core/pathway/rules.schema.ts';
import type { Draft } from '../../../src/core/plan/draft.ts';
import { closeQuestions, keepQuestions, type QuestionToAsk } from '../../../src/core/plan/questions.ts';
import { shifted } from '../../support/oracle.ts';
import { atEdge, for_, intervalOf } from '../../support/pathways.ts';
import {
  actor,
  coordinator,
  kinds,
  nurse,
  patient,
  type RunningPlan,
  refusalOf,
} from '../../support/plan.ts';
import {
  afterExpander,
  decide,
  dermatologist,
  ONE_STAGE,
  on,
  perform,
  planOf,
  tell,
} from '../../support/staged.ts';

/** Latest nine months after 2 March: 2 December; asked of the dermatologist from 3 December on. */
const spacing = (more: Partial<Interval> = {}, from = 'end of surgery'): Interval =>
  intervalOf('expander-to-implant', atEdge(from), 'implant-exchange', {
    title: 'Expander to implant',
    minimum: for_(3, 'month'),
    latest: for_(9, 'month'),
    ifLate: { ask: 'dermatologist' },
    ...more,
  });
const QUESTION = 'late/exchange/expander-to-implant/2026-03-02';
const LATE = '2026-12-03T05:00:00.000Z';

const standing = (more: Partial<Interval> = {}): RunningPlan => afterExpander([spacing(more)], '2026-03-02');
const late = (more: Partial<Interval> = {}): RunningPlan => {
  const plan = standing(more);
  plan.wake(LATE);
  return plan;
};
const open = (plan: RunningPlan): string[] =>
  Object.keys(plan.state.questions).filter((id) => plan.state.questions[id]?.answer === undefined);
const waitsFor = (plan: RunningPlan): string[] =>
  Object.keys(plan.state.waits).filter((id) => id.startsWith('question/'));

describe('S3: a latest day', () => {
  it.each([
    ['the day before it', '2026-12-01', true, 0],
    ['its last instant', '2026-12-03T04:59:59.999Z', true, 0],
    ['the first instant of the day after', '2026-12-03T05:00:00.000Z', false, 1],
    ['a month later', '2027-01-02', false, 1],
  ])('on %s', (_name, when, isOpen, asked) => {
    const plan = standing();
    const now = when.includes('T') ? when : on(when);
    plan.wake(now);
    expect(open(plan)).toHaveLength(asked);
    expect(plan.start('exchange', now).outcome).toBe(isOpen ? 'accepted' : 'refused');
  });

  it('that has passed names who decides, and which question', () => {
    const [reason] = refusalOf(late().start('exchange')).reasons;
    expect(reason).toMatchObject({
      invariant: 'S3',
      says: 'Expander to implant: counted from end of surgery on 2026-03-02, 2026-12-02 was the last day; the dermatologist has to decide.',
      clears: [[{ kind: 'event', type: 'decide', needs: QUESTION, role: 'dermatologist' }]],
      interval: { result: 'too late', anchor: '2026-03-02', latest: '2026-12-02' },
    });
  });

  it('that a rule leaves to nobody is asked of the clinical lead', () => {
    const { ifLate: _nobody, ...rule } = spacing();
    const plan = afterExpander([rule], '2026-03-02');
    plan.wake(LATE);
    expect(plan.state.questions[QUESTION]?.roles).toEqual(['clinical-lead']);
  });

  it('is asked about by the plan itself, which wakes for it', () => {
    const plan = standing();
    for (let round = 0; round < 60 && open(plan).length === 0; round += 1)
      plan.wake(plan.state.wake.at ?? '');
    expect(plan.state.now).toBe(LATE);
    expect(open(plan)).toEqual([QUESTION]);
  });

  it.each([
    ['months that roll forward', '2026-05-31', for_(9, 'month'), '2027-03-02T05:00:00.000Z'],
    ['a change of the clocks', '2026-03-07', for_(1, 'day'), '2026-03-09T04:00:00.000Z'],
  ])('over %s is inclusive', (_name, from, latest, lateAt) => {
    const make = (now: string) => {
      const plan = afterExpander([spacing({ minimum: for_(0, 'day'), latest })], from);
      plan.wake(now);
      return open(plan).length;
    };
    expect(make(shifted(lateAt, -1))).toBe(0);
    expect(make(lateAt)).toBe(1);
  });
});

describe('a question', () => {
  it('has an owner, a due time and a ladder, and is told to whom it is asked', () => {
    const plan = late();
    expect(plan.state.questions[QUESTION]).toEqual({
      rule: 'expander-to-implant',
      stage: 'exchange',
      title: 'Expander to implant: counted from end of surgery on 2026-03-02, 2026-12-02 was the last day.',
      about: '2026-03-02',
      roles: ['dermatologist'],
      outcomes: ['go-on'],
      askedAt: LATE,
      askedIn: 'exchange.ready',
      votes: [],
    });
    expect(plan.state.waits[`question/${QUESTION}`]).toMatchObject({
      kind: 'question',
      owner: 'dermatologist',
      ladder: 'standard',
      startedAt: LATE,
      dueAt: '2026-12-05T05:00:00.000Z',
    });
    expect(plan.last.effects.filter(({ role }) => role === 'dermatologist')).toHaveLength(1);
    expect(kinds(plan.last.journal)).toContain('question.asked');
  });

  it('that nobody answers climbs its ladder, and does not end', () => {
    const plan = late();
    const heard = new Set<string>();
    for (const day of ['2026-12-09', '2026-12-15', '2026-12-30', '2027-02-01']) {
      plan.wake(on(day));
      for (const { role, says } of plan.last.effects) if (says.includes('was the last day')) heard.add(role);
    }
    expect([...heard]).toEqual(['dermatologist', 'coordinator', 'clinical-lead']);
    expect(plan.state.escalation).toBe(1);
    expect(waitsFor(plan)).toEqual([`question/${QUESTION}`]);
  });

  it('is asked once, however often anybody looks', () => {
    const plan = late();
    plan.wake(on('2026-12-04'));
    plan.start('exchange', on('2026-12-04'));
    expect(open(plan)).toEqual([QUESTION]);
    expect(plan.journal.filter(({ kind }) => kind === 'question.asked')).toHaveLength(1);
  });

  it('that is answered opens the gate, for good', () => {
    const plan = late();
    expect(decide(plan, QUESTION).answer.outcome).toBe('accepted');
    expect(plan.state.questions[QUESTION]?.answer).toEqual({
      outcome: 'go-on',
      at: LATE,
      votes: [{ role: 'dermatologist', by: 'dermatologist-1', outcome: 'go-on', at: LATE }],
    });
    expect(waitsFor(plan)).toEqual([]);
    expect(kinds(plan.last.journal)).toEqual(['event.accepted', 'question.answered']);
    expect(plan.start('exchange', on('2027-05-01')).outcome).toBe('accepted');
  });

  it('keeps what was said with the answer', () => {
    const plan = late();
    plan.send(
      {
        id: 'd-1',
        source: 'front-desk',
        type: 'decide',
        actor: dermatologist,
        data: { question: QUESTION, outcome: 'go-on', note: 'Seen today.' },
      },
      on('2026-12-04'),
    );
    expect(plan.state.questions[QUESTION]?.answer).toMatchObject({
      at: on('2026-12-04'),
      votes: [{ note: 'Seen today.' }],
    });
  });

  it.each([
    ['a nurse', nurse],
    ['the coordinator', coordinator],
    ['the patient', patient],
  ])('is not answered by %s', (_name, by) => {
    const plan = late();
    expect(decide(plan, QUESTION, { by }).answer).toMatchObject({ outcome: 'rejected', code: 'CC2018' });
    expect(open(plan)).toEqual([QUESTION]);
  });

  it('is answered by anybody who has the role beside others', () => {
    const plan = late();
    expect(decide(plan, QUESTION, { by: actor('x', 'nurse', 'dermatologist') }).answer.outcome).toBe(
      'accepted',
    );
  });

  it('is not answered by what it does not offer', () => {
    const plan = late();
    expect(decide(plan, QUESTION, { outcome: 'stop' }).answer).toMatchObject({
      outcome: 'rejected',
      code: 'CC2029',
      says: `${QUESTION} is answered by: go-on.`,
    });
  });

  it('that nobody asked is not answered; the open ones are named', () => {
    expect(decide(late(), 'late/exchange/other').answer).toMatchObject({
      code: 'CC2029',
      says: `The plan asks no question late/exchange/other; open are: ${QUESTION}.`,
    });
    expect(decide(standing(), QUESTION).answer).toMatchObject({
      says: `The plan asks no question ${QUESTION}; open are: none.`,
    });
  });

  it('that has been answered is refused a second answer, and keeps its first', () => {
    const plan = late();
    decide(plan, QUESTION);
    const again = decide(plan, QUESTION, { by: actor('dermatologist-2', 'dermatologist') });
    expect(refusalOf(again.answer)).toMatchObject({
      code: 'CC3007',
      says: `dermatologist-1 answered go-on at ${LATE}.`,
      reasons: [],
    });
    expect(plan.state.questions[QUESTION]?.answer?.votes[0]?.by).toBe('dermatologist-1');
  });
});

describe('what was asked is asked no longer', () => {
  it('when the day that it counts from moved', () => {
    const plan = late();
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-09-10' }], { now: on('2026-12-04') });
    expect(plan.state.questions).toEqual({});
    expect(waitsFor(plan)).toEqual([]);
    expect(kinds(plan.last.journal)).toContain('question.closed');
    expect(refusalOf(plan.start('exchange', on('2026-12-04'))).reasons[0]?.interval).toMatchObject({
      result: 'too early',
      anchor: '2026-09-10',
    });
  });

  it('and another is asked when the new day is too late as well, whatever was answered before', () => {
    const plan = late();
    decide(plan, QUESTION);
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-03-05' }], { now: on('2026-12-07') });
    expect(open(plan)).toEqual(['late/exchange/expander-to-implant/2026-03-05']);
    expect(plan.start('exchange', on('2026-12-07')).outcome).toBe('refused');
    decide(plan, 'late/exchange/expander-to-implant/2026-03-05');
    expect(plan.start('exchange', on('2026-12-07')).outcome).toBe('accepted');
  });

  it('when the stage has been performed all the same', () => {
    const plan = late();
    plan.report('exchange', '2026-12-03', on('2026-12-04'));
    expect(plan.state.questions).toEqual({});
    expect(waitsFor(plan)).toEqual([]);
    const deviation = plan.last.journal.find(({ kind }) => kind === 'deviation.raised');
    expect(JSON.stringify(deviation?.details)).toContain('"result":"too late"');
  });

  it('when the plan ends', () => {
    const plan = late();
    plan.cancel(on('2026-12-04'));
    expect(plan.state.questions).toEqual({});
    expect(plan.state.waits).toEqual({});
    expect(plan.state.status).toBe('revoked');
  });

  it('and what was answered stays in the plan', () => {
    const plan = late();
    decide(plan, QUESTION);
    plan.cancel(on('2026-12-04'));
    expect(plan.state.questions[QUESTION]?.answer?.outcome).toBe('go-on');
  });
});

describe('several at once', () => {
  it('each site is asked about by itself, and all have to be answered', () => {
    const both = { stages: ONE_STAGE, from: '2026-03-02', sites: ['left breast', 'right breast'] };
    const plan = planOf([spacing({ area: 'same' })], both);
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2026-03-01' }]);
    plan.consent('exchange-consent', '2026-03-02');
    plan.wake(on('2026-12-02'));
    const asked = ['left breast', 'right breast'].map(
      (site) => `late/exchange/expander-to-implant/${site}/2026-03-01`,
    );
    expect(open(plan)).toEqual(asked);
    expect(plan.state.questions[asked[0] ?? '']).toMatchObject({ area: 'left breast' });
    decide(plan, asked[0] ?? '');
    const reasons = refusalOf(plan.start('exchange')).reasons;
    expect(reasons.map(({ interval }) => interval?.area)).toEqual(['right breast']);
    decide(plan, asked[1] ?? '');
    expect(plan.start('exchange').outcome).toBe('accepted');
  });

  it('where every occurrence counts, the next one is asked about after the first', () => {
    const plan = planOf([spacing({ counts: 'every' })], { stages: ONE_STAGE, from: '2026-03-02' });
    const told = ['2026-01-01', '2026-01-11'].map((performedOn) => ({
      procedure: 'implant-elsewhere',
      performedOn,
    }));
    tell(plan, told);
    plan.wake(on('2026-10-05'));
    expect(open(plan)).toEqual(['late/exchange/expander-to-implant/2026-01-01']);
    decide(plan, 'late/exchange/expander-to-implant/2026-01-01', { now: on('2026-10-06') });
    expect(open(plan)).toEqual([]);
    plan.wake(on('2026-10-12'));
    expect(open(plan)).toEqual(['late/exchange/expander-to-implant/2026-01-11']);
  });

  it('a stage that the plan has not come to is not asked about', () => {
    const plan = planOf([spacing()], { from: '2026-03-02' });
    tell(plan, [{ procedure: 'implant-elsewhere', performedOn: '2025-01-01' }], { isComplete: true });
    expect(plan.state.chart).toBe('expander.ready');
    expect(open(plan)).toEqual([]);
  });

  it('a latest day that passes behind an open gate asks nobody: it has been opened in time', () => {
    const plan = standing();
    plan.start('exchange', on('2026-12-02'));
    plan.wake(on('2026-12-04'));
    expect(plan.state.chart).toBe('exchange.procedure');
    expect(open(plan)).toEqual([]);
    plan.report('exchange', '2026-12-04', on('2026-12-04'));
    expect(plan.state.performed.at(-1)).toMatchObject({ deviation: false });
  });

  it('a performance that is owed again is asked about anew when it is late', () => {
    const plan = afterExpander([spacing({ ifEarly: 'does not count' })], '2026-03-02');
    plan.report('exchange', '2026-04-01', on('2026-04-01'));
    plan.wake(on('2027-01-02'));
    expect(open(plan)).toEqual(['late/exchange/expander-to-implant/2026-04-01']);
  });
});

describe('questions of one kind', () => {
  const asking = (about: string): QuestionToAsk => ({
    rule: 'risk',
    stage: 'exchange',
    title: 'Risk is high.',
    about,
    roles: ['dermatologist'],
    outcomes: ['go-on', 'stop'],
  });
  const draftOf = (plan: RunningPlan): Draft => ({
    pathway: plan.pathway,
    event: { id: 'e', source: 's', type: 'wake', data: { generation: 0 }, actor: nurse },
    now: plan.state.now,
    state: plan.state,
    journal: [],
    effects: [],
  });

  it('are kept as they should stand, and leave those of other kinds alone', () => {
    const draft = draftOf(late());
    keepQuestions(draft, 'table/', new Map([['table/a', asking('high')]]));
    expect(Object.keys(draft.state.questions)).toEqual([QUESTION, 'table/a']);
    const same = draft.state;
    keepQuestions(draft, 'table/', new Map([['table/a', asking('high')]]));
    expect(draft.state).toBe(same);
    keepQuestions(draft, 'table/', new Map([['table/b', asking('higher')]]));
    expect(Object.keys(draft.state.questions)).toEqual([QUESTION, 'table/b']);
    expect(Object.keys(draft.state.waits)).toContain('question/table/b');
    expect(Object.keys(draft.state.waits)).not.toContain('question/table/a');
    expect(kinds(draft.journal)).toEqual(['question.asked', 'question.closed', 'question.asked']);
  });

  it('are closed only while nobody has answered them', () => {
    const plan = late();
    decide(plan, QUESTION);
    const draft = draftOf(plan);
    closeQuestions(draft, () => true);
    expect(draft.state).toBe(plan.state);
  });

  it('change nothing in the state that came in', () => {
    const plan = late();
    const before = JSON.stringify(plan.state);
    const draft = draftOf(plan);
    keepQuestions(draft, 'late/', new Map());
    expect(draft.state.questions).toEqual({});
    expect(JSON.stringify(plan.state)).toBe(before);
  });
});

it('a plan whose stages are done in time is never asked', () => {
  const plan = standing();
  perform(plan, 'exchange', '2026-07-01');
  expect(plan.state.chart).toBe('completed');
  expect(plan.journal.filter(({ kind }) => kind.startsWith('question.'))).toEqual([]);
});
