import { type AuthoringFolder, authoringFolder } from './authoring-folder.ts';

let clinic: AuthoringFolder;
beforeEach(() => {
  clinic = authoringFolder();
});
afterEach(() => clinic.remove());

const HELD = '{}/pathways/mole-removal-held.scenario.yaml';
const at = (day: string, ...more: string[]) =>
  clinic.run('explain', '--scenario', HELD, '--at', day, ...more);

it('says of a made-up patient why the gate is closed, on what evidence, and what would open it', async () => {
  const { code, out } = await at('2026-03-07');
  expect(code).toBe(0);
  expect(out).toContain('a blood thinner within the last week, on Sat 7 Mar 2026 12:00 (America/New_York)');
  expect(out).toContain('scenario is in excision.ready.');
  expect(out).toMatch(/bloodThinner 2026-03-01 \(\w+, Tue 3 Mar 2026 12:00\); within the last 7 days: yes/);
  expect(out).toMatch(
    /clears: by itself on Sun 8 Mar 2026\n +or: .*bloodThinner \(not within the last 7 days\)/,
  );
});

it.each([
  ['2026-03-08', 'scenario is in excision.procedure.'],
  ['2026-03-08 11:59', 'Excision of the mole may start now.'],
])('a day is meant with all of its lines, a time as it is: %s', async (day, says) => {
  expect((await at(day)).out).toContain(says);
});

it('beyond its last line, tells what time alone has done', async () => {
  clinic.change(
    'pathways/mole-removal-held.scenario.yaml',
    '  - { day: "2026-03-19", end: The patient has changed her mind., expect: [at cancelled, no hold blood-thinner] }\n',
    '',
  );
  expect((await at('2026-05-04')).out).toMatch(/bloodThinner 2026-03-01 .*stale/);
});

it('says of one that comes otherwise than it expects that it does', async () => {
  clinic.change(
    'pathways/mole-removal-held.scenario.yaml',
    'at excision.ready, status',
    'at consultation, status',
  );
  const { code, err } = await at('2026-03-07');
  expect([code, err]).toEqual([0, expect.stringContaining('It does not come as it expects to')]);
});

it('gives programs the same as JSON', async () => {
  const { out } = await at('2026-03-07', '--json');
  expect(JSON.parse(out)).toMatchObject({
    phase: 'excision.ready',
    gate: { stage: 'excision', isOpen: false },
  });
});

it.each([
  [['--scenario', '{}/rules/clinic.yaml'], 'CC1168'],
  [['--scenario', '{}/pathways'], 'CC1168'],
  [['--scenario', '{}/pathways/none.scenario.yaml'], 'CC1167'],
  [['--scenario', HELD, '--at', '2026-03-01'], 'CC1169'],
  [['--scenario', HELD, '--at', 'tomorrow'], 'CC1169'],
  [['plan-1', '--scenario', HELD], 'not both'],
  [[], 'name a plan, or --scenario'],
  [['plan-1', '--at', '2026-03-07'], '--at is of a scenario'],
])('what cannot be asked is refused, and says what can: %j', async (words, says) => {
  const { code, err } = await clinic.run('explain', ...words);
  expect(code).not.toBe(0);
  expect(err).toContain(says);
});
