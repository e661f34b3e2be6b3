import { callerOf, observed } from './caller.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  const staff = await callerOf(world);
  await staff.start('plan-1');
  await staff.start('plan-2');
});
afterEach(() => world.api.close());

const OWN = 'patient-of-plan-1';

test('a patient reads their own plan, and is not told that there are others', async () => {
  const patient = await callerOf(world, OWN, 'patient');
  expect((await patient.get('/v1/plans/plan-1')).status).toBe(200);
  expect((await patient.get('/v1/plans/plan-1/explanation')).status).toBe(200);
  expect((await patient.get('/v1/plans/plan-2')).body).toMatchObject({ status: 404, code: 'CC4001' });
  expect((await patient.get('/v1/plans/plan-2/explanation')).body).toMatchObject({ code: 'CC4001' });
});

test('a plan in plain words is for its own patient, and for staff', async () => {
  const patient = await callerOf(world, OWN, 'patient');
  const read = await patient.get('/v1/plans/plan-1/patient?language=en');
  expect([read.status, read.body.language, read.body.planId]).toEqual([200, 'en', 'plan-1']);
  expect((await patient.get('/v1/plans/plan-2/patient')).body).toMatchObject({ status: 404, code: 'CC4001' });
  const staff = await callerOf(world, 'coordinator-1', 'coordinator');
  expect((await staff.get('/v1/plans/plan-1/patient')).status).toBe(200);
  expect((await staff.get('/v1/plans/plan-1/patient?tongue=es')).body).toMatchObject({ code: 'CC2003' });
});

test.each(['/v1/plans', '/v1/plans/plan-1/journal'])('%s is for staff', async (address) => {
  const patient = await callerOf(world, OWN, 'patient');
  expect((await patient.get(address)).body).toMatchObject({ status: 403, code: 'CC2018' });
  expect((await (await callerOf(world)).get(address)).status).toBe(200);
});

test('a patient states facts of their own plan, and of no other', async () => {
  const patient = await callerOf(world, OWN, 'patient');
  const fact = observed('bloodThinner', 'never');
  expect((await patient.event('plan-1', 'observation.recorded', fact)).status).toBe(200);
  expect((await patient.event('plan-2', 'observation.recorded', fact)).body).toMatchObject({
    code: 'CC2018',
  });
});

test('a service that the clinic has not registered states nothing', async () => {
  const service = await callerOf(world, 'toaster', 'service');
  const fact = observed('bloodThinner', 'never');
  expect((await service.event('plan-1', 'observation.recorded', fact)).body).toMatchObject({
    code: 'CC2018',
  });
});
