// Run by `node tools/keep-histories.js`, never by the tests: makes the kept histories anew, on a system of its own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { compileFolder } from '../../src/engine/content.ts';
import { Caller, eventually, observation, type Sent } from '../server/support/caller.ts';
import { publish } from '../server/support/plans.ts';
import { ROOT } from '../server/support/program.ts';
import type { StepRow } from '../server/support/refold.ts';
import { System } from '../server/support/system.ts';
import { dayOn, daysLater } from '../support/wall-calendar.ts';
import { historyToJson } from './support/history-json.ts';
import { HISTORIES, type KeptName, type KeptPlan } from './support/kept-plan.ts';

jest.setTimeout(900_000);

/** What names a machine, and what stands in its place. */
const MACHINE: Readonly<Record<string, string | undefined>> = { identity: 'kept', stackTrace: '' };

const now = new Date();
const today = dayOn(now.toISOString(), 'America/New_York');
const twoDaysAgo = daysLater(today, { count: -2, unit: 'day' });
const yesterday = new Date(now.getTime() - 86_400_000).toISOString();
const minute = { count: 1, unit: 'minute' } as const;

const moleRemoval = compileFolder(ROOT).find(({ pathway }) => pathway === 'mole-removal');
if (!moleRemoval) throw new Error('the clinic has no pathway');

/** The same in minutes, so that ladders are climbed while one looks on. */
const inMinutes: CompiledPathway = {
  ...moleRemoval,
  pathway: 'mole-removal-in-minutes',
  clinic: {
    ...moleRemoval.clinic,
    ladders: moleRemoval.clinic.ladders.map((ladder) => ({
      ...ladder,
      rungs: [
        { at: { when: 'due' }, tell: ['owner'], raise: 0 },
        { at: { when: 'late', by: minute }, tell: ['coordinator'], raise: 1 },
      ],
      everyFurther: minute,
    })),
  },
  facts: moleRemoval.facts.map((fact) => ({ ...fact, ask: { ...fact.ask, within: minute } })),
  consultation: moleRemoval.consultation.map((task) => ({
    ...task,
    when: { due: { to: minute, after: 'plan start' } },
  })),
};

const sent = (id: string, type: string, data: unknown): Sent => ({ id, source: 'test', type, data });
const bloodThinner = (id: string, value: string): Sent => observation(id, value);
/** Observed yesterday: of one day two values would be in conflict. */
const bloodThinnerBefore = (id: string, value: string): Sent =>
  sent(id, 'observation.recorded', {
    observations: [{ fact: 'bloodThinner', value, observedAt: yesterday }],
  });
const historyTaken = sent('history-taken', 'task.completed', { task: 'consultation/history' });
const start = (id: string): Sent => sent(id, 'startProcedure', { stage: 'excision' });
const consented = sent('consented', 'consent.recorded', {
  form: 'mole-excision-consent',
  by: 'patient',
  signedOn: today,
});
const performed = sent('performed', 'procedure.performed', { stage: 'excision', performedOn: today });
const stitchesOut = sent('stitches-out', 'task.completed', { task: 'excision.recovery/stitches' });

async function send(caller: Caller, planId: string, events: readonly (readonly [Sent, object])[]) {
  for (const [event, answers] of events) {
    expect((await caller.send(planId, event)).body).toMatchObject(answers);
  }
}

const accepted = { outcome: 'accepted' };
const refused = { code: 'CC3001' };
const toCompletion: readonly (readonly [Sent, object])[] = [
  [start('too-early'), { code: 'CC3002' }],
  [historyTaken, { phase: 'excision.ready' }],
  [start('unknown-blood-thinner'), refused],
  [bloodThinnerBefore('taken-lately', twoDaysAgo), accepted],
  [start('held'), refused],
  [bloodThinner('never-taken', 'never'), accepted],
  [start('without-consent'), refused],
  [consented, accepted],
  [start('all-clear'), { phase: 'excision.procedure' }],
  [performed, { phase: 'excision.recovery' }],
  [stitchesOut, { phase: 'completed' }],
];

const workflowIdOf = (planId: string): string => `plan/northside/${planId}`;
const sequenceOf = async (system: System, planId: string): Promise<number> => {
  const [row] = await system.rows<{ n: number }>(
    'select max(sequence) as n from carechart.step where plan_id = $1',
    [planId],
  );
  return row?.n ?? 0;
};

/** Everybody's effects performed, and the task that noted it over. */
async function settled(system: System, planId: string): Promise<void> {
  await eventually(
    async () =>
      (
        await system.rows(
          'select 1 from carechart.effect where plan_id = $1 and performed_at is null limit 1',
          [planId],
        )
      ).length === 0,
    30_000,
    'all effects performed',
  );
  await pause(1_000);
}

