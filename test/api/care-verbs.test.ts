import { careOf, IRRITATION, irritated } from '../support/care.ts';
import { for_, pathwayWith } from '../support/pathways.ts';
import { cliAt } from './cli-runner.ts';
import { createWorld, type World } from './world.ts';

/** Home care from the plan's start, in a clinic of two languages. */
const compiled = pathwayWith({
  care: [careOf('home', { from: { by: for_(0, 'day'), after: 'plan start' } })],
  facts: [IRRITATION],
  rules: [irritated()],
  languages: ['en', 'es'],
  texts: [{ language: 'es', says: [{ was: 'Say of home', now: 'Lávese.' }] }],
});

let world: World;
let carechart: ReturnType<typeof cliAt>;
beforeEach(async () => {
  world = await createWorld({ compiled, answerWithinMs: 150 });
  carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await done('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1');
});
afterEach(() => world.api.close());

async function done(...words: string[]): Promise<string> {
  const { code, out, err } = await carechart(...words);
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  return out;
}

const asPatient = ['--as', 'patient', '--person', 'p-1'];

test('a patient reads their plan in plain words, in their language', async () => {
  expect(await done('patient', 'plan-1', ...asPatient)).toContain('Title of home. Say of home');
  const spanish = await done('patient', 'plan-1', '--language', 'es', ...asPatient);
  expect(spanish).toContain('Lávese.');
  expect(spanish).toContain('Removal of a mole (*) [es]');
});

test('a patient tells how home care was kept to, and staff see it', async () => {
  await done('adherence', 'plan-1', 'home', 'some', '--from', '2026-03-02', ...asPatient);
  expect(await done('show', 'plan-1')).toContain('kept to: Mon 2 Mar 2026 some');
  const { code, err } = await carechart('adherence', 'plan-1', 'metformin', 'all');
  expect([code, err]).toEqual([1, expect.stringContaining('CC2060')]);
  expect((await carechart('adherence', 'plan-1', 'home', 'sometimes')).code).toBe(2);
});

test('home care that is stopped is told to the patient as such, and to staff with whom it waits for', async () => {
  await done('observe', 'plan-1', 'irritation', '3');
  expect(await done('patient', 'plan-1', ...asPatient)).toContain('DO NOT USE FOR NOW: Let your skin rest.');
  expect(await done('show', 'plan-1')).toContain('STOPPED: Title of irritated, waits for the nurse');
});
