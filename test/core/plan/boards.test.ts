import type { Decider } from '../../../src/core/pathway/decisions.schema.ts';
import { hasQuorum, missingRoles, outcomeOf, withVote } from '../../../src/core/plan/boards.ts';
import type { Vote } from '../../../src/core/plan/plan-state.schema.ts';
import {
  BOARD,
  boardOf,
  decide,
  decisionOf,
  dermatologist,
  exitTo,
  GO,
  lead,
  openQuestions,
  planWith,
  sleepUntil,
} from '../../support/decided.ts';
import { for_, stageOf } from '../../support/pathways.ts';
import { actor, eventOf, kinds, nurse, type RunningPlan, refusalOf } from '../../support/plan.ts';
import { perform } from '../../support/staged.ts';

/** `dermatologist: yes, nurse: no`, each by a person of their own unless one is named: `nurse/n2: no`. */
const votesOf = (text: string): Vote[] =>
  text === ''
    ? []
    : text.split(', ').map((one) => {
        const [who = '', outcome = ''] = one.split(': ');
        const [role = '', by = `${role}-1`] = who.split('/');
        return { role, by, outcome, at: '2026-03-02T15:00:00.000Z' };
      });

const jointly = (...roles: string[]): Decider => ({ kind: 'roles', roles });

describe('roles that decide together', () => {
  it.each([
    ['nobody has spoken', '', undefined],
    ['one of two has', 'dermatologist: yes', undefined],
    ['both say the same', 'dermatologist: yes, nurse: yes', 'yes'],
    ['they differ', 'dermatologist: yes, nurse: no', undefined],
  ])('%s', (_name, votes, decided) => {
    expect(outcomeOf(jointly('dermatologist', 'nurse'), votesOf(votes))).toBe(decided);
  });

  it('one role alone decides by its first word', () => {
    expect(outcomeOf(jointly('nurse'), votesOf('nurse: no'))).toBe('no');
  });

  it('one word of each role counts: the last', () => {
    const votes = withVote(
      jointly('nurse', 'dermatologist'),
      votesOf('nurse: no'),
      votesOf('nurse/n2: yes')[0] as Vote,
    );
    expect(votes).toEqual(votesOf('nurse/n2: yes'));
  });
});

describe('a board', () => {
  it.each([
    ['below its quorum nothing is decided', 2, 'dermatologist: yes', undefined],
    ['at its quorum, all agreed', 2, 'dermatologist: yes, nurse: yes', 'yes'],
    ['one and one', 2, 'dermatologist: yes, nurse: no', undefined],
    ['two and one', 2, 'dermatologist: yes, nurse: no, clinical-lead: yes', 'yes'],
    ['two persons of one role are two', 2, 'nurse/n1: yes, nurse/n2: yes', 'yes'],
    [
      'every role: two of three roles',
      'every role',
      'dermatologist: yes, nurse/n1: yes, nurse/n2: yes',
      undefined,
    ],
    ['every role: all three', 'every role', 'dermatologist: yes, nurse: no, clinical-lead: yes', 'yes'],
    ['three ways', 'every role', 'dermatologist: yes, nurse: no, clinical-lead: later', undefined],
    ['exactly half is no majority', 4, 'nurse/n1: yes, nurse/n2: yes, nurse/n3: no, nurse/n4: no', undefined],
    ['more than half', 3, 'nurse/n1: yes, nurse/n2: yes, nurse/n3: no', 'yes'],
  ] as const)('by majority: %s', (_name, quorum, votes, decided) => {
    expect(outcomeOf(boardOf(quorum), votesOf(votes))).toBe(decided);
  });

  it.each([
    ['all agreed', 'dermatologist: yes, nurse: yes', 'yes'],
    ['all but one', 'dermatologist: yes, nurse: yes, clinical-lead: no', undefined],
  ])('that has to agree: %s', (_name, votes, decided) => {
    expect(outcomeOf(boardOf(2, { agree: 'all', tie: 'nurse' }), votesOf(votes))).toBe(decided);
  });

  it.each([
    ['waits until every role has voted', 'dermatologist: yes, nurse: no', undefined],
    ['decides once every role has', 'dermatologist: later, nurse: no, clinical-lead: yes', 'later'],
    ['whose vote is not there is waited for', 'clinical-lead: yes, nurse: no', undefined],
    ['does not outvote a majority', 'dermatologist: yes, nurse: no, clinical-lead: no', 'no'],
    ['of two who differ decides nothing', 'dermatologist/d1: yes, dermatologist/d2: no', undefined],
  ])('its tie-breaker %s', (_name, votes, decided) => {
    expect(outcomeOf(boardOf(2, { tie: 'dermatologist' }), votesOf(votes))).toBe(decided);
  });

  it.each([
    ['before its due time a tie waits for those who have not voted', false, undefined],
    ['from its due time on the tie-breaker decides', true, 'yes'],
  ])('%s', (_name, isOver, decided) => {
    const votes = votesOf('dermatologist: yes, nurse: no');
    expect(outcomeOf(boardOf(2, { tie: 'dermatologist' }), votes, isOver)).toBe(decided);
  });

  it('a person has one vote in one role: another one replaces it', () => {
    const again = votesOf('clinical-lead/d1: no')[0] as Vote;
    const votes = withVote(boardOf(2), votesOf('dermatologist/d1: yes, nurse: yes'), again);
    expect(votes).toEqual(votesOf('nurse: yes, clinical-lead/d1: no'));
    expect(missingRoles({ roles: BOARD }, votes)).toEqual(['dermatologist']);
  });

  it('has its quorum whatever was said', () => {
    expect(hasQuorum(boardOf(2), votesOf('nurse: no, dermatologist: yes'))).toBe(true);
    expect(hasQuorum(boardOf('every role'), votesOf('nurse: no, dermatologist: yes'))).toBe(false);
  });
});

