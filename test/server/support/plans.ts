import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { connect } from '../../../src/store/database.ts';
import { definitionsOf } from '../../../src/store/definitions.ts';
import { planQuery } from '../../../workflows/messages.ts';
import { eventually } from './caller.ts';
import { refold, type StepRow } from './refold.ts';
import type { System } from './system.ts';

export function publish(system: System, compiled: CompiledPathway): Promise<unknown> {
  const database = connect(system.addresses.databaseUrl, { connections: 1 });
  return definitionsOf(database)
    .publish(compiled, 'test', new Date().toISOString())
    .finally(() => database.close());
}

export const stepsOf = (system: System, planId: string): Promise<StepRow[]> =>
  system.rows<StepRow>('select * from carechart.step where plan_id = $1 order by sequence', [planId]);

/**
 * A plan's three witnesses agree, byte for byte: the store's rows, what its workflow holds, and its events run through
 * the core again.
 */
export async function expectOneTruth(system: System, planId: string, isRunning = true): Promise<StepRow[]> {
  const rows = await stepsOf(system, planId);
  expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
  const definitions = await system.rows<{ digest: string; compiled: string }>(
    'select d.digest, d.compiled from carechart.definition d join carechart.plan p using (clinic, pathway) where p.plan_id = $1',
    [planId],
  );
  const versions = new Map(
    definitions.map(({ digest, compiled }) => [digest, loadPathway(JSON.parse(compiled))]),
  );
  expect(refold((digest) => versions.get(digest), rows)).toEqual(rows.map(({ state }) => state));
  if (isRunning) {
    const { client, connection } = await system.client();
    try {
      const held = await eventually(
        () => client.workflow.getHandle(`plan/northside/${planId}`).query(planQuery),
        20_000,
        'the plan answers a query',
      );
      expect(JSON.stringify(held.state)).toBe(rows.at(-1)?.state);
      expect(held).toMatchObject({ head: rows.at(-1)?.head, inbox: 0 });
    } finally {
      await connection.close();
    }
  }
  return rows;
}
