import { pino } from 'pino';
import { type Advanced, createAdvance } from '../../activities/advance.activities.ts';
import type { SentEvent } from '../../src/core/model/event.schema.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { createSigner, createVerifier } from '../../src/engine/event-signature.ts';
import { commitStep } from '../../src/store/commit.ts';
import { connect } from '../../src/store/database.ts';
import { definitionsOf } from '../../src/store/definitions.ts';
import { otherPlansOf } from '../../src/store/other-plans.ts';
import { plansOf } from '../../src/store/plans.ts';
import { committedText } from '../carechart/committed-text.ts';
import { ACTOR, historyEvents, oneObservation, startEvent } from '../carechart/events.ts';
import { benchPathway, CLINIC } from '../carechart/pathway.ts';
import { clocked, inParallel } from '../concurrency.ts';
import { type MeasureReport, ratioAtMost, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import { alternate, median } from '../statistics.ts';
import type { System } from '../system.ts';

const CONNECTIONS = 12;

export async function measureAdvance({ rounds, quick }: Settings, system: System): Promise<MeasureReport> {
  const { servers, sql } = system;
  const database = connect(servers.databaseUrl, { connections: CONNECTIONS });
  const definitions = definitionsOf(database);
  const reference = await definitions.publish(benchPathway, 'bench', new Date().toISOString());
  const signer = await createSigner(servers.secrets.events.privateKey);
  const spent = { commitMs: 0, calls: 0 };
  const advance = createAdvance({
    loadPathway: definitions.load,
    commit: async (event, step, base) => {
      const begun = performance.now();
      const committed = await commitStep(database, event, step, base);
      spent.commitMs += performance.now() - begun;
      spent.calls += 1;
      return committed;
    },
    readLast: plansOf(database).read,
    readOthers: otherPlansOf(database).performed,
    verifier: await createVerifier(servers.secrets.events.publicKey),
    now: systemClock.now,
    logger: pino({ base: null }, pino.destination(system.logPath('advance'))),
  });

  /** A plan with its history, and the signed events that are yet to come. */
  const planOf = async (planId: string, events: number) => {
    const key = { clinic: CLINIC, planId };
    const sign = async (event: SentEvent) => ({ event, token: await signer.sign(key, event, ACTOR) });
    let last: Advanced['next'];
    const take = async (body: unknown): Promise<void> => {
      const { next } = await advance({
        key,
        state: last?.state ?? null,
        head: last?.head ?? '',
        item: { kind: 'signal', body },
        workflowTime: systemClock.now(),
      });
      last = next;
    };
    for (const event of [startEvent(planId, reference), ...historyEvents()]) await take(await sign(event));
    const bodies = await Promise.all(
      Array.from({ length: events }, (_, index) => sign(oneObservation(index))),
    );
    return { bodies, take };
  };

  const text = committedText();
  const insert = (planId: string, number: number) =>
    sql.query('insert into bench.step values ($1, $2, $3)', [planId, `${number}`, text]);
  const each = quick ? 15 : 60;
  const eachOfMany = quick ? 8 : 30;
  const many = Array.from({ length: CONNECTIONS }, (_, index) => index);
  const run = `${Date.now()}`;

  const ours = async (round: number) => {
    const { bodies, take } = await planOf(`p3-${run}-${round}`, each);
    const times: number[] = [];
    for (const body of bodies) times.push(await clocked(() => take(body)));
    const plans = await Promise.all(many.map((index) => planOf(`p3-${run}-${round}-${index}`, eachOfMany)));
    const ms = await clocked(() =>
      inParallel(plans, async (plan) => {
        for (const body of plan.bodies) await plan.take(body);
      }),
    );
    return { one: median(times), many: (CONNECTIONS * eachOfMany * 1000) / ms };
  };
  const bare = async (round: number) => {
    const times: number[] = [];
    for (let number = 0; number < each; number += 1) {
      times.push(await clocked(() => insert(`p3b-${run}-${round}`, number)));
    }
    const ms = await clocked(() =>
      inParallel(many, async (index) => {
        for (let number = 0; number < eachOfMany; number += 1)
          await insert(`p3b-${run}-${round}-${index}`, number);
      }),
    );
    return { one: median(times), many: (CONNECTIONS * eachOfMany * 1000) / ms };
  };
  await ours(-1);
  await bare(-1);
  const measured = await alternate(rounds, { ours, bare });
  await database.close();
  return {
    id: 'P3',
    title: '`advance`: step and commit, without Temporal',
    work: `a signed observation into a plan of about 10 KB, ${each} one after the other, then ${eachOfMany} into each of ${CONNECTIONS} plans at once`,
    bare: `one committed insert of a row of as many bytes (${text.length}), from as many connections`,
    rounds,
    rows: rowsOf(measured, [
      { name: 'one', what: 'one after the other: median', unit: 'ms', goals: [ratioAtMost(1.5)] },
      {
        name: 'many',
        what: `${CONNECTIONS} at once`,
        unit: 'a second',
        goals: [{ of: 'ratio', is: 'at least', limit: 1 / 1.5, binds: true }],
      },
    ]),
    checks: {},
    details: { meanCommitMsUnderBoth: spent.commitMs / spent.calls },
    notMeasured: ['PostgreSQL on another machine', 'disks that sync slower than this one'],
  };
}
