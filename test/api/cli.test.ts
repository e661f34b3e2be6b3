import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../src/cli/main.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let url: string;
beforeEach(async () => {
  world = await createWorld({ answerWithinMs: 150 });
  url = await world.api.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => world.api.close());

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function carechart(...words: string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(['node', 'carechart', ...words], {
    env: { CARECHART_URL: url },
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function bringToGate(): Promise<void> {
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
  await carechart('observe', 'plan-1', 'bloodThinner', 'never', '--as', 'nurse');
  await carechart('consent', 'plan-1', 'mole-excision-consent', '--signed-on', '2026-03-02');
  await carechart('complete', 'plan-1', 'task/consultation/history', '--as', 'nurse');
}

test('a plan from its start to its end, in verbs', async () => {
  const started = await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
  expect(started).toEqual({
    code: 0,
    out: 'Plan plan-1 has started. The plan is in consultation.\nSee it: carechart show plan-1',
    err: '',
  });
  await bringToGate();
  expect((await carechart('explain', 'plan-1')).out).toContain('Excision of the mole may start now.');
  expect(await carechart('start-procedure', 'plan-1', 'excision')).toEqual({
    code: 0,
    out: 'The plan is in excision.procedure. (step 5)',
    err: '',
  });
  await carechart('perform', 'plan-1', 'excision', '--on', '2026-03-02');
  await carechart('complete', 'plan-1', 'excision.recovery/stitches');
  expect((await carechart('show', 'plan-1')).out).toContain('plan-1: Removal of a mole 1.0.0, completed');
});

test('show is short, aligned, and in the time of the clinic', async () => {
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
  await carechart('observe', 'plan-1', 'bloodThinner', '2026-02-28', '--on', '2026-03-01');
  await carechart(
    'observe',
    'plan-1',
    'temperature',
    '37.1',
    '--unit',
    'Cel',
    '--at',
    '2026-03-02T13:30:00Z',
  );
  expect((await carechart('show', 'plan-1')).out).toBe(
    [
      'plan-1: Removal of a mole 1.0.0, on-hold',
      'patient p-1, in consultation since Mon 2 Mar 2026 09:00 (America/New_York)',
      '',
      'Waiting for',
      '  nurse  due end of Wed 4 Mar 2026  Held: Blood thinner within the last 7 days  hold/excision/blood-thinner',
      '  nurse  due end of Mon 9 Mar 2026  Medical history                             task/consultation/history',
      '',
      'Held',
      '  Blood thinner within the last 7 days (postponement), since Mon 2 Mar 2026 09:00',
      '    bloodThinner 2026-02-28 (clinician, Sun 1 Mar 2026 00:00); within the last 7 days: yes',
      '    clears: by itself on Sat 7 Mar 2026',
      '        or: the nurse states bloodThinner (not within the last 7 days)',
      '',
      'Facts',
      '  bloodThinner  2026-02-28  clinician  Sun 1 Mar 2026 00:00',
      '  temperature   37.1 Cel    clinician  Mon 2 Mar 2026 08:30',
      '',
      'step 3; looks again by itself Tue 3 Mar 2026 08:00',
    ].join('\n'),
  );
});

test('a refusal says each reason and what would clear it, and exits with 1', async () => {
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
  await carechart('complete', 'plan-1', 'consultation/history');
  const { code, out, err } = await carechart('start-procedure', 'plan-1', 'excision');
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(err).toBe(
    [
      'refused: CC3001 The gate is closed.',
      'Excision of the mole may not start.',
      '  1. Consent mole-excision-consent has not been signed.',
      '     clears: the patient sends consent.recorded: mole-excision-consent, signed by the patient',
      '  2. Blood thinner within the last 7 days cannot be ruled out: bloodThinner is missing.',
      '     bloodThinner is missing; the rule asks: within the last 7 days',
      '     clears: the nurse states bloodThinner (not within the last 7 days; now missing)',
      'help: Each reason says what would clear it.',
    ].join('\n'),
  );
});

test('a refusal tells the time of the clinic', async () => {
  await bringToGate();
  await carechart('observe', 'plan-1', 'bloodThinner', '2026-02-28');
  const { err } = await carechart('start-procedure', 'plan-1', 'excision');
  expect(err).toContain('bloodThinner 2026-02-28 (clinician, Mon 2 Mar 2026 09:00)');
});

test('explain says what stands before the gate, and what would keep it closed', async () => {
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
  const { out } = await carechart('explain', 'plan-1');
  expect(out).toContain('The next gate is excision (Excision of the mole).');
  expect(out).toContain('To be done before\n  nurse  Medical history  consultation/history');
  expect(out).toContain('It would stay closed now\n  1. Consent mole-excision-consent');
});

test('list, journal, pathways, health', async () => {
  expect((await carechart('list')).out).toBe('No plans.');
  await bringToGate();
  expect((await carechart('list')).out.split('\n')).toEqual([
    'plan    pathway       status  phase           next due                level  holds',
    'plan-1  mole-removal  active  excision.ready  end of Mon 16 Mar 2026',
  ]);
  const journal = (await carechart('journal', 'plan-1')).out.split('\n');
  expect(journal[0]).toBe(
    '1  Mon 2 Mar 2026 09:00  coordinator  plan.started    Started Removal of a mole 1.0.0',
  );
  expect((await carechart('journal', 'plan-1', '--after', '99')).out).toBe('Nothing after that.');
  expect((await carechart('pathways')).out).toBe(
    `mole-removal  1.0.0  Removal of a mole  ${world.digest.slice(0, 12)}`,
  );
  expect((await carechart('health')).out).toBe('Ready: the API, PostgreSQL and Temporal answer.');
});

test('--json prints what the API answers, and a problem too', async () => {
  await bringToGate();
  expect(JSON.parse((await carechart('show', 'plan-1', '--json')).out)).toMatchObject({ planId: 'plan-1' });
  const { code, out } = await carechart('--json', 'complete', 'plan-1', 'none');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ code: 'CC2015', status: 422 });
});

test('send takes its data from the command line or from a file', async () => {
  await bringToGate();
  const folder = mkdtempSync(join(tmpdir(), 'carechart-'));
  const file = join(folder, 'data.json');
  writeFileSync(file, '{"observations":[{"fact":"skinType","value":"dark"}]}');
  const from = ['--type', 'observation.recorded', '--data'];
  expect((await carechart('send', 'plan-1', ...from, `@${file}`, '--id', 'x-1')).code).toBe(0);
  expect(
    (await carechart('send', 'plan-1', ...from, '{"observations":[{"fact":"smoker","value":true}]}')).code,
  ).toBe(0);
  const other = await carechart(
    'send',
    'plan-1',
    '--type',
    'cancelPlan',
    '--data',
    '{"reason":"a"}',
    '--id',
    'x-1',
  );
  expect(other).toMatchObject({ code: 1, err: expect.stringContaining('CC2020') });
  rmSync(folder, { recursive: true });
});

test('withdraw-consent and cancel', async () => {
  await bringToGate();
  await carechart('withdraw-consent', 'plan-1', 'mole-excision-consent', '--note', 'changed her mind');
  expect((await carechart('start-procedure', 'plan-1', 'excision')).err).toContain('has been withdrawn');
  expect((await carechart('cancel', 'plan-1', '--reason', 'no longer wanted')).code).toBe(0);
  expect((await carechart('cancel', 'plan-1', '--reason', 'again')).err).toContain('CC3003');
});

test('an answer that is not there yet is said to be safe, with its id', async () => {
  await bringToGate();
  world.worker = 'away';
  const { code, out } = await carechart('cancel', 'plan-1', '--reason', 'a', '--id', 'c-1');
  expect(code).toBe(0);
  expect(out).toContain('The event is safe');
  expect(out).toContain('plan plan-1, event c-1 of carechart-cli');
});

test.each<[string, string[], string]>([
  ['no verb of that name', ['fly'], "unknown command 'fly'"],
  ['an option that is none', ['list', '--order', 'name'], '--order'],
  ['a missing option', ['cancel', 'plan-1'], '--reason'],
  ['a missing argument', ['show'], 'plan'],
  ['a date that is none', ['perform', 'plan-1', 'excision', '--on', 'today'], "'today' is invalid"],
  ['a date that does not exist', ['consent', 'plan-1', 'form', '--signed-on', '2026-02-30'], 'not a day'],
  ['a day that is none', ['observe', 'plan-1', 'smoker', 'true', '--on', '2.3.2026'], 'such as 2026-03-02'],
  [
    'a day and an instant',
    ['observe', 'p', 'smoker', 'true', '--on', '2026-03-01', '--at', '2026-03-01T09:00:00Z'],
    'not both',
  ],
  [
    'a moment without a zone',
    ['observe', 'p', 'smoker', 'true', '--at', '2026-03-01T09:00:00'],
    'not a moment',
  ],
  ['a time without a zone', ['cancel', 'p', '--reason', 'a', '--time', '2026-03-01 09:00'], 'not a moment'],
  ['a number with a comma', ['observe', 'p', 'temperature', '37,1', '--unit', 'Cel'], '37,1 is not a number'],
  ['a number with an exponent', ['observe', 'p', 'temperature', '1e3', '--unit', 'Cel'], 'not a number'],
  ['a number that begins with 0', ['observe', 'p', 'temperature', '037', '--unit', 'Cel'], 'not a number'],
  ['a number of 16 digits', ['observe', 'p', 'temperature', '37.12345678901234'], 'more than 15 digits'],
  ['a date in another order', ['observe', 'p', 'bloodThinner', '01.03.2026'], 'not a day'],
  ['a date with an hour of words', ['observe', 'p', 'bloodThinner', '2026-3-1'], 'not a day'],
  ['JSON for a value', ['observe', 'p', 'skinType', '["dark"]'], 'is no value'],
  ['no value', ['observe', 'p', 'skinType', ''], 'is no value'],
  ['a list with a hole', ['observe', 'p', 'skin', 'infection,,herpes', '--list'], 'not a list'],
  ['a count that is none', ['list', '--limit', 'all'], 'not a whole number'],
  ['a step that is none', ['journal', 'plan-1', '--after', '-1'], 'not a whole number'],
  ['a port that is none', ['api', '--port', 'http'], 'not a whole number'],
  ['a correction without a reason', ['correct', 'p', 'smoker', 'true', '--on', '2026-03-01'], '--reason'],
  ['a withdrawal without a day', ['withdraw-fact', 'p', 'smoker', '--reason', 'a'], '--on'],
  ['a history of nothing', ['history', 'plan-1'], '--complete'],
  [
    'a procedure without a day',
    ['history', 'plan-1', '--procedure', 'mole-excision'],
    'mole-excision on 2026',
  ],
  ['a procedure of no day', ['history', 'p', '--procedure', 'mole-excision on 2026-02-30'], 'not a day'],
  ['a procedure to no day', ['history', 'p', '--procedure', 'x on 2026-02-03 to may'], 'not a day'],
  ['an override without a reason', ['override', 'p', 'rule', 'stage'], '--reason'],
  ['a reason of two words', ['override', 'p', 'rule', 'stage', '--reason', 'so what'], 'data.reason'],
  ['areas without a role', ['start', 'x', '--patient', 'p', '--area', 'left breast'], 'treatment='],
  ['areas of another role', ['start', 'x', '--patient', 'p', '--area', 'other=left breast'], 'treatment='],
  ['no area of a role', ['start', 'x', '--patient', 'p', '--area', 'treatment='], 'treatment='],
  [
    'areas of one role twice',
    ['start', 'x', '--patient', 'p', '--area', 'donor=abdomen', '--area', 'donor=back'],
    'donor is given twice',
  ],
  ['a figure without a value', ['start', 'x', '--patient', 'p', '--figure', 'cycle'], 'cycle="21 days"'],
  [
    'one figure twice',
    ['start', 'x', '--patient', 'p', '--figure', 'n=1', '--figure', 'n=2'],
    'n is given twice',
  ],
  ['a reason for no figure', ['start', 'x', '--patient', 'p', '--because', 'frail'], '--figure'],
  ['data that is no JSON', ['send', 'plan-1', '--type', 'cancelPlan', '--data', '{'], '--data'],
  ['a file that is not there', ['send', 'plan-1', '--type', 'cancelPlan', '--data', '@/none'], '/none'],
  ['a type that is none', ['send', 'plan-1', '--type', 'x', '--data', '{}'], 'type'],
  ['an address that is none', ['list', '--url', 'nowhere'], 'nowhere'],
])('bad usage exits with 2: %s', async (_title, words, says) => {
  const { code, err } = await carechart(...words);
  expect(err).toContain(says);
  expect(code).toBe(2);
});

test.each<[string, string[], string]>([
  ['an unknown plan', ['show', 'none'], 'CC4001'],
  ['an unknown pathway', ['start', 'none', '--patient', 'p'], 'CC4003'],
  ['a role that the clinic lacks', ['list', '--as', 'king'], 'CC2003'],
  ['a status that is none', ['list', '--status', 'paused'], 'CC2003'],
  ['nobody at the address', ['list', '--url', 'http://127.0.0.1:1'], 'CC5008'],
])('a failure exits with 1, a code and a remedy: %s', async (_title, words, code) => {
  const said = await carechart(...words);
  expect(said.code).toBe(1);
  expect(said.err).toContain(code);
  expect(said.err).toMatch(/\nhelp: \S/);
});

test('the person is the role, unless named', async () => {
  await carechart('start', 'mole-removal', '--patient', 'p', '--plan', 'plan-1', '--person', 'sam');
  const actors = world.plans.get('northside/plan-1')?.journal.map(({ actor }) => actor.id);
  expect(new Set(actors)).toEqual(new Set(['sam']));
});

test('help and version exit with 0', async () => {
  expect((await carechart('--help')).code).toBe(0);
  expect(await carechart('--version')).toMatchObject({ code: 0, out: '0.1.0' });
});

test('without a build the program says what to run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carechart-'));
  const program = join(folder, 'carechart.mjs');
  copyFileSync(join(__dirname, '../../bin/carechart.js'), program);
  expect(() => execFileSync(process.execPath, [program], { stdio: 'pipe' })).toThrow('npm run build');
  rmSync(folder, { recursive: true });
});
