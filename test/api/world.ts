import { pino } from 'pino';
import { withOtherPlans } from '../../activities/other-plans.ts';
import { receive } from '../../activities/receive.ts';
import { createApi } from '../../src/api/api.ts';
import { createLocalIssuer, type LocalIssuer } from '../../src/api/local-issuer.ts';
import type { PlanEvent } from '../../src/core/model/event.schema.ts';
import { Failure } from '../../src/core/model/failure.ts';
import type { CompiledPathway } from '../../src/core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../../src/core/pathway/pathway.ts';
import type { Effect, PlanKey } from '../../src/core/plan/outcome.schema.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { quarantine, type Step, step } from '../../src/core/plan/step.ts';
import { createSigner, createVerifier, generateSigningKeys } from '../../src/engine/event-signature.ts';
import { tellOtherPlans } from '../../src/engine/other-plans.ts';
import type { PlanMessage } from '../../src/engine/plan-client.ts';
import { inCatalogueUnits } from '../../src/engine/units.ts';
import type { AskedCharge } from '../../src/store/charges.ts';
import { digestOf, eventHash } from '../../src/store/event-hash.ts';
import type { OtherPlans } from '../../src/store/other-plans.ts';
import type { JournalRow, StoredAnswer } from '../../src/store/plans.ts';
import type { Approval, Proposal } from '../../src/store/publications.ts';
import { besideOf } from '../../src/store/version-named.ts';
import { moleRemoval } from '../fixtures/mole-removal.compiled.ts';

/** What stands behind the API of a test: the real core, applied at once, on a store and a queue that are maps. */
export interface World {
  readonly api: Awaited<ReturnType<typeof createApi>>;
  readonly issuer: LocalIssuer;
  readonly plans: Map<string, KeptPlan>;
  readonly log: Record<string, unknown>[];
  readonly digest: string;
  now: string;
  postgres: 'here' | 'away';
  temporal: 'here' | 'away';
  /** While it is away, messages wait in the queue. */
  worker: 'here' | 'away' | 'failing';
  signals: number;
  looks: number;
  /** Runs when a message has reached Temporal, before it is applied. */
  onSignal: (() => void) | undefined;
  drain(): Promise<void>;
  tokenOf(person: string, ...roles: string[]): Promise<string>;
}

interface KeptPlan {
  last: Step;
  readonly answers: Map<string, StoredAnswer>;
  readonly journal: JournalRow[];
}

const nameOf = ({ clinic, planId }: PlanKey): string => `${clinic}/${planId}`;
const eventName = ({ source, id }: { source: string; id: string }): string => `${source} ${id}`;

const askedBy = (
  { id, charge, asks, says, amount, reference }: Extract<Effect, { kind: 'charge' }>,
  { planId, patient, now }: PlanState,
  number: number,
): AskedCharge => ({
  ...{ number, effectId: id, planId, patient, charge, asks, says, askedAt: now },
  ...amount,
  reference: reference ?? null,
});

export const START_OF_TEST = '2026-03-02T14:00:00.000Z';

