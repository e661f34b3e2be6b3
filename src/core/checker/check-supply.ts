import type { Duration } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { leavesOf, tasksIn } from '../pathway/conditions.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD, COORDINATOR, PATIENT_ROLES } from '../pathway/roles.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { subjectOf } from './check-flow.ts';
import { daysOf, inWords } from './days.ts';
import { counted, type Finding, type Looked, quoted } from './finding.ts';
import { type GateFact, gateFacts } from './gate-facts.ts';
import { firstOf, journeysOf, lastOf, leastOf } from './journeys.ts';

/** Gates whose supply is looked at. */
const MOST_GATES = 100;

/**
 * Whatever a gate asks is recorded by somebody's task before it, and not so long before that it is too old by then; else
 * it is asked for once the gate is, which is said.
 */
export function checkSupply(pathway: Pathway): Looked {
  const all = pathway.stages.filter(({ elsewhere }) => !elsewhere);
  const gates = all.slice(0, MOST_GATES);
  const asked = gates.map((stage) => ({ stage, facts: gateFacts(pathway, stage) }));
  const names = new Set(asked.flatMap(({ facts }) => facts.map(({ fact }) => fact)));
  const old = asked.flatMap(({ stage, facts }) => tooOld(pathway, stage, facts));
  return {
    findings: [
      ...old,
      ...asked.flatMap(({ facts }) => hoursOrDays(facts)),
      ...[...names].flatMap((fact) => onlyAsked(fact, asked, pathway)),
      ...pathway.compiled.decisions.flatMap((decision) => undecidable(decision, names, pathway)),
    ],
    explored: [
      `${counted(names.size, 'fact')} asked at ${counted(gates.length, 'gate')}`,
      ...(all.length > MOST_GATES ? [`not all: the pathway has ${all.length} gates`] : []),
    ],
  };
}

interface AskedAt {
  readonly stage: StageDefinition;
  readonly facts: readonly GateFact[];
}

/** Gates at which a fact is asked that nothing before them records. */
function onlyAsked(fact: string, asked: readonly AskedAt[], pathway: Pathway): Finding[] {
  const definition = pathway.fact(fact);
  const at = asked.filter(({ facts }) => facts.some((one) => one.fact === fact));
  const unsupplied = at.filter(({ stage }) => recordedFor(pathway, stage, fact).length === 0);
  if (!definition || unsupplied.length === 0) return [];
  const { stage, facts } = unsupplied[0] ?? { stage: undefined, facts: [] };
  const by = facts.find((one) => one.fact === fact)?.by.name;
  const { role, within } = definition.ask;
  const stages = quoted(unsupplied.map((one) => one.stage.stage));
  const place = { kind: 'stage', name: stage?.stage ?? '' };
  if (!hasSupplier(definition, pathway)) {
    const says = `nobody of the team supplies \`${fact}\`, which \`${by}\` asks at ${stages}: no task records it, and the ${role} who is asked is not of the team`;
    const help = `add the ${role} to \`team\`, or \`records: [${fact}]\` to a task before it`;
    return [{ code: 'CC1236', severity: 'warning', at: place, says, help }];
  }
  const says = `\`${fact}\` is asked by \`${by}\` at ${stages}, and no task before it records it: the ${role} is asked, and has ${inWords(within)}`;
  return [{ code: 'CC1235', severity: 'note', at: place, says }];
}

/** Facts that a decision waits for, and nobody has; what a gate asks as well is said of the gate. */
function undecidable(
  { decision, needs, by }: DecisionDefinition,
  said: ReadonlySet<string>,
  pathway: Pathway,
): Finding[] {
  const rows = by.kind === 'table' ? pathway.table(by.table).rows : [];
  const asked = [...needs, ...rows.flatMap(({ when }) => leavesOf(when).map(({ fact }) => fact))];
  const facts = new Set(asked.map((fact) => pathway.derived(fact)?.of ?? fact));
  return [...facts].flatMap((fact): Finding[] => {
    const definition = pathway.fact(fact);
    if (!definition || said.has(fact) || hasSupplier(definition, pathway)) return [];
    const says = `nobody of the team supplies \`${fact}\`, which has to be known for \`${decision}\`: no task records it, and the ${definition.ask.role} who is asked is not of the team`;
    const help = `add the ${definition.ask.role} to \`team\`, or \`records: [${fact}]\` to a task before it`;
    return [{ code: 'CC1236', severity: 'warning', at: subjectOf(pathway.compiled, decision), says, help }];
  });
}

function hasSupplier({ fact, ask: { role } }: FactDefinition, { compiled }: Pathway): boolean {
  const others: readonly string[] = [COORDINATOR, CLINICAL_LEAD, ...PATIENT_ROLES];
  const isRecorded = tasksIn(compiled).some(({ records }) => records.includes(fact));
  return isRecorded || others.includes(role) || compiled.team.includes(role);
}

/** Work before a stage's gate, and how many days before it at the least. */
interface Recording {
  readonly days: number;
  readonly task: TaskDefinition;
}

