import { Engine } from 'json-rules-engine';
import type { FactDefinition, LoweredCondition } from '../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../src/core/plan/plan-state.schema.ts';
import { findingsAt } from '../../src/core/plan/scope.ts';
import { step } from '../../src/core/plan/step.ts';
import { type Judgement, judge, type Reader } from '../../src/core/rules/condition.ts';
import { CLINICAL_OPERATORS } from '../../src/core/rules/operators.ts';
import { ACTOR, historyEvents, startEvent } from '../carechart/events.ts';
import { benchPathway, randomFrom, randomValue, ruleFacts } from '../carechart/pathway.ts';
import { atMost, type MeasureReport, rowsOf } from '../report.ts';
import type { Settings } from '../settings.ts';
import { alternate } from '../statistics.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const NOW = `${TODAY}T12:00:00.000Z`;
const rules = benchPathway.contraindications;

/** A patient as json-rules-engine takes one: the very values that an operator sees. */
type Patient = Readonly<Record<string, unknown>>;

const comparable = ({ is }: FactDefinition, value: unknown): unknown =>
  is.kind === 'date' || is.kind === 'date or never' ? { date: value, today: TODAY } : value;

function randomPatient(random: () => number): Patient {
  return Object.fromEntries(
    ruleFacts.map((fact) => [fact.fact, comparable(fact, randomValue(fact, random, TODAY))]),
  );
}

/** Reads a patient who is all there: what json-rules-engine reads too. */
export function plainReader(patient: Patient): Reader {
  return {
    read: ({ fact }) => ({
      known: true,
      comparable: patient[fact],
      provenance: { value: String(patient[fact]), source: 'laboratory', observedAt: NOW },
    }),
    changesAt: () => undefined,
  };
}

export const judgeAll = (reader: Reader): Judgement[] => rules.map(({ when }) => judge(when, reader));

export function peerEngine(): Engine {
  const engine = new Engine();
  for (const operator of CLINICAL_OPERATORS) engine.addOperator(operator);
  for (const { rule, when } of rules) {
    if ('fact' in when) throw new Error('a rule begins with all, any or not');
    engine.addRule({ name: rule, conditions: when, event: { type: rule } });
  }
  return engine;
}

/** Microseconds of processor time a call: on a shared machine the clock on the wall tells of others. */
export async function timed(forMs: number, work: () => unknown): Promise<number> {
  const begun = process.cpuUsage();
  let calls = 0;
  let spent = 0;
  while (spent < forMs * 1000) {
    for (let burst = 0; burst < 10; burst += 1) {
      const going = work();
      if (going instanceof Promise) await going;
    }
    calls += 10;
    const { user, system } = process.cpuUsage(begun);
    spent = user + system;
  }
  return spent / calls;
}

/** A worker runs for weeks: what its first seconds cost, while code is still being compiled, is no part of it. */
export async function warmUp(quick: boolean, sides: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (let round = 0; round < (quick ? 1 : 10); round += 1) for (const side of sides) await side();
}