const ID = 'decision/first-board';
const withBoard = (more: Parameters<typeof decisionOf>[1] = {}): RunningPlan =>
  planWith({
    decidedIn: { consultation: [], assessment: ['first-board'] },
    decisions: [decisionOf('first-board', { by: boardOf(2), ...more })],
  });

describe('a plan before its board', () => {
  it('stands in assessment until the board has decided', () => {
    const plan = withBoard();
    expect(plan.state.chart).toBe('assessment');
    expect(decide(plan, ID, 'yes').answer.outcome).toBe('accepted');
    expect(plan.state.chart).toBe('assessment');
    expect(kinds(plan.last.journal)).toContain('question.voted');
    decide(plan, ID, 'yes', { by: nurse });
    expect(plan.state.chart).toBe('first.ready');
    expect(openQuestions(plan)).toEqual([]);
  });

  it('keeps every vote, the dissent and what was noted', () => {
    const plan = withBoard({ by: boardOf('every role') });
    decide(plan, ID, 'no', { note: 'Too early.' });
    decide(plan, ID, 'yes', { by: nurse });
    decide(plan, ID, 'yes', { by: lead });
    expect(plan.state.questions[ID]?.answer).toMatchObject({
      outcome: 'yes',
      took: 'go',
      votes: [
        { role: 'dermatologist', by: 'dermatologist-1', outcome: 'no', note: 'Too early.' },
        { role: 'nurse', outcome: 'yes' },
        { role: 'clinical-lead', outcome: 'yes' },
      ],
    });
  });

  it('is not decided by one person in two roles', () => {
    const plan = withBoard();
    const both = actor('both', 'dermatologist', 'nurse');
    decide(plan, ID, 'yes', { by: both, role: 'dermatologist' });
    decide(plan, ID, 'yes', { by: both, role: 'nurse' });
    expect(plan.state.questions[ID]?.votes).toMatchObject([{ role: 'nurse', by: 'both' }]);
    expect(plan.state.chart).toBe('assessment');
  });

  it('takes no more votes once it is decided', () => {
    const plan = withBoard();
    decide(plan, ID, 'yes');
    decide(plan, ID, 'yes', { by: nurse });
    expect(refusalOf(decide(plan, ID, 'no', { by: lead }).answer).code).toBe('CC3007');
  });

  it('tells those who differ, and whoever breaks the tie', () => {
    const plan = withBoard({ by: boardOf(2, { tie: 'clinical-lead' }) });
    decide(plan, ID, 'yes');
    decide(plan, ID, 'no', { by: nurse });
    const told = plan.last.effects
      .filter(({ says }) => says.startsWith('Not agreed'))
      .map(({ role }) => role);
    expect(told).toEqual(['dermatologist', 'nurse', 'clinical-lead']);
    expect(plan.state.waits[`question/${ID}`]?.owner).toBe('clinical-lead');
    decide(plan, ID, 'no', { by: lead });
    expect(plan.state.chart).toBe('postponement');
  });

  it.each([
    ['the last instant before its due time', '2026-03-10T03:59:59.999Z', 'assessment'],
    ['its due time', '2026-03-10T04:00:00.000Z', 'postponement'],
  ])('in a tie with a vote missing is decided by the tie-breaker at %s', (_name, now, chart) => {
    const plan = withBoard({ by: boardOf(2, { tie: 'nurse' }) });
    decide(plan, ID, 'yes');
    decide(plan, ID, 'no', { by: nurse });
    expect(plan.state.chart).toBe('assessment');
    plan.wake(now);
    expect(plan.state.chart).toBe(chart);
  });

  it('a vote stands that was given in a role which the person has no more; they may not vote in it again', () => {
    const plan = withBoard();
    decide(plan, ID, 'yes');
    const moved = actor('dermatologist-1', 'clinical-lead');
    expect(decide(plan, ID, 'no', { by: moved, role: 'dermatologist' }).answer).toMatchObject({
      code: 'CC2018',
    });
    expect(plan.state.questions[ID]?.votes).toMatchObject([{ role: 'dermatologist', outcome: 'yes' }]);
    decide(plan, ID, 'no', { by: moved });
    expect(plan.state.questions[ID]?.votes).toMatchObject([{ role: 'clinical-lead', outcome: 'no' }]);
  });
});