/** What records a fact before a gate: at the gate itself, beside the course, or earlier. */
function recordedFor(pathway: Pathway, stage: StageDefinition, fact: string): Recording[] {
  const { compiled } = pathway;
  const records = (tasks: readonly TaskDefinition[], days: number): Recording[] =>
    tasks.filter((task) => task.records.includes(fact)).map((task) => ({ days, task }));
  const { beforeEach, prep = [] } = stage;
  const others = pathway.stages.filter((one) => one !== stage);
  return [
    ...records([...beforeEach, ...prep, ...compiled.alongside], 0),
    ...records([...compiled.consultation, ...compiled.assessment], leastBefore(pathway, undefined, stage)),
    ...others.flatMap((one) => {
      const tasks = [
        ...one.beforeEach,
        ...(one.prep ?? []),
        ...one.afterEach,
        ...one.closure,
        ...one.recovery,
        ...(one.period?.tasks ?? []),
      ];
      const days = leastBefore(pathway, one, stage);
      return Number.isFinite(days) ? records(tasks, days) : [];
    }),
    // What comes after one session comes before the next.
    ...records([...stage.afterEach, ...stage.closure, ...stage.recovery], 0).filter(
      () => stage.sessions !== 1 || stage.list !== undefined,
    ),
  ];
}

/** How many days lie between a stage and the next at the least, on the way where they are fewest; infinite: on no way. */
function leastBefore(pathway: Pathway, from: StageDefinition | undefined, to: StageDefinition): number {
  const ofTo = pathway.trackOf(to.stage);
  // Between a track and the course there is no order: what is done along the one may come right before the other.
  if (from && pathway.trackOf(from.stage) !== ofTo) return 0;
  const days = journeysOf(pathway.line(ofTo)).flatMap((journey) => {
    const { stages } = journey;
    const first = from ?? stages[0];
    if (
      !first ||
      !stages.includes(to) ||
      stages.indexOf(first) < 0 ||
      stages.indexOf(first) > stages.indexOf(to)
    )
      return [];
    if (first === to) return [0];
    const begin = from ? lastOf(first.stage) : firstOf(first.stage);
    return [leastOf(journey, begin).get(firstOf(to.stage)) ?? 0];
  });
  return days.length === 0 ? (from ? Number.POSITIVE_INFINITY : 0) : Math.min(...days);
}

/** Facts whose freshest recording before a gate is too old when it is asked; those of one task and rule in one. */
function tooOld(pathway: Pathway, stage: StageDefinition, facts: readonly GateFact[]): Finding[] {
  const groups = new Map<string, Stale[]>();
  for (const asked of facts) {
    const stale = staleAt(pathway, stage, asked);
    const key = `${stale?.best.task.task} ${asked.by.name}`;
    const known = groups.get(key) ?? [];
    if (stale && !known.some(({ fact }) => fact === asked.fact)) groups.set(key, [...known, stale]);
  }
  return [...groups.values()].flatMap((all) => sayStale(stage, all));
}

interface Stale extends GateFact {
  readonly best: Recording;
  readonly limit: Duration;
}

const ageOf = ({ days, task }: Recording): number => days + windowOf(task);

function staleAt(pathway: Pathway, stage: StageDefinition, asked: GateFact): Stale | undefined {
  const [best] = recordedFor(pathway, stage, asked.fact).toSorted((one, other) => ageOf(one) - ageOf(other));
  const limit = best && asked.goodFor.find((one) => !isWithin(ageOf(best), one));
  return best && limit ? { ...asked, best, limit } : undefined;
}

function sayStale({ stage }: StageDefinition, all: readonly Stale[]): Finding[] {
  const [first] = all;
  if (!first) return [];
  const { best, limit, by } = first;
  const facts = quoted(all.map(({ fact }) => fact));
  const isOfWindow = windowOf(best.task) > 0;
  const when = isOfWindow ? ', if it is done on its first day' : ' at the least';
  const says = `${facts} can be too old when \`${stage}\` asks it: \`${best.task.task}\` records it ${counted(ageOf(best), 'day')} before${when}, and \`${by.name}\` takes it for ${inWords(limit)}`;
  const help = isOfWindow
    ? 'let the window of the task begin later, or take the fact for longer'
    : `record ${facts} once more in \`prep\` or \`beforeEach\` of \`${stage}\``;
  const code = isOfWindow ? 'CC1228' : 'CC1229';
  return [{ code, severity: 'warning', at: { kind: 'stage', name: stage }, says, help }];
}

/** On how many days before the gate a task may be done at the earliest; 0 where it does not say. */
function windowOf({ when }: TaskDefinition): number {
  if (!('due' in when) || !('before' in when.due)) return 0;
  const { from, to } = when.due;
  return daysOf(from ?? to, 'long');
}

const HOURS = 24;

/** Good to the end of the last day; of hours, to the minute: on the day before, a whole day may have gone by. */
function isWithin(days: number, limit: Duration): boolean {
  if (limit.unit !== 'hour' && limit.unit !== 'minute') return days <= daysOf(limit, 'short');
  const hours = limit.unit === 'hour' ? limit.count : limit.count / 60;
  return days === 0 || hours >= HOURS * (days + 1);
}

/** Of an age in hours and one in days, neither need be the stricter. */
function hoursOrDays(facts: readonly GateFact[]): Finding[] {
  const seen = new Set<string>();
  return facts.flatMap(({ fact, by, goodFor }): Finding[] => {
    const hours = goodFor.find(({ unit }) => unit === 'hour');
    const days = goodFor.find(({ unit }) => unit !== 'hour' && unit !== 'minute');
    if (!hours || !days || seen.has(`${fact} ${by.name}`)) return [];
    seen.add(`${fact} ${by.name}`);
    const least = HOURS * daysOf(days, 'short');
    if (hours.count <= least || hours.count >= least + HOURS) return [];
    const says = `\`${fact}\` is good for ${inWords(hours)} by the one and ${inWords(days)} by the other, and which is less hangs on the hour of the day`;
    const help = 'count both in hours, or both in days';
    return [{ code: 'CC1221', severity: 'warning', at: by, says, help }];
  });
}
