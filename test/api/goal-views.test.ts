import { PlanView } from '../../src/api/plan-view.schema.ts';
import { viewOf } from '../../src/api/plan-view.ts';
import { planText } from '../../src/cli/plan-text.ts';
import type { Instant } from '../../src/core/model/primitives.schema.ts';
import { tailored } from '../../src/core/pathway/tailored.ts';
import { decisionOf, leave, sleepUntil } from '../support/decided.ts';
import { count, FEWER, goalOf, LESIONS, onDay, planFor } from '../support/goals.ts';
import { factOf, for_, leaf, taskOf } from '../support/pathways.ts';
import { eventOf, patient, type RunningPlan } from '../support/plan.ts';
import { revise } from '../support/revised.ts';
import { cliAt } from './cli-runner.ts';
import { createWorld } from './world.ts';

/** As the API tells it, checked by its schema, and as the command line writes it. */
function told({ pathway, state }: RunningPlan, now: Instant = state.now) {
  const view = PlanView.parse(
    JSON.parse(JSON.stringify(viewOf(tailored(pathway, state.overlay), state, now))),
  );
  return { view, lines: planText(view) };
}

test('a goal is told with where it began, where it is, and where it is to be', () => {
  const plan = planFor();
  count(plan, '2026-03-03', 40);
  count(plan, '2026-04-03', 22);
  const { view, lines } = told(plan);
  expect(view.goals).toMatchObject([
    {
      goal: 'clear',
      lifecycle: 'active',
      objectives: [
        {
          objective: 'fewer',
          target: 'greaterThanInclusive 75',
          achievement: 'improving',
          progress: 60,
          baseline: { value: 0, unit: '%', observedAt: onDay('2026-03-03') },
          latest: { value: 45, unit: '%', source: 'clinician', observedAt: onDay('2026-04-03') },
          dueAt: '2026-09-03T04:00:00.000Z',
        },
      ],
    },
  ]);
  expect(lines).toContain(
    [
      'Goal: Clear skin',
      '  fewer  improving  60 %  lesionsFall greaterThanInclusive 75 by end of Wed 2 Sep 2026  ' +
        'now 45 % (Fri 3 Apr 2026 12:00); at first 0 % (Tue 3 Mar 2026 11:00)',
    ].join('\n'),
  );
});

test.each([
  ['nobody has measured', [], 'fewer  in-progress    lesionsFall', 'missing'],
  ['the last measure is too old by now', [['2026-03-03', 40]], 'fewer  in-progress  0 %', 'stale'],
] as const)('what is not known is told: %s', (_says, counted, start, cause) => {
  const plan = planFor();
  for (const [day, value] of counted) count(plan, day, value);
  const { view, lines } = told(plan, onDay('2026-07-01'));
  expect(view.goals[0]?.objectives[0]?.cause).toBe(cause);
  expect(lines).toContain(start);
});

test.each([
  ['2026-05-01', 'in time'],
  ['2026-10-01', 'late'],
])('a goal that is reached is told with the day, and against which: %s', (day, timing) => {
  const plan = planFor();
  count(plan, '2026-03-03', 40);
  sleepUntil(plan, onDay(day));
  count(plan, day, 8);
  const { view, lines } = told(plan);
  expect(view.goals[0]?.objectives[0]).toMatchObject({
    ...{ achievement: 'achieved', timing, reachedAt: onDay(day), progress: 100 },
  });
  expect(lines).toContain(`fewer  achieved, ${timing}  100 %`);
});

test.each([
  ['postponement', 'on-hold'],
  ['declined', 'cancelled'],
] as const)('a goal of a plan in %s is %s', (exit, lifecycle) => {
  const plan = planFor();
  leave(plan, exit);
  expect(told(plan).view.goals[0]?.lifecycle).toBe(lifecycle);
  expect(told(plan).lines).toContain(`Goal: Clear skin (${lifecycle})`);
});