describe('a board that does not come together', () => {
  const noQuorum = [
    { do: 'wait' as const, for: for_(7, 'day'), atMost: 2 },
    { do: 'exit' as const, exit: 'referral' as const },
  ];
  /** Asked on 2 March, due at the end of 9 March. */
  const DUE = '2026-03-10T05:00:00.000Z';

  it.each([
    ['the last instant', '2026-03-10T03:59:59.999Z', 'assessment', 0],
    ['the due time', '2026-03-10T04:00:00.000Z', 'assessment', 1],
  ])('is acted on at its due time, not before: %s', (_name, now, chart, waited) => {
    const plan = withBoard({ noQuorum });
    expect(plan.state.waits[`question/${ID}`]?.dueAt).toBe('2026-03-10T04:00:00.000Z');
    plan.wake(now);
    expect(plan.state.chart).toBe(chart);
    expect(plan.journal.filter(({ kind }) => kind === 'action.taken')).toHaveLength(waited);
  });

  it('waits as often as it may, keeps its votes, and then leaves the course', () => {
    const plan = withBoard({ noQuorum });
    decide(plan, ID, 'yes');
    sleepUntil(plan, '2026-03-17T03:00:00.000Z');
    expect(plan.state.questions[ID]?.votes).toHaveLength(1);
    expect(plan.state.waits[`question/${ID}`]?.dueAt).toBe('2026-03-18T04:00:00.000Z');
    sleepUntil(plan, '2026-04-30T12:00:00.000Z');
    expect(plan.state.chart).toBe('referral');
    expect(plan.state.questions[ID]?.answer).toMatchObject({
      outcome: 'no-quorum',
      took: 'exit',
      votes: [{ role: 'dermatologist' }],
    });
    expect(plan.state.leave).toMatchObject({ exit: 'referral', from: 'assessment' });
  });

  it('is decided by the vote that completes its quorum while it is waited for', () => {
    const plan = withBoard({ noQuorum });
    decide(plan, ID, 'yes');
    plan.wake(DUE);
    decide(plan, ID, 'yes', { by: nurse });
    expect(plan.state.chart).toBe('first.ready');
  });

  it('with a quorum that does not agree is not acted on: it is late, and its ladder says so', () => {
    const plan = withBoard({ noQuorum });
    decide(plan, ID, 'yes');
    decide(plan, ID, 'no', { by: nurse });
    sleepUntil(plan, '2026-04-30T12:00:00.000Z');
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.escalation).toBe(1);
  });

  it('without anything said about it stays open, and climbs its ladder', () => {
    const plan = withBoard();
    sleepUntil(plan, '2026-04-30T12:00:00.000Z');
    expect(openQuestions(plan)).toEqual([ID]);
    expect(plan.state.escalation).toBe(1);
  });

  it('that was asked after its due time has a working day all the same', () => {
    const late = { to: for_(0, 'day'), after: 'plan start' as const };
    const plan = withBoard({ noQuorum: exitTo('referral'), due: late, outcomes: { yes: GO } });
    expect(plan.state.chart).toBe('assessment');
    expect(plan.state.waits[`question/${ID}`]?.dueAt).toBe('2026-03-04T05:00:00.000Z');
  });

  it('may go on without it', () => {
    const plan = withBoard({ noQuorum: GO });
    plan.wake(DUE);
    expect(plan.state.chart).toBe('first.ready');
  });

  it('another decides in its stead', () => {
    const plan = planWith({
      decidedIn: { consultation: [], assessment: ['first-board'] },
      decisions: [
        decisionOf('first-board', { by: boardOf(2), noQuorum: [{ do: 'decide', decision: 'alone' }] }),
        decisionOf('alone'),
      ],
    });
    plan.wake(DUE);
    expect(openQuestions(plan)).toEqual(['decision/alone']);
    decide(plan, 'decision/alone', 'yes', { by: dermatologist });
    expect(plan.state.chart).toBe('first.ready');
  });
});

