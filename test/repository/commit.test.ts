import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../src/core/plan/step.ts';
import { bodyMatches, type ChainedEntry, firstHead, hashOf } from '../../src/store/chain.ts';
import { type Committed, commitStep } from '../../src/store/commit.ts';
import { connect, type Database } from '../../src/store/database.ts';
import { plansOf } from '../../src/store/plans.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { System } from '../server/support/system.ts';

const NOW = '2026-03-02T14:00:00.000Z';
const pathway = loadPathway(moleRemoval);
const actor = { id: 'ana', roles: ['coordinator'], clinic: 'northside' };

let system: System;
let database: Database;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  database = connect(system.addresses.databaseUrl, { connections: 12 });
});
afterAll(async () => {
  await database.close();
  await system.stop();
});

/** What a start stands on. */
const NOTHING = { state: null, head: '' };

const start = (planId: string): PlanEvent => ({
  id: 'start',
  source: 'test',
  type: 'startPlan',
  data: {
    planId,
    patient: 'example-patient',
    pathway: { id: 'mole-removal', version: '1.0.0', digest: 'a'.repeat(64) },
  },
  actor,
});
const seen = (id: string, value = 'never'): PlanEvent => ({
  id,
  source: 'test',
  type: 'observation.recorded',
  data: { observations: [{ fact: 'bloodThinner', value }] },
  actor,
});

/** A plan with one committed step. */
async function begun(planId: string): Promise<{ first: Step; head: string }> {
  const first = step(pathway, undefined, start(planId), NOW);
  const { outcome, head } = await commitStep(database, start(planId), first, NOTHING);
  expect(outcome).toBe('committed');
  return { first, head };
}

const commitOn = (state: PlanState, head: string, event: PlanEvent): Promise<Committed> =>
  commitStep(database, event, step(pathway, state, event, NOW), { state, head });

test('the same step committed again is answered with the row that is there, byte for byte', async () => {
  const { first, head } = await begun('again');
  const again = await commitStep(database, start('again'), first, NOTHING);
  expect(again).toMatchObject({ outcome: 'adopted', source: 'test', event_id: 'start', head });
  expect(again.state).toBe(JSON.stringify(first.state));
  expect(again.effects).toBe(JSON.stringify(first.effects));
});

test('another event at a place that is taken is answered with whose place it is', async () => {
  const { first, head } = await begun('taken');
  expect(await commitOn(first.state, head, seen('one'))).toMatchObject({
    outcome: 'committed',
    event_id: 'one',
  });
  expect(await commitOn(first.state, head, seen('two'))).toMatchObject({
    outcome: 'adopted',
    event_id: 'one',
  });
});

test('an event known further back is known, and nothing is added', async () => {
  const { first, head } = await begun('known');
  const one = step(pathway, first.state, seen('one'), NOW);
  const { head: second } = await commitStep(database, seen('one'), one, { state: first.state, head });
  expect(await commitOn(one.state, second, seen('one'))).toMatchObject({
    outcome: 'known',
    event_id: 'one',
    head: second,
  });
  expect(await system.rows(`select 1 from carechart.step where plan_id = 'known'`)).toHaveLength(2);
});

test('a step without the one before it, or on another head, is refused', async () => {
  const { first } = await begun('gap');
  const skipped = { ...first.state, sequence: 5 };
  await expect(commitOn(skipped, 'x', seen('late'))).rejects.toThrow('has no step before it');
  await expect(commitOn(first.state, 'another head', seen('forked'))).rejects.toThrow(
    'has no step before it',
  );
});

test('a state that the store does not have is no ground for a step', async () => {
  const { first, head } = await begun('forged');
  const forged = {
    ...first.state,
    consents: [{ form: 'mole-excision-consent', by: 'patient', signedOn: '2026-03-01' }],
  };
  await expect(commitOn(forged, head, seen('on-forgery'))).rejects.toThrow('has no step before it');
  const unborn = { ...forged, planId: 'never-started', sequence: 0 };
  await expect(commitOn(unborn, '', seen('first'))).rejects.toThrow('has no step before it');
});

