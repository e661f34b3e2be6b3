import { type Caller, callerOf, observed } from './caller.ts';
import { cliAt } from './cli-runner.ts';
import { course } from './course.ts';
import { createWorld, type World } from './world.ts';

/** A patient whose first of four cycles is given, and whose infection holds the second. */
let world: World;
let nurse: Caller;
beforeEach(async () => {
  world = await createWorld({
    compiled: {
      ...course,
      facts: course.facts.map((fact) => ({ ...fact, flag: fact.fact === 'fitness' })),
    },
  });
  nurse = await callerOf(world, 'ned', 'nurse', 'coordinator', 'dermatologist');
  await nurse.start('plan-1');
  await nurse.event('plan-1', 'observation.recorded', observed('fitness', true));
  await nurse.event('plan-1', 'task.completed', { task: 'consultation/history' });
  await nurse.event('plan-1', 'consent.recorded', {
    form: 'cycles-consent',
    by: 'patient',
    signedOn: '2026-03-02',
  });
  await nurse.event('plan-1', 'procedure.performed', { stage: 'cycles', performedOn: '2026-03-02' });
  await nurse.event('plan-1', 'observation.recorded', observed('infection', true));
});
afterEach(() => world.api.close());

test('whoever takes a plan over reads where it stands, what was done, what stands in its way, and what is owed', async () => {
  const { status, body } = await nurse.get('/v1/plans/plan-1/hand-over');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    at: world.now,
    flagged: [{ fact: 'fitness', value: true }],
    next: [
      {
        stage: 'cycles',
        isOpen: false,
        reasons: expect.arrayContaining([expect.stringMatching(/^Infection/)]),
      },
    ],
    performed: [{ stage: 'cycles', performedOn: '2026-03-02', deviation: true }],
    holds: [{ rule: 'infection' }],
    consents: [{ form: 'cycles-consent' }],
  });
  for (const key of ['charges', 'sequence', 'observations']) expect(body).not.toHaveProperty(key);
});

test('it is one page to print', async () => {
  const carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  const { out, code } = await carechart('hand-over', 'plan-1');
  expect(code).toBe(0);
  for (const head of [
    'Hand-over of plan-1, as of',
    'For everyone to see',
    'Next',
    'Held',
    'Owed',
    'Done',
    'Consents',
  ])
    expect(out).toContain(head);
  expect(out).toMatch(/not yet: Infection/);
});

test('it is for staff: a patient has a page of their own', async () => {
  const patient = await callerOf(world, 'p-1', 'patient');
  expect(await patient.get('/v1/plans/plan-1/hand-over')).toMatchObject({
    status: 403,
    body: { code: 'CC2018' },
  });
});

test('a plan that there is not is said not to be there', async () => {
  expect(await nurse.get('/v1/plans/none/hand-over')).toMatchObject({
    status: 404,
    body: { code: 'CC4001' },
  });
});
