import { BY_SERVICE, chargedPathway, monthly } from '../support/charged.ts';
import { type Caller, callerOf } from './caller.ts';
import { cliAt } from './cli-runner.ts';
import { createWorld, START_OF_TEST, type World } from './world.ts';

let world: World;
let clerk: Caller;
let payments: Caller;

const start = (more: Record<string, unknown> = {}) =>
  clerk.post('/v1/plans', { planId: 'plan-1', patient: 'p-1', pathway: { id: 'mole-removal' }, ...more });
const give = (day: string) =>
  clerk.event('plan-1', 'procedure.performed', { stage: 'visit', performedOn: day });
const view = async () => (await clerk.get('/v1/plans/plan-1')).body;

/** Tokens do not last for days. */
async function passTo(now: string): Promise<void> {
  world.now = now;
  clerk = await callerOf(world, 'cleo', 'coordinator', 'nurse');
  payments = await callerOf(world, 'payments.example', 'service');
}

async function open(charges: Parameters<typeof chargedPathway>[0] = BY_SERVICE): Promise<void> {
  world = await createWorld({ compiled: chargedPathway(charges) });
  await passTo(START_OF_TEST);
}
afterEach(() => world.api.close());

test('the payment service reads what it is to collect, and the plan shows what became of it', async () => {
  await open();
  await start({ payment: { reference: 'token-1' } });
  await give('2026-03-02');
  const { status, body } = await payments.get('/v1/charges');
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        ...{ number: 1, id: 'plan-1/payment/visit/2026-03-02', planId: 'plan-1', patient: 'p-1' },
        ...{ charge: 'visit/2026-03-02', asks: 'payment', amount: '180.00', currency: 'USD' },
        ...{ says: 'Stage visit', reference: 'token-1', askedAt: world.now },
      },
    ],
  });
  await clerk.event('plan-1', 'payment.failed', { charge: 'visit/2026-03-02', reason: 'expired' });
  expect(await view()).toMatchObject({
    payment: { reference: 'token-1', by: 'cleo' },
    charges: [
      {
        ...{ charge: 'visit/2026-03-02', title: 'Stage visit', amount: '180.00', currency: 'USD' },
        ...{ status: 'failed', stage: 'visit', performedOn: '2026-03-02' },
      },
    ],
    waits: expect.arrayContaining([expect.objectContaining({ owner: 'coordinator' })]),
  });
});

test('it reads on from the last number that it knows, page by page, credits among them', async () => {
  await open();
  await start();
  for (const day of ['2026-03-02', '2026-03-03', '2026-03-04']) {
    await passTo(`${day}T17:00:00.000Z`);
    await give(day);
  }
  await clerk.event('plan-1', 'report.withdrawn', {
    ...{ stage: 'visit', performedOn: '2026-03-03', reason: 'of another patient' },
  });
  const first = (await payments.get('/v1/charges?limit=2')).body;
  expect(first).toMatchObject({ items: [{ number: 1 }, { number: 2 }], next: 2 });
  const second = (await payments.get('/v1/charges?after=2&limit=2')).body;
  expect(second).toMatchObject({
    items: [
      { number: 3, charge: 'visit/2026-03-04', asks: 'payment' },
      { number: 4, charge: 'visit/2026-03-03', asks: 'credit' },
    ],
  });
  expect(second).not.toHaveProperty('next');
  expect((await payments.get('/v1/charges?after=4')).body).toEqual({ items: [] });
});

test.each([
  ['a patient', 'p-1', ['patient'], '/v1/charges', 403],
  ['anybody, by a page of no size', 'cleo', ['coordinator'], '/v1/charges?limit=0', 400],
])('%s reads nothing of it', async (_who, person, roles, url, status) => {
  await open();
  expect((await (await callerOf(world, person, ...roles)).get(url)).status).toBe(status);
});

test.each([
  ['a charge that there is not', 'payment.settled', { charge: '2026-04' }, 'CC2055'],
  ['the number of a card', 'payment.arranged', { reference: '4111111111111111' }, 'CC2056'],
])('%s is refused', async (_what, type, data, code) => {
  await open();
  await start();
  expect((await clerk.event('plan-1', type, data)).body).toMatchObject({ code });
});

test('a start with the number of a card starts nothing, and so does one that is prescribed only, with a payment', async () => {
  await open();
  expect((await start({ payment: { reference: '4111111111111111' } })).body).toMatchObject({
    code: 'CC2056',
  });
  const prescribed = { intent: 'plan', payment: { reference: 'token-1' } };
  expect((await start(prescribed)).body).toMatchObject({ code: 'CC2057' });
  expect(world.plans.size).toBe(0);
});

test('show tells what is charged, what is not and why, and how it is paid', async () => {
  await open(monthly());
  const carechart = cliAt(await world.api.listen({ host: '127.0.0.1', port: 0 }));
  await carechart('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1', '--payment', 'token-1');
  await passTo('2026-04-02T14:00:00.000Z');
  await clerk.event('plan-1', 'leaveCourse', { exit: 'postponement', reason: 'abroad' });
  await passTo('2026-05-02T14:00:00.000Z');
  await clerk.event('plan-1', 'payment.settled', { charge: '2026-04' });
  const { out } = await carechart('show', 'plan-1');
  const lines = out.split('\n');
  const at = lines.indexOf('Charges');
  expect(lines.slice(at + 1, lines.indexOf('', at))).toEqual([
    '  2026-05  Month 2026-05              paused   Fri 1 May 2026 00:00',
    '  2026-04  Month 2026-04  199.00 USD  settled  Wed 1 Apr 2026 00:00',
    '  paid by token-1',
  ]);
});