export async function createWorld(
  options: {
    answerWithinMs?: number;
    issuer?: boolean;
    compiled?: CompiledPathway;
    /** Other versions, published before or after the one that plans start on. */
    others?: readonly CompiledPathway[];
  } = {},
): Promise<World> {
  const { compiled = moleRemoval, others: versions = [] } = options;
  const digest = digestOf(compiled);
  const published = new Map([compiled, ...versions].map((one) => [digestOf(one), one]));
  const loaded = new Map([...published].map(([of, one]) => [of, loadPathway(one)]));
  const load = async (clinic: string, asked: string): Promise<Pathway> => {
    const found = clinic === 'northside' ? loaded.get(asked) : undefined;
    if (found) return found;
    throw new Failure('CC4003', `No pathway with digest ${asked} is published.`);
  };
  const proposals = new Map<string, Proposal & { compiled: CompiledPathway; approval?: Approval }>();
  const waiting = () => [...proposals.values()].filter(({ approval }) => !approval);
  const summaryOf = ([of, { pathway, version, title }]: [string, CompiledPathway]) => ({
    ...{ id: pathway, version, digest: of, title },
    publishedAt: START_OF_TEST,
    author: 'carechart',
    plans: 0,
  });
  const [eventKeys, issuerKeys] = [generateSigningKeys(), generateSigningKeys()];
  const verifier = await createVerifier(eventKeys.publicKey);
  const queue: { key: PlanKey; message: PlanMessage }[] = [];
  const waiters = new Set<() => void>();
  const log: Record<string, unknown>[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(JSON.parse(line)) });

  const apply = async (key: PlanKey, message: PlanMessage): Promise<void> => {
    const kept = world.plans.get(nameOf(key));
    const state = kept?.last.state;
    const sequence = (state?.sequence ?? 0) + 1;
    const pathway = await load(key.clinic, state?.pathway.digest ?? digest);
    const clinic = kept && pathway.clinic;
    const received = await receive(
      { kind: 'signal', body: JSON.parse(JSON.stringify(message)) },
      { key, sequence, clinic, verifier, now: world.now },
    );
    if (kept?.answers.has(eventName(received))) return;
    if (!state && received.type !== 'startPlan') return;
    const ports = { loadPathway: load, readOthers: others.performed, logger };
    const event = await withOtherPlans(ports, key, { pathway, state: state ?? null, event: received });
    const taken =
      world.worker === 'failing' && state
        ? quarantine(pathway, state, event, world.now)
        : step(
            pathway,
            state,
            inCatalogueUnits(pathway, event),
            world.now,
            await besideOf(load, key.clinic, event),
          );
    keep(kept, key, event, taken);
    if (!taken.effects.some(({ kind }) => kind === 'tell-plans')) return;
    const client = {
      send: async (to: PlanKey, told: PlanMessage) => queue.push({ key: to, message: told }) > 0,
    };
    await tellOtherPlans({ ...ports, ...others, plans: { resume: async () => undefined }, client }, key);
  };
  const statesBeside = ({ clinic, planId }: PlanKey, patient: string | undefined): PlanState[] =>
    [...world.plans.values()]
      .map(({ last: { state } }) => state)
      .filter((one) => one.clinic === clinic && one.patient === patient && one.planId !== planId);
  const others: OtherPlans = {
    performed: async (key, patient) =>
      statesBeside(key, patient).map(({ planId, overlay, performed }) => ({
        ...{ planId, digest, overlay, performed },
      })),
    running: async (key) =>
      statesBeside(key, world.plans.get(nameOf(key))?.last.state.patient)
        .filter(({ status }) => status === 'active' || status === 'on-hold')
        .map(({ planId }) => ({ planId, digest })),
  };
  const keep = (kept: KeptPlan | undefined, key: PlanKey, event: PlanEvent, taken: Step): void => {
    const plan: KeptPlan = kept ?? { last: taken, answers: new Map(), journal: [] };
    plan.last = taken;
    const { sequence } = taken.state;
    plan.answers.set(eventName(event), { answer: taken.answer, sequence, hash: eventHash(event) });
    plan.journal.push(
      ...taken.journal.map(({ at, kind, actor, says, details }, entry) => ({
        sequence,
        entry,
        at,
        kind,
        actor,
        says,
        details,
      })),
    );
    for (const one of taken.effects)
      if (one.kind === 'charge') asked.push(askedBy(one, taken.state, asked.length + 1));
    world.plans.set(nameOf(key), plan);
    for (const wake of waiters) wake();
  };
  const take = async (key: PlanKey, message: PlanMessage): Promise<void> => {
    if (world.temporal === 'away') throw new Failure('CC5001', 'Temporal did not answer: 127.0.0.1:7233');
    world.signals += 1;
    world.onSignal?.();
    queue.push({ key, message });
    if (world.worker !== 'away') await world.drain();
  };
  const fromPostgres = async <T>(read: () => T | Promise<T>): Promise<T> => {
    world.looks += 1;
    if (world.postgres === 'away') throw new Error('connect ECONNREFUSED 127.0.0.1:5432');
    return read();
  };

  /** What the plans have asked for, in the order in which they did. */
  const asked: AskedCharge[] = [];
  const issuer = await createLocalIssuer({ keys: issuerKeys, clinic: 'northside', now: () => world.now });
  const api = await createApi({
    charges: {
      after: (clinic, { after, limit }) =>
        fromPostgres(() =>
          clinic === 'northside' ? asked.filter(({ number }) => number > after).slice(0, limit) : [],
        ),
    },
    plans: {
      answerTo: (key, event) =>
        fromPostgres(() => world.plans.get(nameOf(key))?.answers.get(eventName(event))),
      read: (key) =>
        fromPostgres(() => {
          const state = world.plans.get(nameOf(key))?.last.state;
          return state && { state, head: 'head' };
        }),
      resume: (key) =>
        fromPostgres(() => {
          const state = world.plans.get(nameOf(key))?.last.state;
          return state && { state, head: 'head', pending: [] };
        }),
      list: (clinic, { limit, status, after }) =>
        fromPostgres(() =>
          [...world.plans.values()]
            .map(({ last: { state } }) => ({
              planId: state.planId,
              patient: state.patient,
              pathway: state.pathway.id,
              version: state.pathway.version,
              status: state.status,
              phase: state.chart,
              phaseSince: state.enteredAt[state.chart] ?? state.startedAt,
              nextDueAt:
                Object.values(state.waits)
                  .map(({ dueAt }) => dueAt)
                  .sort()[0] ?? null,
              escalation: state.escalation,
              holds: Object.keys(state.holds),
              startedAt: state.startedAt,
              clinic: state.clinic,
            }))
            .filter((row) => row.clinic === clinic && (status === undefined || row.status === status))
            .map(({ clinic: _clinic, ...row }) => row)
            .sort((one, other) => sortKey(one).localeCompare(sortKey(other)))
            .filter((row) => after === undefined || sortKey(row) > sortKey(after))
            .slice(0, limit),
        ),
      journal: (key, { limit, afterSequence }) =>
        fromPostgres(() =>
          (world.plans.get(nameOf(key))?.journal ?? [])
            .filter(({ sequence }) => sequence > afterSequence)
            .slice(0, limit),
        ),
    },
    otherPlans: {
      performed: (key, patient) => fromPostgres(() => others.performed(key, patient)),
      running: (key) => fromPostgres(() => others.running(key)),
    },
    definitions: {
      load: (clinic, asked) => fromPostgres(() => load(clinic, asked)),
      list: (clinic) =>
        fromPostgres(() => {
          const { author: _author, plans: _plans, ...offered } = summaryOf([digest, compiled]);
          return clinic === 'northside' ? [offered] : [];
        }),
      versions: (clinic, pathway) =>
        fromPostgres(() =>
          (clinic === 'northside' ? [...published].map(summaryOf) : []).filter(({ id }) => id === pathway),
        ),
    },
    publications: {
      propose: (proposed, author, at) =>
        fromPostgres(() => {
          const { pathway: id, version, title } = proposed;
          const made = { id, version, title, author, digest: digestOf(proposed), proposedAt: at };
          const twin = [...proposals.values()].find((one) => one.id === id && one.version === version);
          if (twin && twin.digest !== made.digest) throw new Failure('CC1181', 'taken');
          const kept = twin ?? { ...made, zone: proposed.clinic.timeZone, compiled: proposed };
          proposals.set(kept.digest, kept);
          return kept;
        }),
      waiting: (_clinic, pathway) => fromPostgres(() => waiting().filter(({ id }) => id === pathway)),
      approve: (_clinic, asked, approval) =>
        fromPostgres(() => {
          const found = proposals.get(asked);
          if (!found || found.approval) throw new Failure('CC1184', 'gone');
          proposals.set(asked, { ...found, approval });
        }),
    },
    notifications: {
      next: (_event, withinMs) =>
        new Promise((resolve) => {
          const wake = (): void => {
            clearTimeout(timer);
            waiters.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, withinMs);
          waiters.add(wake);
        }),
    },
    client: {
      start: async (key, message) => {
        if (world.plans.has(nameOf(key))) return 'running';
        await take(key, message);
        return 'started';
      },
      send: async (key, message) => {
        const isOnItsWay = queue.some((one) => nameOf(one.key) === nameOf(key));
        if (!isOnItsWay && !world.plans.has(nameOf(key)) && world.temporal === 'here') return false;
        await take(key, message);
        return true;
      },
      ping: async () => {
        if (world.temporal === 'away') throw new Failure('CC5001');
      },
    },
    signer: await createSigner(eventKeys.privateKey),
    signIn: issuer,
    issuer: options.issuer === false ? undefined : issuer,
    clinic: { clinic: 'northside', roles: compiled.clinic.roles },
    database: { ping: () => fromPostgres(() => undefined) },
    logger,
    now: () => world.now,
    answerWithinMs: options.answerWithinMs,
  });
  const world: World = {
    api,
    issuer,
    log,
    digest,
    plans: new Map(),
    now: START_OF_TEST,
    postgres: 'here',
    temporal: 'here',
    worker: 'here',
    signals: 0,
    looks: 0,
    onSignal: undefined,
    async drain() {
      for (let next = queue.shift(); next; next = queue.shift()) await apply(next.key, next.message);
    },
    tokenOf: async (person, ...roles) => (await issuer.issue({ id: person, roles })).token,
  };
  return world;
}

const sortKey = ({ nextDueAt, planId }: { nextDueAt: string | null; planId: string }): string =>
  `${nextDueAt ?? '9999'} ${planId}`;