test('what the patient says of a goal stands with it', () => {
  const plan = planFor();
  const by = { actor: patient };
  plan.send(eventOf('priority.stated', { goal: 'clear', priority: 'high' }, by));
  plan.send(eventOf('barrier.recorded', { goal: 'clear', barrier: 'It stings.' }, by));
  expect(told(plan).view.goals[0]?.barriers).toMatchObject([{ text: 'It stings.', isOpen: true }]);
  plan.complete('plan/barrier-clear-1');
  const { lines } = told(plan);
  expect(lines).toContain('Goal: Clear skin (high priority)');
  expect(lines).toContain('  in its way since Mon 2 Mar 2026 10:00: It stings. (talked over)');
});

test('what this patient is to reach otherwise stands among the differences', () => {
  const plan = planFor({}, { decisions: [decisionOf('late')] });
  revise(plan, [{ change: 'objective', objective: 'fewer', target: 'at least 50 %' }]);
  expect(told(plan).view.differs).toEqual([
    'Fewer spots (fewer): at least 50 %, by 6 months after plan start ' +
      '(pathway: greaterThanInclusive 75, by 6 months after plan start)',
  ]);
});

test('each site has a row of its own', () => {
  const wound = factOf('wound', { kind: 'code', codes: ['clean', 'open'] }, { byArea: true });
  const clean = { ...FEWER, measure: 'wound', target: { all: [leaf('wound', 'equal', 'clean')] } };
  const plan = planFor(
    {},
    {
      facts: [wound, LESIONS],
      goals: [goalOf(clean)],
      parts: [{ area: 'breast', sides: ['left', 'right'], parts: [] }],
      areas: { treatment: { choose: 'all', sites: ['left breast', 'right breast'] } },
    },
  );
  const { view, lines } = told(plan);
  expect(view.goals[0]?.objectives.map(({ area }) => area)).toEqual(['left breast', 'right breast']);
  expect(lines).toContain('  fewer, left breast ');
});

test('what work has left behind is told by its stage', () => {
  const plan = planFor({}, { consultation: [taskOf('photographs', { outcome: 'photographs' })] });
  plan.send(
    eventOf('task.completed', { task: 'consultation/photographs', references: ['album/17', 'album/18'] }),
  );
  plan.consent('first-consent', '2026-03-02');
  plan.start('first');
  const { view, lines } = told(plan);
  expect(view.outcomes).toMatchObject([{ outcome: 'photographs', references: ['album/17', 'album/18'] }]);
  expect(lines).toMatch(
    /Documented\n +Title of photographs +photographs +Mon 2 Mar 2026 10:00 +album\/17, album\/18/,
  );
});

test('a barrier, a priority, another target, and where something lies are told on the command line', async () => {
  const { compiled } = planFor(
    {},
    {
      consultation: [taskOf('photographs', { outcome: 'photographs' })],
      decisions: [decisionOf('late')],
    },
  ).pathway;
  const world = await createWorld({ compiled, answerWithinMs: 150 });
  const carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  const said = [
    await carechart('start', compiled.pathway, '--patient', 'p-1', '--plan', 'plan-1'),
    await carechart('barrier', 'plan-1', 'clear', 'It stings.'),
    await carechart('priority', 'plan-1', 'clear', '--is', 'high', '--note', 'a wedding'),
    await carechart(
      ...['complete', 'plan-1', 'task/consultation/photographs'],
      ...['--reference', 'album/17', '--reference', 'album/18'],
    ),
    await carechart(
      'revise',
      'plan-1',
      '--reason',
      'slow',
      '--objective',
      'fewer:by=9 months after plan start',
      ...['--as', 'clinical-lead', '--person', 'lead-1'],
    ),
  ];
  expect(said.map(({ code, err }) => [code, err])).toEqual(said.map(() => [0, '']));
  expect(world.plans.get('northside/plan-1')?.last.state).toMatchObject({
    goals: { clear: { priority: { is: 'high', note: 'a wedding' }, barriers: [{ text: 'It stings.' }] } },
    outcomes: [{ references: ['album/17', 'album/18'] }],
    overlay: { objectives: { fewer: { by: { by: for_(9, 'month'), after: 'plan start' } } } },
  });
  expect((await carechart('priority', 'plan-1', 'clear', '--is', 'urgent')).code).toBe(2);
  expect((await carechart('show', 'plan-1')).out).toContain('by end of Wed 2 Dec 2026');
  await world.api.close();
});