async function keep(system: System, name: KeptName, planId: string, about: string): Promise<void> {
  await settled(system, planId);
  const steps = await system.rows<StepRow>(
    `select plan_id, sequence, source, event_id, event, now, answer, state, effects, head
     from carechart.step where plan_id = $1 order by sequence`,
    [planId],
  );
  const [definition] = await system.rows<{ compiled: string }>(
    'select d.compiled from carechart.definition d join carechart.plan p using (clinic, digest) where p.plan_id = $1',
    [planId],
  );
  const runs = await runsOf(system, workflowIdOf(planId));
  const kept: KeptPlan = {
    about,
    workflowId: workflowIdOf(planId),
    compiled: JSON.parse(definition?.compiled ?? 'null'),
    steps,
    runs,
  };
  // Who ran it is nobody's business.
  // Who ran it and where stays out of the repository.
  const text = JSON.stringify(kept, (key, value) => MACHINE[key] ?? value, 1);
  writeFileSync(join(HISTORIES, `${name}.json`), `${text}\n`);
}

async function runsOf(system: System, workflowId: string): Promise<KeptPlan['runs']> {
  const { client, connection } = await system.client();
  try {
    const historyOf = (runId?: string) => client.workflow.getHandle(workflowId, runId).fetchHistory();
    const last = await historyOf();
    const runs: KeptPlan['runs'][number][] = [];
    let next = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
    while (next) {
      const history = await historyOf(next);
      runs.push(historyToJson(history));
      next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return runs;
  } finally {
    await connection.close();
  }
}

async function signal(system: System, planId: string, name: string, ...bodies: unknown[]): Promise<void> {
  const { client, connection } = await system.client();
  await client.workflow.getHandle(workflowIdOf(planId)).signal(name, ...bodies);
  await connection.close();
}

test('plans whose runs stay whole', async () => {
  const system = await System.start();
  try {
    await publish(system, inMinutes);
    const caller = await Caller.as(system);
    await caller.startPlan('late', 'mole-removal-in-minutes');
    const startedAt = Date.now();

    await caller.startPlan('straight');
    await send(caller, 'straight', toCompletion);
    await keep(
      system,
      'consultation-to-completed-gate-refused-then-opened',
      'straight',
      'the gate is refused for every reason there is, then opens, and the plan comes to its end',
    );

    await caller.startPlan('poisoned');
    await signal(system, 'poisoned', 'event', 'not an event');
    await signal(system, 'poisoned', 'evnt', { event: bloodThinner('misaddressed', 'never') });
    await signal(system, 'poisoned', '__temporal_evnt', 'a name that Temporal keeps for itself');
    await signal(system, 'poisoned', 'event', { event: start('unsigned') });
    await signal(system, 'poisoned', 'event', {
      event: observation('from-the-laboratory', 'never', 'lab.example'),
    });
    await send(caller, 'poisoned', [
      [sent('no-more', 'cancelPlan', { reason: 'the patient moves' }), accepted],
    ]);
    await keep(
      system,
      'consultation-unreadable-signals-then-cancelled',
      'poisoned',
      'signals that nobody can read or believe are noted, and the plan goes on until it is cancelled',
    );

    const untilRung = async (sequence: number) =>
      eventually(async () => (await sequenceOf(system, 'late')) >= sequence, 90_000, `step ${sequence}`);
    await untilRung(2);
    await send(caller, 'late', [[historyTaken, { phase: 'excision.ready' }]]);
    const heldAt = Date.now();
    expect(heldAt - startedAt).toBeLessThan(110_000);
    await pause(45_000);
    await system.killWorker();
    const faulty = await system.startFaultyWorker(1);
    await faulty.exited;
    const clearing = caller.send('late', bloodThinner('never-taken', 'never'));
    await system.startWorker();
    expect([200, 202]).toContain((await clearing).status);
    await untilRung(5);
    await send(caller, 'late', [
      [bloodThinner('taken-after-all', today), accepted],
      [start('held'), refused],
    ]);
    await keep(
      system,
      'ready-held-and-late-step-adopted-after-a-crash',
      'late',
      'deadlines are missed and their ladders climbed, one step is taken twice because a worker died, and the plan is held',
    );

    await caller.startPlan('outage');
    await system.takeAway('postgresPid');
    await signal(system, 'outage', 'event', { event: observation('while-away', 'never', 'lab.example') });
    await pause(6_000);
    await system.startServers();
    await eventually(async () => (await sequenceOf(system, 'outage')) >= 2, 60_000, 'the store is back');
    await send(caller, 'outage', [[historyTaken, accepted]]);
    await keep(
      system,
      'consultation-store-away-and-back',
      'outage',
      'an event that comes while the store is away waits for it, and is applied once',
    );
  } finally {
    await system.stop();
  }
});

test('plans that are handed over', async () => {
  process.env.CARECHART_RUN_EVENTS = '3';
  const system = await System.start();
  try {
    const caller = await Caller.as(system);
    await caller.startPlan('handed-over');
    await send(caller, 'handed-over', toCompletion);
    await keep(
      system,
      'consultation-to-completed-handed-over-every-third-event',
      'handed-over',
      'a plan is handed over from run to run, whole, from its start to its end',
    );
  } finally {
    delete process.env.CARECHART_RUN_EVENTS;
    await system.stop();
  }
});
