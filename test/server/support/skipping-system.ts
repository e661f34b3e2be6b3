import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { SentEvent } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { Answer } from '../../../src/core/plan/outcome.schema.ts';
import { clientDataConverter } from '../../../src/engine/data-converter.ts';
import { createSigner, type EventSigner } from '../../../src/engine/event-signature.ts';
import { createPlanClient, type PlanClient } from '../../../src/engine/plan-client.ts';
import { ensureSecrets } from '../../../src/engine/secrets.ts';
import { ensureTimeSkippingServer } from '../../../src/engine/time-skipping-server.ts';
import { connect, type Database } from '../../../src/store/database.ts';
import { definitionsOf } from '../../../src/store/definitions.ts';
import { startPostgres } from '../../../src/store/embedded-postgres.ts';
import { plansOf } from '../../../src/store/plans.ts';
import { provision } from '../../../src/store/provision.ts';
import { type RunLimits, workflowIdOf } from '../../../workflows/messages.ts';
import { historyToJson } from '../../replay/support/history-json.ts';
import type { HistoryEvent } from '../../replay/support/kept-plan.ts';
import { eventually } from './caller.ts';
import { Program, ROOT } from './program.ts';
import type { StepRow } from './refold.ts';

const CLINIC = 'northside';
const NAMESPACE = 'default';
const TASK_QUEUE = 'carechart';
const PERSON = { id: 'test-coordinator', roles: ['coordinator'], clinic: CLINIC };

interface Parts {
  readonly dataDir: string;
  readonly environment: TestWorkflowEnvironment;
  readonly database: Database;
  readonly plans: PlanClient;
  readonly signer: EventSigner;
}

type Undo = () => unknown;

/** A Carechart whose Temporal skips time when nothing is to be done, with a real PostgreSQL and a worker at its clock. */
export class SkippingSystem {
  readonly #parts: Parts;
  readonly #undo: Undo[];

  private constructor(parts: Parts, undo: Undo[]) {
    this.#parts = parts;
    this.#undo = undo;
  }

  static async start(limits: RunLimits): Promise<SkippingSystem> {
    const undo: Undo[] = [];
    try {
      return new SkippingSystem(await SkippingSystem.#bringUp(limits, undo), undo);
    } catch (error) {
      await undoAll(undo);
      throw error;
    }
  }

  static async #bringUp(limits: RunLimits, undo: Undo[]): Promise<Parts> {
    const onProgress = (): void => undefined;
    const path = await ensureTimeSkippingServer({
      cacheDir: join(homedir(), '.cache/carechart'),
      onProgress,
    });
    const dataDir = mkdtempSync(join(tmpdir(), 'carechart-test-'));
    if (process.env.CARECHART_KEEP === undefined)
      undo.push(() => rmSync(dataDir, { recursive: true, force: true }));
    // Open enough for the user that PostgreSQL runs as.
    chmodSync(dataDir, 0o711);
    const secrets = await ensureSecrets(dataDir);
    const postgres = await startPostgres({ dataDir, onProgress });
    undo.push(() => postgres.stop());
    const databaseUrl = await provision(postgres.superuserUrl, secrets.passwords);
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'existing-path', path } },
    });
    undo.push(() => environment.teardown());
    const { address } = environment;
    const addresses = { databaseUrl, temporalAddress: address, namespace: NAMESPACE };
    const clinic = { clinic: CLINIC, roles: [] };
    writeFileSync(join(dataDir, 'addresses.json'), JSON.stringify({ ...addresses, clinic }));
    const database = connect(databaseUrl, { connections: 2 });
    undo.push(() => database.close());
    const plans = await createPlanClient({ address, namespace: NAMESPACE, taskQueue: TASK_QUEUE, limits });
    undo.push(() => plans.close());
    const signer = await createSigner(secrets.events.privateKey);
    return { dataDir, environment, database, plans, signer };
  }

  async startWorker(): Promise<void> {
    const worker = new Program({
      run: [join(ROOT, 'test/server/support/clocked-worker.mjs'), this.#parts.dataDir],
      log: join(this.#parts.dataDir, 'worker.log'),
    });
    this.#undo.push(() => worker.kill('SIGTERM'));
    await worker.ready;
  }

  /** The server's time, UTC. */
  async now(): Promise<string> {
    return new Date(await this.#parts.environment.currentTimeMs()).toISOString();
  }

  /** Lets time run until then: as fast as it can, but no faster than everything that comes due is done. */
  async skipTo(instant: string): Promise<void> {
    const { environment } = this.#parts;
    await environment.sleep(Date.parse(instant) - (await environment.currentTimeMs()));
  }

  async startPlan(planId: string, compiled: CompiledPathway): Promise<Answer> {
    const { plans, database, signer } = this.#parts;
    const pathway = await definitionsOf(database).publish(compiled, 'test', await this.now());
    const key = { clinic: CLINIC, planId };
    const event: SentEvent = {
      id: `start-${planId}`,
      source: 'test',
      type: 'startPlan',
      data: { planId, patient: `patient-of-${planId}`, pathway },
    };
    await plans.start(key, { event, token: await signer.sign(key, event, PERSON) });
    return this.#answerTo(planId, event);
  }

  async send(planId: string, event: SentEvent): Promise<Answer> {
    const { plans, database, signer } = this.#parts;
    const key = { clinic: CLINIC, planId };
    const token = await signer.sign(key, event, PERSON);
    await plans.send(key, { event, token }, () => plansOf(database).resume(key));
    return this.#answerTo(planId, event);
  }

  async #answerTo(planId: string, event: SentEvent): Promise<Answer> {
    const key = { clinic: CLINIC, planId };
    const find = () => plansOf(this.#parts.database).answerTo(key, event);
    return (await eventually(find, 30_000, `an answer to ${event.id}`)).answer;
  }

  stepsOf(planId: string): Promise<StepRow[]> {
    return this.#parts.database.withClinic(CLINIC, (connection) =>
      connection
        .selectFrom('carechart.step')
        .selectAll()
        .where('plan_id', '=', planId)
        .orderBy('sequence')
        .execute(),
    );
  }

  messagesOf(planId: string): Promise<{ role: string; level: number; told_at: string }[]> {
    return this.#parts.database.withClinic(CLINIC, (connection) =>
      connection
        .selectFrom('carechart.message')
        .select(['role', 'level', 'told_at'])
        .where('plan_id', '=', planId)
        .orderBy('number')
        .execute(),
    );
  }

  /** This server cannot list runs: each names the next. */
  async runsOf(planId: string): Promise<{ events: HistoryEvent[] }[]> {
    const runs: { events: HistoryEvent[] }[] = [];
    const historyOf = (runId?: string) => this.handleOf(planId, runId).fetchHistory();
    const last = await historyOf();
    let next = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
    while (next) {
      const history = await historyOf(next);
      runs.push(historyToJson(history));
      next = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    }
    return runs;
  }

  handleOf(planId: string, runId?: string) {
    const { connection } = this.#parts.environment;
    const client = new Client({ connection, namespace: NAMESPACE, dataConverter: clientDataConverter });
    return client.workflow.getHandle(workflowIdOf({ clinic: CLINIC, planId }), runId);
  }

  stop(): Promise<void> {
    return undoAll(this.#undo);
  }
}

/** The last thing first. */
async function undoAll(undo: Undo[]): Promise<void> {
  for (let last = undo.pop(); last; last = undo.pop()) await last();
}
