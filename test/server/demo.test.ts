import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processesNaming } from '../../src/machine/processes.ts';
import { ROOT } from './support/program.ts';

jest.setTimeout(600_000);

let home: string;
let running: ChildProcess | undefined;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'carechart-demo-'));
  chmodSync(home, 0o711);
});
afterEach(() => {
  if (running?.pid !== undefined && running.exitCode === null) running.kill('SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

/** As somebody at a terminal starts it; `data` is where it keeps what is its own. */
function play(data: string, ...args: readonly string[]) {
  const env = { ...process.env, CARECHART_DATA: join(home, data), DATABASE_URL: '', TEMPORAL_ADDRESS: '' };
  const child = spawn('node', [join(ROOT, 'bin/carechart.js'), 'demo', ...args], { cwd: home, env });
  running = child;
  let text = '';
  const ended = new Promise<{ code: number | null; text: string }>((done) => {
    child.once('close', (code) => done({ code, text }));
  });
  const said = (words: string): Promise<void> =>
    new Promise((done, fail) => {
      child.stdout.on('data', () => text.includes(words) && done());
      void ended.then(() => fail(new Error(`ended without saying ${words}:\n${text}`)));
    });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk;
    });
  return { ended, said, interrupt: () => child.kill('SIGINT') };
}

/** What a reader reads, whatever the lines end on. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const storyOf = (name: string, lines: readonly string[]): string => {
  const path = join(home, `${name}.scenario.yaml`);
  const head = ['scenario: a mole', 'of: mole-removal', 'start: { day: "2040-03-05" }', 'steps:'];
  writeFileSync(path, [...head, ...lines.map((line) => `  - { ${line} }`), ''].join('\n'));
  return path;
};

describe('the demo', () => {
  let told: { code: number | null; text: string };
  beforeAll(async () => {
    told = await play('whole').ended;
  });

  it('comes to its end as its file says, and leaves nothing running', () => {
    expect(told.text).toMatch(/Expected +(\d+) of \1 lines came as the file says/);
    expect(told.text).toContain('All of it is stopped');
    expect(told.code).toBe(0);
    expect(processesNaming(join(home, 'whole'))).toEqual([]);
  });

  it.each([
    [
      'a hold that a laboratory result raises',
      'states Haemoglobin: 92 g/L (laboratory) ! Held: Too little haemoglobin, or much less than at first',
    ],
    [
      'an unknown that becomes a hold with an owner',
      '! Cannot be ruled out: Nicotine within the last four weeks → coordinator: Please supply: nicotine',
    ],
    [
      'what would clear it',
      'clears: the coordinator states nicotine (not within the last 4 weeks; now missing)',
    ],
    [
      'an expander-to-implant interval that refuses an early date, and says which it would accept',
      'may start from Fri 24 Aug 2040',
    ],
    [
      'the first rung of a ladder',
      'Fri 16 Mar 2040 08:00 ^ Rung 1. Due by end of Sat 17 Mar 2040: Cannot be ruled out: Nicotine within the last four weeks → coordinator',
    ],
    [
      'the second',
      '18:00 ^ Rung 2. Overdue since end of Sat 17 Mar 2040: Cannot be ruled out: Nicotine within the last four weeks → coordinator',
    ],
    [
      'the third, at the clinical lead',
      '^ Rung 3, level 1. Overdue since end of Sat 17 Mar 2040: Cannot be ruled out: Nicotine within the last four weeks → clinical-lead',
    ],
    [
      'an override with a second signature',
      'clinical-lead signs as the second + Set aside, by two: nicotine',
    ],
    ['its end', 'Wed 11 Apr 2040 00:00 ! No longer set aside: nicotine (its time is over)'],
    ['a complication', 'patient states Wound, left breast: open'],
    ['who is called to it', '! Alert: A wound that does not heal (left breast)'],
    [
      'how it changes the plan',
      'Decided: operate-again. Then: the stage is done again. · Now in expander.ready',
    ],
    ['a reassessment', 'surgeon answers: Ready to fill?: fill'],
    ['the end', 'coordinator ends the plan: She moves away, and is followed there.'],
  ])('tells of %s', (_, words) => {
    expect(flat(told.text)).toContain(words);
  });

  it('is set in a hundred columns, without colours where nobody sees them', () => {
    expect(told.text.split('\n').filter((line) => line.length > 100)).toEqual([]);
    expect(told.text).not.toContain('\u001b');
  });
});

it('ends in order when it is interrupted, and begins anew afterwards', async () => {
  const first = play('interrupted');
  await first.said('The first visits.');
  first.interrupt();
  const { code, text } = await first.ended;
  expect(text).toContain('Stopping, before the end of the story.');
  expect(text).toContain('All of it is stopped');
  expect(code).toBe(0);
  expect(processesNaming(join(home, 'interrupted'))).toEqual([]);
  const story = storyOf('short', ['day: "2040-03-06", done: history, expect: at excision.ready']);
  expect(await play('interrupted', '--scenario', story).ended).toMatchObject({ code: 0 });
});

it('says where the file expects what does not come, and fails', async () => {
  const story = storyOf('wrong', ['day: "2040-03-06", done: history, expect: at excision.recovery']);
  const { code, text } = await play('wrong', '--scenario', story).ended;
  expect(text).toMatch(
    /wrong\.scenario\.yaml:5:\d+\nCC1090 expected at excision\.recovery; seen: at excision\.ready/,
  );
  expect(text).toContain('0 of 1 lines came as the file says');
  expect(code).toBe(1);
});

it('refuses a story whose days are past, for a clock can only be moved on', async () => {
  const past = join(ROOT, 'pathways/mole-removal-straight.scenario.yaml');
  const { code, text } = await play('past', '--scenario', past).ended;
  expect(text).toContain('CC5010');
  expect(text).toContain('The story begins at 2026-');
  expect(code).toBe(1);
});
