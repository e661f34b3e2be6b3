import { pino } from 'pino';
import { withOtherPlans } from '../../activities/other-plans.ts';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import { NO_OVERLAY } from '../../src/core/pathway/overlay.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanKey } from '../../src/core/plan/outcome.schema.ts';
import { step } from '../../src/core/plan/step.ts';
import { commitStep } from '../../src/store/commit.ts';
import { connect, type Database } from '../../src/store/database.ts';
import { markPerformed } from '../../src/store/effects.ts';
import { deliverMessage } from '../../src/store/messages.ts';
import { type OtherPlans, otherPlansOf } from '../../src/store/other-plans.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';
import { System } from '../server/support/system.ts';
import { atEdge, for_, intervalOf } from '../support/pathways.ts';

const NOW = '2026-03-02T16:00:00.000Z';
const DIGEST = 'a'.repeat(64);
const pathway = loadPathway(moleRemoval);

let system: System;
let database: Database;
let others: OtherPlans;

beforeAll(async () => {
  system = await System.start({ worker: false, api: false });
  database = connect(system.addresses.databaseUrl, { connections: 4 });
  others = otherPlansOf(database);
});
afterAll(async () => {
  await database.close();
  await system.stop();
});

const actorIn = (clinic: string) => ({ id: 'ana', roles: ['coordinator', 'nurse'], clinic });
const startOf = ({ clinic, planId }: PlanKey, patient: string): PlanEvent => ({
  ...{ id: 'start', source: 'test', type: 'startPlan', actor: actorIn(clinic) },
  data: { planId, patient, pathway: { id: 'mole-removal', version: '1.0.0', digest: DIGEST } },
});
const reportIn = ({ clinic }: PlanKey, performedOn: string): PlanEvent => ({
  ...{ id: `performed-${performedOn}`, source: 'test', type: 'procedure.performed', actor: actorIn(clinic) },
  data: { stage: 'excision', performedOn },
});
const cancelIn = ({ clinic }: PlanKey): PlanEvent => ({
  ...{ id: 'cancel', source: 'test', type: 'cancelPlan', actor: actorIn(clinic) },
  data: { reason: 'moved away' },
});

/** A plan of a patient, with what it has performed; of another clinic where that is said. */
async function plan(
  planId: string,
  patient: string,
  events: readonly ((key: PlanKey) => PlanEvent)[],
  clinic = 'northside',
): Promise<PlanKey> {
  const key = { clinic, planId };
  const base = { state: null, head: '' } as { state: Parameters<typeof step>[1] | null; head: string };
  for (const event of [startOf(key, patient), ...events.map((one) => one(key))]) {
    const taken = step(pathway, base.state ?? undefined, event, NOW);
    const { outcome, head } = await commitStep(database, event, taken, {
      state: base.state ?? null,
      head: base.head,
    });
    expect(outcome).toBe('committed');
    base.state = taken.state;
    base.head = head;
  }
  return key;
}

const on = (day: string) => (key: PlanKey) => reportIn(key, day);
const idsOf = (rows: readonly { readonly planId: string }[]): string[] => rows.map(({ planId }) => planId);

describe('what the other plans of a patient have performed', () => {
  it('is read as they stand now, of each but the plan itself, and no more than it takes', async () => {
    const own = await plan('read-own', 'read', [on('2026-03-01')]);
    await plan('read-two', 'read', [on('2026-02-20'), on('2026-02-25')]);
    await plan('read-three', 'read', []);
    await plan('read-stranger', 'somebody-else', [on('2026-02-27')]);
    const found = await others.performed(own, 'read');
    expect(idsOf(found)).toEqual(['read-three', 'read-two']);
    expect(found[0]?.performed).toEqual([]);
    expect(found[1]).toEqual({
      planId: 'read-two',
      digest: DIGEST,
      overlay: NO_OVERLAY,
      performed: ['2026-02-20', '2026-02-25'].map((performedOn) => ({
        ...{ stage: 'excision', procedures: ['mole-excision'], areas: [], performedOn },
      })),
    });
  });

  it('is never read across clinics, though the patient has the same id there', async () => {
    const own = await plan('clinic-own', 'traveller', []);
    const away = await plan('clinic-away', 'traveller', [on('2026-03-01')], 'southside');
    expect(await others.performed(own, 'traveller')).toEqual([]);
    expect(await others.running(away)).toEqual([]);
    expect(idsOf(await others.performed({ ...own, clinic: 'southside' }, 'traveller'))).toEqual([
      'clinic-away',
    ]);
    const seen = await system.rows<{ plan_id: string }>(
      `select plan_id from carechart.plan where patient = 'traveller'`,
    );
    expect(seen).toEqual([{ plan_id: 'clinic-own' }]);
  });

  it('counts for a plan that was cancelled as well; only one that goes on is told to look again', async () => {
    const own = await plan('over-own', 'over', []);
    await plan('over-cancelled', 'over', [on('2026-03-01'), cancelIn]);
    await plan('over-ended', 'over', [cancelIn]);
    await plan('over-running', 'over', []);
    const performed = await others.performed(own, 'over');
    expect(performed.find(({ planId }) => planId === 'over-cancelled')?.performed).toHaveLength(1);
    const running = idsOf(await others.running(own));
    expect(running).toContain('over-running');
    expect(running).not.toContain('over-ended');
  });

  it('stands with the event in the store: taken again from there, it gives the same state', async () => {
    const counting = loadPathway({
      ...moleRemoval,
      intervals: [
        intervalOf('between-moles', atEdge('end of mole-excision'), 'mole-excision', {
          minimum: for_(6, 'week'),
          otherPlans: true,
        }),
      ],
    });
    await plan('kept-one', 'kept', [on('2026-03-01')]);
    const key = { clinic: 'northside', planId: 'kept-two' };
    const ports = {
      loadPathway: async () => pathway,
      readOthers: others.performed,
      logger: pino({ level: 'silent' }),
    };
    const event = await withOtherPlans(ports, key, {
      ...{ pathway: counting, state: null, event: startOf(key, 'kept') },
    });
    const taken = step(counting, undefined, event, NOW);
    await commitStep(database, event, taken, { state: null, head: '' });
    const [row] = await system.rows<{ event: string; state: string }>(
      `select event, state from carechart.step where plan_id = 'kept-two'`,
    );
    expect(taken.state.otherPlans).toMatchObject([{ plan: 'kept-one', performedOn: '2026-03-01' }]);
    expect(JSON.stringify(step(counting, undefined, JSON.parse(row?.event ?? ''), NOW).state)).toBe(
      row?.state,
    );
  });
});

it('that other plans are to look again is owed until it was done, and is no message to anybody', async () => {
  await plan('owed', 'owed', [on('2026-03-01')]);
  const owed = () =>
    system.rows<{ effect_id: string }>(
      `select effect_id from carechart.effect where plan_id = 'owed' and kind = 'tell-plans' and performed_at is null`,
    );
  const [effect] = await owed();
  const effectId = effect?.effect_id ?? '';
  expect(effectId).toBe('owed/2/plans');
  await expect(deliverMessage(database, { clinic: 'northside', effectId, at: NOW })).rejects.toThrow(
    'tells nobody anything',
  );
  await markPerformed(database, { clinic: 'southside', effectId, at: NOW });
  expect(await owed()).toHaveLength(1);
  await markPerformed(database, { clinic: 'northside', effectId, at: NOW });
  expect(await owed()).toEqual([]);
});