test('of twelve workers with twelve events for one place, one commits and eleven adopt its row', async () => {
  const { first, head } = await begun('crowd');
  const ids = Array.from({ length: 12 }, (_, index) => `event-${index}`);
  const outcomes = await Promise.all(ids.map((id) => commitOn(first.state, head, seen(id))));
  expect(outcomes.filter(({ outcome }) => outcome === 'committed')).toHaveLength(1);
  expect(outcomes.filter(({ outcome }) => outcome === 'adopted')).toHaveLength(11);
  expect(new Set(outcomes.map(({ event_id }) => event_id)).size).toBe(1);
});

test('the journal is a chain: every hash follows from the one before, and bodies from their salts', async () => {
  const { first, head } = await begun('chained');
  await commitOn(first.state, head, seen('one', '2026-03-01'));
  const rows = await system.rows<ChainedEntry & { sequence: number }>(
    `select * from carechart.journal where plan_id = 'chained' order by sequence, entry`,
  );
  expect(rows.length).toBeGreaterThan(2);
  const steps = await system.rows<{ sequence: number; event_hash: string; state_hash: string }>(
    `select sequence, event_hash, state_hash from carechart.step where plan_id = 'chained'`,
  );
  let previous = firstHead({ clinic: 'northside', planId: 'chained' });
  for (const row of rows) {
    const { sequence, entry, at, kind, actor_id, actor_roles, body, salt, body_hash, hash } = row;
    const { event_hash = '', state_hash = '' } = steps.find((one) => one.sequence === sequence) ?? {};
    const vouched = { sequence, eventHash: event_hash, stateHash: state_hash };
    const header = { entry, at: new Date(at).toISOString(), kind, actor_id, actor_roles };
    expect(hashOf(previous, vouched, header, body_hash)).toBe(hash);
    expect(bodyMatches(body, salt, body_hash)).toBe(true);
    expect(bodyMatches(`${body} `, salt, body_hash)).toBe(false);
    previous = hash;
  }
  const [plan] = await system.rows<{ head: string }>(
    `select head from carechart.plan where plan_id = 'chained'`,
  );
  expect(plan?.head).toBe(previous);
});

test('the read model is the last step in short', async () => {
  const { first } = await begun('listed');
  const row = (await plansOf(database).list('northside', { limit: 200 })).find(
    ({ planId }) => planId === 'listed',
  );
  expect(row).toMatchObject({
    phase: first.state.chart,
    status: 'active',
    holds: [],
    patient: 'example-patient',
  });
  expect(row?.nextDueAt).toBe(first.state.waits['task/consultation/history']?.dueAt);
});

test('what a hold has stopped is not what is due next', async () => {
  const first = step(pathway, undefined, start('stopped'), NOW);
  const id = 'task/consultation/history';
  const { [id]: wait } = first.state.waits;
  if (!wait) throw new Error('no wait');
  const waits = { [id]: { ...wait, pausedAt: NOW } };
  await commitStep(database, start('stopped'), { ...first, state: { ...first.state, waits } }, NOTHING);
  const rows = await plansOf(database).list('northside', { limit: 200 });
  expect(rows.find(({ planId }) => planId === 'stopped')?.nextDueAt).toBeNull();
});

test('a broken transaction leaves nothing behind, and its connection serves the next one', async () => {
  const failing = database.withClinic('northside', async (connection) => {
    await connection
      .insertInto('carechart.message')
      .values({
        clinic: 'northside',
        effect_id: 'half',
        plan_id: 'p',
        role: 'nurse',
        subject: '',
        says: '',
        level: 0,
        told_at: NOW,
      })
      .execute();
    throw new Error('half-way');
  });
  await expect(failing).rejects.toThrow('half-way');
  expect(await system.rows(`select 1 from carechart.message where effect_id = 'half'`)).toEqual([]);
  await expect(database.ping()).resolves.toBeUndefined();
});
