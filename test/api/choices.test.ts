import { askedFor, choiceOf, IN_ASSESSMENT, only, SIZE } from '../support/choices.ts';
import { leaf, pathwayWith, stageOf } from '../support/pathways.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt, type Said } from './cli-runner.ts';
import { createWorld, type World } from './world.ts';

const option = choiceOf('option', ['implant', 'flap'], {
  title: 'How to rebuild it',
  offered: { flap: { all: [leaf('size', 'lessThan', 10)] } },
});
const shown = {
  ...option,
  values: option.values.map((value) =>
    value.value === 'implant'
      ? { ...value, mechanism: 'restore volume', benefits: ['short', 'no scar'], cost: '14500 USD' }
      : value,
  ),
};
const compiled = pathwayWith({
  rules: [],
  consultation: [],
  facts: [SIZE],
  choices: [shown],
  decisions: [askedFor(option)],
  decidedIn: IN_ASSESSMENT,
  stages: [
    stageOf('expander', { onlyFor: only('option', 'implant') }),
    stageOf('diep', { onlyFor: only('option', 'flap') }),
  ],
});

let world: World;
let ada: Caller;
let carechart: (...words: string[]) => Promise<Said>;
beforeEach(async () => {
  world = await createWorld({ compiled, answerWithinMs: 2_000 });
  ada = await callerOf(world, 'ada', 'dermatologist', 'nurse', 'coordinator');
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await ada.start('plan-1');
});
afterEach(() => world.api.close());

const view = async () => (await ada.get('/v1/plans/plan-1')).body;
const show = async (): Promise<string[]> => (await carechart('show', 'plan-1')).out.split('\n');
const measure = (size: number) =>
  ada.event('plan-1', 'observation.recorded', { observations: [{ fact: 'size', value: size, unit: 'cm' }] });
const choose = (outcome: string) =>
  ada.event('plan-1', 'decide', { question: 'decision/option', outcome, role: 'dermatologist' });

/** From a heading to the next empty line. */
function under(heading: string, lines: readonly string[]): string[] {
  const at = lines.indexOf(heading);
  return at < 0 ? [] : lines.slice(at + 1, lines.indexOf('', at));
}

test.each([
  [undefined, 'not yet', 'Not yet: needs size.'],
  [12, 'not offered', 'Not offered: Title of flap.'],
  [9, 'offered', undefined],
])('an open choice has its values side by side: of %p cm the flap is %s', async (size, offered, says) => {
  if (size !== undefined) await measure(size);
  const { choices } = await view();
  expect(choices).toMatchObject([
    {
      choice: 'option',
      title: 'How to rebuild it',
      made: 'assessment',
      questions: ['decision/option'],
      roles: ['dermatologist'],
      values: [
        { value: 'implant', offered: 'offered', mechanism: 'restore volume', benefits: ['short', 'no scar'] },
        { value: 'flap', offered, ...(says === undefined ? {} : { says }) },
      ],
    },
  ]);
});

test('the command line shows them so, and why one is not offered yet', async () => {
  expect(under('To choose', await show())).toEqual([
    '  How to rebuild it (dermatologist, decision/option)',
    '    implant: Title of implant',
    '      mechanism: restore volume',
    '      benefits: short, no scar',
    '      cost: 14500 USD',
    '    flap: Title of flap (not yet)',
    '      size is missing; the rule asks: lessThan 10',
    expect.stringContaining('the nurse states size'),
  ]);
});

test('what is not offered is refused with its evidence', async () => {
  await measure(12);
  const { status, body } = await choose('flap');
  expect(status).toBe(422);
  expect(body).toMatchObject({
    code: 'CC3011',
    reasons: [{ finding: { evidence: [{ fact: 'size', value: 12 }] } }],
  });
});

test('once it is made, it is shown as made, and the stages that are not for the patient as such', async () => {
  await choose('implant');
  const { choices, stages } = await view();
  expect(choices).toMatchObject([
    { questions: [], chosen: { value: 'implant', title: 'Title of implant', by: 'decision' } },
  ]);
  expect(stages).toMatchObject([
    { stage: 'expander' },
    { stage: 'diep', notFor: 'How to rebuild it: Title of implant' },
  ]);
  expect(under('Chosen', await show())).toEqual([
    expect.stringMatching(/^ {2}How to rebuild it {2}Title of implant .*Mon 2 Mar 2026/),
  ]);
  expect(await show()).not.toContain('To choose');
});

test('the gate that is ahead is that of a stage that may be for the patient', async () => {
  const gate = async () => (await ada.get('/v1/plans/plan-1/explanation')).body.gate;
  expect(await gate()).toMatchObject({
    stage: 'expander',
    reasons: expect.arrayContaining([
      expect.objectContaining({ says: expect.stringContaining('Not chosen yet') }),
    ]),
  });
  await measure(9);
  await choose('flap');
  expect(await gate()).toMatchObject({ stage: 'diep', isReached: true });
});
