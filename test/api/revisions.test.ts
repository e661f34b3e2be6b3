import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Explanation, PlanView } from '../../src/api/plan-view.schema.ts';
import type { PlanChange } from '../../src/core/model/plan-change.schema.ts';
import { lead, twoStages } from '../support/decided.ts';
import { atStage, for_, intervalOf, stageOf, taskOf } from '../support/pathways.ts';
import { RunningPlan } from '../support/plan.ts';
import { revise, whyNot } from '../support/revised.ts';
import { callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { answered, put } from './course.ts';
import { createWorld, START_OF_TEST, type World } from './world.ts';

const compiled = twoStages({
  stages: [
    stageOf('first', { recovery: [taskOf('visit', { due: { to: for_(7, 'day'), after: 'procedure' } })] }),
    stageOf('second', { recovery: [taskOf('call')] }),
    stageOf('third'),
  ],
  intervals: [
    {
      ...intervalOf('healing', atStage('end of first'), 'second', { title: 'Healing' }),
      to: { kind: 'stage', stage: 'second' },
      minimum: for_(6, 'week'),
    },
  ],
});

let world: World;
let carechart: (...words: string[]) => Promise<Said>;
const folder = mkdtempSync(join(tmpdir(), 'carechart-revise-'));
beforeEach(async () => {
  world = await createWorld({ compiled, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await (await callerOf(world, 'ned', 'nurse', 'coordinator')).start('plan-1');
});
afterEach(() => world.api.close());
afterAll(() => rmSync(folder, { recursive: true }));

const CHANGES: PlanChange[] = [
  { change: 'stage-added', stage: 'again', like: 'third', title: 'Once more', after: 'third' },
  { change: 'stage-skipped', stage: 'second' },
  { change: 'interval', interval: 'healing', minimum: '8 weeks' },
  { change: 'task', task: 'first.recovery/visit', due: '3 to 5 days after procedure', role: 'dermatologist' },
  { change: 'task-dropped', task: 'second.recovery/call' },
];

/** As the core leaves a plan that was revised, at the gate of its first stage. */
function revised(): void {
  const plan = new RunningPlan(compiled, START_OF_TEST);
  expect(whyNot(revise(plan, CHANGES, { by: lead }))).toBeUndefined();
  const { pathway: _pinned, ...state } = plan.state;
  put(world, state);
}

test('a plan shows its version, what differs from its pathway, and who made it so', async () => {
  revised();
  const nurse = await callerOf(world, 'ned', 'nurse');
  const view = PlanView.parse((await nurse.get('/v1/plans/plan-1')).body);
  expect(view.version).toBe(2);
  expect(view.differs).toEqual([
    'Healing; for this patient: at least 8 weeks (pathway: 6 weeks)',
    'Stage second: left out',
    'Once more (again): added after third, done as Stage third',
    'Title of visit (first.recovery/visit): 3 days to 5 days after procedure, by the dermatologist (pathway: 7 days after procedure, nurse)',
    'Title of call (second.recovery/call): left out',
  ]);
  expect(view.revisions).toMatchObject([{ number: 2, by: 'lead-1', reason: 'slow healing' }]);
  expect(view.stages.map(({ stage, notFor }) => [stage, notFor])).toEqual([
    ['first', undefined],
    ['second', 'left out by a revision of the plan'],
    ['third', undefined],
    ['again', undefined],
  ]);
});

test('show tells the same in words', async () => {
  revised();
  const { out } = await carechart('show', 'plan-1');
  expect(out.split('\n')[0]).toMatch(/\(version 2 of this plan\), active/);
  expect(out).toContain(
    'Otherwise than its pathway\n  Healing; for this patient: at least 8 weeks (pathway: 6 weeks)',
  );
  expect(out).toMatch(
    /Versions of this plan\n {2}2, by lead-1, Mon 2 Mar 2026 .*: slow healing\n {4}Once more/,
  );
});

test('the explanation names the patient’s own interval as such', async () => {
  const plan = new RunningPlan(compiled, START_OF_TEST);
  plan.report('first', START_OF_TEST.slice(0, 10));
  plan.complete('first.recovery/visit');
  revise(plan, [{ change: 'interval', interval: 'healing', minimum: '8 weeks' }], { by: lead });
  const { pathway: _pinned, ...state } = plan.state;
  put(world, state);
  const nurse = await callerOf(world, 'ned', 'nurse');
  const { gate } = Explanation.parse((await nurse.get('/v1/plans/plan-1/explanation')).body);
  expect(gate?.reasons.map(({ says }) => says).join(' ')).toContain(
    'for this patient: at least 8 weeks (pathway: 6 weeks): counted from end of first on 2026-03-02, it may be from 2026-04-27 on.',
  );
});

describe('the verb that revises', () => {
  const as = ['--as', 'clinical-lead', '--person', 'lead-1'];
  const sent = (...words: string[]) =>
    carechart('revise', 'plan-1', '--reason', 'frail', ...words, '--id', 'e-1', ...as);
  const expected = (changes: unknown[]): void =>
    answered(
      world,
      { id: 'e-1', source: 'carechart-cli', type: 'revisePlan', data: { reason: 'frail', changes } },
      { outcome: 'accepted', phase: 'first.ready', says: 'The plan is in first.ready.' },
    );

  test('sends what was said, changes of one thing together, and stages that are added first', async () => {
    expected([
      { change: 'stage-added', stage: 'again', like: 'third', after: 'third' },
      { change: 'stage-skipped', stage: 'second' },
      { change: 'figure', figure: 'cycle', value: '21 days' },
      { change: 'interval', interval: 'healing', minimum: '8 weeks', latest: '12 weeks' },
      { change: 'task', task: 'first.recovery/visit', due: '3 days after procedure', role: 'dermatologist' },
      { change: 'task-dropped', task: 'second.recovery/call' },
      { change: 'choice', choice: 'option' },
    ]);
    const { err, out } = await sent(
      ...[
        '--figure',
        'cycle=21 days',
        '--interval',
        'healing:minimum=8 weeks',
        '--interval',
        'healing:latest=12 weeks',
      ],
      ...[
        '--task',
        'first.recovery/visit:due=3 days after procedure',
        '--task',
        'first.recovery/visit:role=dermatologist',
      ],
      ...['--drop-task', 'task/second.recovery/call', '--skip-stage', 'second'],
      ...['--add-stage', 'again like third after third', '--choose-again', 'option'],
    );
    expect({ err, out }).toEqual({ err: '', out: 'The plan is in first.ready. (step 1)' });
  });

  test('takes changes from a file', async () => {
    const file = join(folder, 'changes.yaml');
    writeFileSync(
      file,
      '- { change: task-added, in: second.recovery, task: photo, title: Photograph, role: nurse, due: 5 days after procedure }\n',
    );
    const added = {
      in: 'second.recovery',
      task: 'photo',
      title: 'Photograph',
      role: 'nurse',
      due: '5 days after procedure',
    };
    expected([{ change: 'task-added', ...added }]);
    expect(await sent('--changes', file)).toMatchObject({ code: 0, err: '' });
  });

  test.each([
    [[], 'say what is to be otherwise'],
    [['--figure', 'cycle'], 'Write it as cycle="21 days".'],
    [['--interval', 'healing=8 weeks'], 'Write it as spacing:minimum="8 weeks".'],
    [['--task', 'first.recovery/visit:title=x'], 'Write it as excision.recovery/visit:due='],
    [['--add-stage', 'again'], 'Write it as "second-exchange like exchange after exchange".'],
    [['--changes', '/nowhere/changes.yaml'], 'cannot be read as YAML'],
  ])('is bad usage with %p', async (words, says) => {
    const { code, err } = await sent(...words);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  test('is told at once what is not there, and who revises', async () => {
    const none = await carechart('revise', 'plan-1', '--reason', 'frail', '--skip-stage', 'fourth', ...as);
    expect(none.err).toContain('CC2033');
    expect(none.err).toContain('first, second, third');
    const other = await carechart(
      'revise',
      'plan-1',
      '--reason',
      'frail',
      '--skip-stage',
      'second',
      '--as',
      'nurse',
    );
    expect(other.err).toContain('CC2018');
  });
});
