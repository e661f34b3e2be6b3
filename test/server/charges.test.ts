import { BY_SERVICE, chargedPathway } from '../support/charged.ts';
import { dayOn } from '../support/wall-calendar.ts';
import { Caller, eventually, type Sent } from './support/caller.ts';
import { expectOneTruth, publish } from './support/plans.ts';
import { System } from './support/system.ts';

const PAYMENTS = 'payments.example';
const plain = chargedPathway(BY_SERVICE);
const CHARGED = {
  ...plain,
  pathway: 'charged-visits',
  clinic: {
    ...plain.clinic,
    sources: [{ source: PAYMENTS, is: 'record', states: ['payment.settled', 'payment.failed'] }],
  },
};

const today = dayOn(new Date().toISOString(), 'America/New_York');
const sent = (id: string, type: string, data: object): Sent => ({ id, source: 'test', type, data });

let system: System;
let caller: Caller;

beforeAll(async () => {
  system = await System.start();
  await publish(system, CHARGED);
  caller = await Caller.as(system);
});
afterAll(() => system.stop());

const askedOf = async () => {
  const { body } = await caller.call('GET', '/v1/charges');
  return body.items as { readonly asks: string; readonly charge: string; readonly reference?: string }[];
};
const statusOf = async (charge: string) => {
  const { body } = await caller.call('GET', '/v1/plans/paying');
  const charges = body.charges as { readonly charge: string; readonly status: string }[];
  return charges.find((one) => one.charge === charge)?.status;
};

test('a service is asked for once, though the worker is killed before it has been, and is settled by the payment service', async () => {
  const start = {
    ...{ planId: 'paying', patient: 'patient-1', pathway: { id: 'charged-visits' } },
    payment: { reference: 'token-1' },
  };
  expect((await caller.call('POST', '/v1/plans', start)).status).toBe(201);
  const report = sent('done', 'procedure.performed', { stage: 'visit', performedOn: today });
  expect((await caller.send('paying', report)).status).toBe(200);
  await system.killWorker();
  await system.startWorker();
  await eventually(async () => (await askedOf()).length > 0, 60_000, 'the payment is asked for');
  const charge = `visit/${today}`;
  expect(await askedOf()).toMatchObject([
    { asks: 'payment', charge, amount: '180.00', currency: 'USD', reference: 'token-1' },
  ]);
  const { client, connection } = await system.client();
  const settled = { id: 'paid-1', source: PAYMENTS, type: 'payment.settled', data: { charge } };
  await client.workflow.getHandle('plan/northside/paying').signal('event', { event: settled });
  await connection.close();
  await eventually(async () => (await statusOf(charge)) === 'settled', 60_000, 'the plan has heard');
});

test('a report that is withdrawn is given back by a note of its own, and nothing more is owed', async () => {
  const data = { stage: 'visit', performedOn: today, reason: 'of another patient' };
  expect((await caller.send('paying', sent('withdrawn', 'report.withdrawn', data))).status).toBe(200);
  await eventually(async () => (await askedOf()).length > 1, 60_000, 'the credit is asked for');
  expect((await askedOf()).map(({ asks }) => asks)).toEqual(['payment', 'credit']);
  expect(await statusOf(`visit/${today}`)).toBe('credited');
  const owed = 'select 1 from carechart.effect where performed_at is null';
  await eventually(async () => (await system.rows(owed)).length === 0, 60_000, 'nothing is owed');
  await expectOneTruth(system, 'paying');
});
