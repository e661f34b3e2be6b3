import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { step } from '../../src/core/plan/step.ts';
import { askedChargesOf, askForCharge } from '../../src/store/charges.ts';
import { commitStep } from '../../src/store/commit.ts';
import { connect, type Database } from '../../src/store/database.ts';
import { deliverMessage } from '../../src/store/messages.ts';
import { System } from '../server/support/system.ts';
import { BY_SERVICE, chargedPathway } from '../support/charged.ts';
import { coordinator, eventOf, startOf } from '../support/plan.ts';

const NOW = '2026-03-02T16:00:00.000Z';
const compiled = chargedPathway(BY_SERVICE);
const pathway = loadPathway(compiled);

let system: System;
let database: Database;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  database = connect(system.addresses.databaseUrl, { connections: 8 });
});
afterAll(async () => {
  await database.close();
  await system.stop();
});

/** A plan that has asked for the payment of one visit; the effect's id. */
async function asking(planId: string): Promise<string> {
  const start = startOf(compiled, { actor: coordinator });
  if (start.type !== 'startPlan') throw new Error('a start');
  const event = { ...start, data: { ...start.data, planId, patient: `patient-of-${planId}` } };
  const first = step(pathway, undefined, event, NOW);
  const { head } = await commitStep(database, event, first, { state: null, head: '' });
  const report = eventOf('procedure.performed', { stage: 'visit', performedOn: '2026-03-02' });
  const second = step(pathway, first.state, report, NOW);
  await commitStep(database, report, second, { state: first.state, head });
  return `${planId}/payment/visit/2026-03-02`;
}

const perform = (effectId: string, clinic = 'northside') =>
  askForCharge(database, { clinic, effectId, at: NOW });
const all = (clinic = 'northside') => askedChargesOf(database).after(clinic, { after: 0, limit: 100 });

it('a charge stands once in what the payment service reads, however often it is asked for, and is performed then', async () => {
  const effectId = await asking('once');
  await Promise.all([perform(effectId), perform(effectId)]);
  await perform(effectId);
  const asked = (await all()).filter(({ planId }) => planId === 'once');
  expect(asked).toEqual([
    {
      ...{ number: expect.any(Number), effectId, planId: 'once', patient: 'patient-of-once' },
      ...{ charge: 'visit/2026-03-02', asks: 'payment', minor: 18_000, currency: 'USD' },
      ...{ says: 'Stage visit', reference: null, askedAt: NOW },
    },
  ]);
  const owed = `select from carechart.effect where effect_id = $1 and performed_at is null`;
  expect(await system.rows(owed, [effectId])).toEqual([]);
});

it('what no step asked for is asked of nobody, nor what another clinic asked for, nor what is no charge', async () => {
  const effectId = await asking('own');
  await expect(perform('made-up/payment/2026-04')).rejects.toThrow('No step asked');
  await expect(perform(effectId, 'southside')).rejects.toThrow('No step asked');
  await expect(perform('own/2/plans')).rejects.toThrow('charges nothing');
  await expect(deliverMessage(database, { clinic: 'northside', effectId, at: NOW })).rejects.toThrow(
    'tells nobody anything',
  );
  await perform(effectId);
  expect(await all('southside')).toEqual([]);
});

it('numbers come to be seen in their order: a reader that goes on from the last it saw misses none', async () => {
  const effects = await Promise.all(Array.from({ length: 12 }, (_, index) => asking(`many-${index}`)));
  const seen: number[] = [];
  let after = (await all()).at(-1)?.number ?? 0;
  const read = async () => {
    const rows = await askedChargesOf(database).after('northside', { after, limit: 100 });
    seen.push(...rows.map(({ number }) => number));
    after = rows.at(-1)?.number ?? after;
  };
  const done = Promise.all(effects.map((one) => perform(one)));
  for (let times = 0; times < 20; times += 1) await read();
  await done;
  await read();
  expect(seen).toHaveLength(12);
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
});

it('nobody changes or removes what was asked for', async () => {
  for (const statement of [`update carechart.charge set minor = 1`, 'delete from carechart.charge'])
    await expect(system.rows(statement)).rejects.toThrow('permission denied');
});
