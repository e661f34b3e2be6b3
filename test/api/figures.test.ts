import { PlanView } from '../../src/api/plan-view.schema.ts';
import { planText } from '../../src/cli/plan-text.ts';
import { twoStages } from '../support/decided.ts';
import { byTier, CYCLE, DOSE, days } from '../support/figures.ts';
import { atStage, for_, intervalOf, stageOf } from '../support/pathways.ts';
import { callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { put } from './course.ts';
import { createWorld, type World } from './world.ts';

const compiled = twoStages({
  figures: [CYCLE, DOSE, byTier('peel', days(1), days(2))],
  stages: [stageOf('first', { sessions: 2, with: ['dose', 'peel'] })],
  intervals: [
    {
      ...intervalOf('spacing', atStage('start of first'), 'first', { title: 'Spacing' }),
      minimum: { figure: 'cycle' },
      latest: for_(35, 'day'),
      ifLate: { ask: 'dermatologist' },
    },
  ],
});

let world: World;
let carechart: (...words: string[]) => Promise<Said>;
beforeEach(async () => {
  world = await createWorld({ compiled, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
});
afterEach(() => world.api.close());

const surgeon = ['--as', 'dermatologist', '--person', 'ada'];
const begin = (...more: string[]): Promise<Said> =>
  carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1', ...surgeon, ...more);
const viewOf = async (): Promise<PlanView> => {
  const nurse = await callerOf(world, 'ned', 'nurse');
  return PlanView.parse((await nurse.get('/v1/plans/plan-1')).body);
};

test('start sets figures for one patient, with the reason, and show tells who may set which', async () => {
  expect(
    await begin('--figure', 'cycle=21 days', '--figure', 'dose=four fifths', '--because', 'frail'),
  ).toMatchObject({ code: 0, err: '' });
  const { out } = await carechart('show', 'plan-1');
  const lines = out.split('\n');
  const at = lines.indexOf('Figures');
  expect(lines.slice(at, lines.indexOf('', at)).map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'Figures',
    ' | From one cycle to the next | 21 days | set by ada, Mon 2 Mar 2026 09:00: frail; the dermatologist may set it: 14 days to 21 days; protocol',
    ' | Dose | four fifths | set by ada, Mon 2 Mar 2026 09:00: frail; the dermatologist may set it: one of three fifths, four fifths, full',
    ' | Title of peel | not known before its choice is made',
  ]);
});

test.each([
  ['a value out of bounds', ['--figure', 'cycle=22 days'], 'CC3012', '14 days to 21 days, not 22 days'],
  ['no reason', ['--figure', 'dose=four fifths'], 'CC3012', 'only with a reason'],
  ['a figure that there is not', ['--figure', 'cycles=14 days'], 'CC3012', 'cycle, dose, peel'],
])('a start is refused for %s, and leaves no plan', async (_says, words, code, detail) => {
  const { err } = await begin(...words);
  expect(err).toContain(code);
  expect(err).toContain(detail);
  expect(world.plans.size).toBe(0);
});

test('a start is refused of somebody who may not set the figure', async () => {
  const words = ['start', 'mole-removal', '--patient', 'p-1', '--figure', 'cycle=21 days'];
  expect((await carechart(...words)).err).toContain('CC2018');
});

test('the same start sent twice is one plan, figures and all', async () => {
  const ada = await callerOf(world, 'ada', 'dermatologist');
  const body = {
    ...{ planId: 'plan-1', patient: 'p-1', pathway: { id: 'mole-removal' } },
    figures: { cycle: { value: '15 days', because: 'frail' } },
  };
  const first = await ada.post('/v1/plans', body);
  expect(first.status).toBe(201);
  expect((await ada.post('/v1/plans', body)).body).toEqual(first.body);
  const other = await ada.post('/v1/plans', { ...body, figures: { cycle: '16 days' } });
  expect(other.body).toMatchObject({ code: 'CC4002' });
});

test('a gate that opens tells the figures of its stage, and the view which are for this session', async () => {
  await begin();
  await carechart('consent', 'plan-1', 'first-consent', '--signed-on', '2026-03-02');
  const { out } = await carechart('start-procedure', 'plan-1', 'first');
  expect(out.split('\n').slice(1)).toEqual([
    '  Dose: full',
    '  Title of peel: not known before its choice is made',
  ]);
  const changes = [{ do: 'limit' as const, level: 'four fifths', written: 'table/counts/reduced' }];
  put(world, { levels: { dose: { level: 'full', sessions: { 'first/1/1': { stage: 'first', changes } } } } });
  const view = await viewOf();
  expect(view.figures[1]).toMatchObject({
    figure: 'dose',
    value: 'four fifths',
    for: 'this session',
    lasting: 'full',
    levels: ['three fifths', 'four fifths', 'full'],
    adjust: { by: ['dermatologist'], when: 'any time', because: 'required' },
  });
  expect(planText(view)).toContain('four fifths this session, else full');
});

test('the view tells what a level is limited to', async () => {
  await begin();
  put(world, { levels: { dose: { level: 'three fifths', limit: 'four fifths', sessions: {} } } });
  const view = await viewOf();
  expect(view.figures[1]).toMatchObject({ value: 'three fifths', limit: 'four fifths' });
  expect(planText(view)).toContain('at most four fifths from now on');
});
