import { PlanView } from '../../src/api/plan-view.schema.ts';
import { viewOf } from '../../src/api/plan-view.ts';
import { planText } from '../../src/cli/plan-text.ts';
import { decide, decisionOf, leave, openTasks, planWith, sleepUntil } from '../support/decided.ts';
import { factOf, for_, leaf, tableOf, taskOf } from '../support/pathways.ts';
import type { RunningPlan } from '../support/plan.ts';

const at = (day: string): string => `${day}T16:00:00.000Z`;

/** Two operations, the question how much of a risk there is, and a year of follow-up. */
const planned = (more: { ifUnknown?: string } = {}): RunningPlan =>
  planWith({
    facts: [factOf('smokes', { kind: 'yes or no' })],
    tables: [
      tableOf(
        'risk',
        ['high', 'low'],
        [
          { when: { all: [leaf('smokes', 'equal', true)] }, answer: 'high' },
          { when: { all: [leaf('smokes', 'equal', false)] }, answer: 'low' },
        ],
      ),
    ],
    maintenance: [
      {
        maintenance: 'follow-up',
        title: 'Follow-up',
        lasts: for_(1, 'year'),
        tasks: [taskOf('hand-over', { due: { to: for_(30, 'day'), after: 'stage' } })],
      },
    ],
    course: [
      { kind: 'stage', name: 'first' },
      { kind: 'stage', name: 'second' },
      { kind: 'decision', name: 'weigh' },
      { kind: 'maintenance', name: 'follow-up' },
    ],
    reviews: [{ review: 'progress', every: for_(42, 'day') }],
    decisions: [
      decisionOf('weigh', {
        title: 'How much of a risk?',
        by: { kind: 'table', table: 'risk', roles: [], ...more },
        outcomes: {
          high: [{ do: 'wait', for: for_(7, 'day'), atMost: 1 }, { do: 'go' }],
          low: [{ do: 'go' }],
        },
      }),
      decisionOf('progress', { title: 'Review: as planned?' }),
    ],
  });

const operated = (more?: { ifUnknown?: string }): RunningPlan => {
  const plan = planned(more);
  plan.report('first', '2026-03-09', at('2026-03-09'));
  plan.report('second', '2026-03-16', at('2026-03-16'));
  for (const id of openTasks(plan)) if (id.startsWith('plan/deviation')) plan.complete(id);
  return plan;
};

/** As the API tells it, checked by its schema, and as the command line writes it. */
function told({ pathway, state }: RunningPlan): { view: PlanView; lines: string } {
  const view = PlanView.parse(JSON.parse(JSON.stringify(viewOf(pathway, state, state.now))));
  return { view, lines: planText(view) };
}

test('a decision by a table says which, what is missing, and whom it waits for', () => {
  const { view, lines } = told(operated());
  expect(view.questions).toMatchObject([
    {
      id: 'decision/weigh',
      by: { kind: 'table', table: 'risk' },
      notKnown: ['smokes'],
      stillAsked: ['nurse'],
    },
  ]);
  expect(lines).toMatch(
    /the table risk \(nurse\) +due .* +How much of a risk\? +high or low +decision\/weigh/,
  );
  expect(lines).toContain('to be known first: smokes');
});

test('what a table has decided is told without a vote', () => {
  const plan = operated();
  plan.observe([{ fact: 'smokes', value: false }], at('2026-03-17'));
  const { view, lines } = told(plan);
  expect(view.decided).toMatchObject([{ id: 'decision/weigh', outcome: 'low', table: 'risk', votes: [] }]);
  expect(lines).toContain('by the table risk');
});

test('what was taken because a table had no answer in time is not told as its answer', () => {
  const plan = operated({ ifUnknown: 'low' });
  sleepUntil(plan, at('2026-04-01'));
  const { view, lines } = told(plan);
  expect(view.decided).toMatchObject([{ outcome: 'low', table: 'risk', isUnknown: true, votes: [] }]);
  expect(lines).toContain('the table risk had no answer by then');
  expect(lines).not.toContain('by the table risk');
});

test('what a table has put off says until when', () => {
  const plan = operated();
  plan.observe([{ fact: 'smokes', value: true }], at('2026-03-17'));
  const { view, lines } = told(plan);
  expect(view.questions).toMatchObject([{ id: 'decision/weigh#2', putOffTo: '2026-03-24T04:00:00.000Z' }]);
  expect(lines).toMatch(/not before .*24 Mar/);
});

test('what persons have decided names no table', () => {
  const plan = planned();
  sleepUntil(plan, at('2026-04-13'));
  decide(plan, 'decision/progress', 'yes', { now: at('2026-04-14') });
  const [decided] = told(plan).view.decided;
  expect(decided).toMatchObject({ outcome: 'yes' });
  expect(decided).not.toHaveProperty('table');
});

test.each<[says: string, act: (plan: RunningPlan) => void]>([
  ['in it', () => undefined],
  ['in an exit that it was left for', (plan) => leave(plan, 'postponement', at('2026-04-01'))],
])('a maintenance says until when it lasts: %s', (_says, act) => {
  const plan = operated();
  plan.observe([{ fact: 'smokes', value: false }], at('2026-03-17'));
  act(plan);
  const { view, lines } = told(plan);
  expect(view.maintenance).toEqual({
    maintenance: 'follow-up',
    title: 'Follow-up',
    since: at('2026-03-17'),
    until: '2027-03-18T04:00:00.000Z',
  });
  expect(lines).toMatch(/Afterwards\n +Follow-up +since .*2026.* until .*17 Mar(ch)? 2027/);
});

test('before it, there is none', () => {
  expect(told(planned()).view).not.toHaveProperty('maintenance');
});

test.each<[says: string, act: (plan: RunningPlan) => void, nextAt: string | undefined, line: RegExp]>([
  [
    'on the course',
    () => undefined,
    '2026-04-13T04:00:00.000Z',
    /Reviews\n +Review: as planned\? +next .*13 Apr/,
  ],
  [
    'after the first',
    (plan) => sleepUntil(plan, at('2026-04-13')),
    '2026-05-25T04:00:00.000Z',
    /next .*25 May/,
  ],
  [
    'off the course',
    (plan) => leave(plan, 'referral', at('2026-03-03')),
    undefined,
    /as planned\? +not asked now/,
  ],
])('a review says when it is asked next: %s', (_says, act, nextAt, line) => {
  const plan = planned();
  act(plan);
  const { view, lines } = told(plan);
  expect(view.reviews).toEqual([
    { review: 'progress', title: 'Review: as planned?', ...(nextAt === undefined ? {} : { nextAt }) },
  ]);
  expect(lines).toMatch(line);
});