describe('a board whose facts are not known any more when its time is over', () => {
  const withdrawn = (more: Parameters<typeof decisionOf>[1]) => {
    const plan = planWith({
      stages: [stageOf('first', { reassess: 'result' })],
      decisions: [decisionOf('result', { needs: ['smoker'], ...more })],
    });
    plan.observe([{ fact: 'smoker', value: true }], '2026-03-03T16:00:00.000Z', { id: 'told' });
    perform(plan, 'first', '2026-03-03');
    return plan;
  };
  const withdraw = (plan: RunningPlan): unknown =>
    plan.send(eventOf('fact.withdrawn', { fact: 'smoker', on: '2026-03-03', reason: 'x' }, { id: 'w' }));
  const LATER = '2026-03-20T16:00:00.000Z';

  it('breaks no tie before they are known again', () => {
    const plan = withdrawn({
      by: boardOf(2, { tie: 'nurse' }),
      outcomes: { yes: GO, no: exitTo('referral') },
    });
    decide(plan, 'decision/result', 'no', { by: lead });
    decide(plan, 'decision/result', 'yes', { by: nurse });
    withdraw(plan);
    sleepUntil(plan, LATER);
    expect(openQuestions(plan)).toEqual(['decision/result']);
    expect(plan.state.tasks['plan/needed/smoker']?.status).toBe('requested');
    plan.observe([{ fact: 'smoker', value: false }], LATER, { id: 'again' });
    expect(plan.state.questions['decision/result']?.answer?.outcome).toBe('yes');
    expect(plan.state.tasks['plan/needed/smoker']?.status).toBe('cancelled');
  });

  it('does not go on without a quorum before they are known again', () => {
    const plan = withdrawn({ by: boardOf(2), noQuorum: GO });
    withdraw(plan);
    sleepUntil(plan, LATER);
    expect(openQuestions(plan)).toEqual(['decision/result']);
    expect(plan.state.tasks['plan/needed/smoker']?.status).toBe('requested');
    plan.observe([{ fact: 'smoker', value: false }], LATER, { id: 'again' });
    expect(plan.state.chart).toBe('completed');
  });

  it('leaves its course without a quorum all the same', () => {
    const plan = withdrawn({ by: boardOf(2), noQuorum: exitTo('referral') });
    withdraw(plan);
    sleepUntil(plan, LATER);
    expect(plan.state.chart).toBe('referral');
  });
});

it('one person is one voice of several, though they are the guardian as well', () => {
  const plan = planWith({
    stages: [stageOf('first', { reassess: 'result' })],
    decisions: [decisionOf('result', { by: { kind: 'roles', roles: ['nurse', 'guardian'] } })],
  });
  perform(plan, 'first', '2026-03-03');
  const both = { id: 'nurse-1', roles: ['nurse', 'guardian'], clinic: 'northside' };
  decide(plan, 'decision/result', 'yes', { by: both, role: 'nurse' });
  decide(plan, 'decision/result', 'yes', { by: both, role: 'guardian' });
  expect(openQuestions(plan)).toEqual(['decision/result']);
  decide(plan, 'decision/result', 'yes', { by: { ...both, id: 'nurse-2', roles: ['nurse'] } });
  expect(plan.state.questions['decision/result']?.answer?.outcome).toBe('yes');
});