export async function measureRules({ rounds, quick }: Settings): Promise<MeasureReport> {
  const random = randomFrom(7);
  const patients = Array.from({ length: 64 }, () => randomPatient(random));
  const disagreements = await compareVerdicts(patients);
  const engine = peerEngine();
  const readers = patients.map(plainReader);
  const { pathway, state } = planWithHistory();
  const forMs = quick ? 150 : 400;
  let turn = 0;
  const next = <T>(list: readonly T[]): T => {
    turn += 1;
    return list[turn % list.length]!;
  };
  const ours = async () => ({
    plain: await timed(forMs, () => judgeAll(next(readers))),
    plan: await timed(forMs, () => {
      const arrived = asItArrives(state);
      return pathway.stages.flatMap((stage) =>
        findingsAt(pathway, arrived, { stage, now: NOW, gate: 'procedure' }),
      );
    }),
  });
  const bare = async () => {
    const us = await timed(forMs, () => engine.run(next(patients) as Record<string, unknown>));
    return { plain: us, plan: us };
  };
  await warmUp(quick, [ours, bare]);
  const measured = await alternate(rounds, { ours, bare });
  const goal = { of: 'ratio', is: 'at most', limit: 1 / 15, binds: true } as const;
  return {
    id: 'P1',
    title: '50 rules with full explanation, outside a workflow',
    work: `${rules.length} rules of ${leavesOf(rules.map(({ when }) => when))} conditions, on 64 random patients in turn`,
    bare: 'json-rules-engine, one Engine reused, the same lowered conditions and operators',
    rounds,
    rows: rowsOf(measured, [
      { name: 'plain', what: 'facts at hand: the same work', unit: 'µs', goals: [atMost(25), goal] },
      {
        name: 'plan',
        what: 'facts of a plan: newest of each, freshness, windows, what would clear it (healthy patient)',
        unit: 'µs',
      },
    ]),
    checks: {
      'verdicts and leaves as json-rules-engine has them':
        disagreements.length === 0 || disagreements.join('; '),
    },
    notMeasured: ['facts that are missing or stale: json-rules-engine has no third value to compare with'],
  };
}

/** A state comes out of history anew for each event: nothing that was worked out for the last one is of use. */
export const asItArrives = (state: PlanState): PlanState => ({
  ...state,
  observations: { ...state.observations },
});

const leavesOf = (conditions: readonly LoweredCondition[]): number =>
  conditions.reduce((sum, condition) => {
    if ('fact' in condition) return sum + 1;
    return (
      sum +
      leavesOf('all' in condition ? condition.all : 'any' in condition ? condition.any : [condition.not])
    );
  }, 0);

/** A plan in its consultation whose facts are all there and fresh. */
export function planWithHistory() {
  const pathway = loadPathway(benchPathway);
  const reference = { id: benchPathway.pathway, version: benchPathway.version, digest: '0'.repeat(64) };
  let state: PlanState | undefined;
  for (const event of [startEvent('p', reference), ...historyEvents()]) {
    state = step(pathway, state, { ...event, actor: ACTOR }, NOW).state;
  }
  if (!state) throw new Error('the plan has started');
  return { pathway, state, now: NOW };
}

interface PeerNode {
  readonly all?: readonly PeerNode[];
  readonly any?: readonly PeerNode[];
  readonly not?: PeerNode;
  readonly fact?: string;
  readonly result?: boolean;
}

/** Every verdict, and every leaf that json-rules-engine evaluated, in order. */
async function compareVerdicts(patients: readonly Patient[]): Promise<string[]> {
  const found: string[] = [];
  for (const [number, patient] of patients.entries()) {
    const { results, failureResults } = await peerEngine().run(patient as Record<string, unknown>);
    const peers = new Map([...results, ...failureResults].map((result) => [result.name, result]));
    const reader = plainReader(patient);
    for (const { rule, when } of rules) {
      const mine = judge(when, reader);
      const peer = peers.get(rule);
      if (!peer) found.push(`patient ${number}: ${rule} has no result`);
      else if ((mine.result === 'met') !== peer.result)
        found.push(`patient ${number}: ${rule} is ${mine.result}`);
      else if (!leavesAgree(mine, peerLeaves(peer.conditions as PeerNode)))
        found.push(`patient ${number}: a leaf of ${rule}`);
    }
  }
  return found;
}

const peerLeaves = (node: PeerNode): PeerNode[] =>
  node.fact === undefined
    ? (node.all ?? node.any ?? (node.not ? [node.not] : [])).flatMap(peerLeaves)
    : [node];

const leavesAgree = ({ evidence }: Judgement, leaves: readonly PeerNode[]): boolean =>
  evidence.length === leaves.length &&
  leaves.every(({ fact, result }, index) => {
    const mine = evidence[index];
    return mine?.fact === fact && (result === undefined || (mine?.result === 'met') === result);
  });
