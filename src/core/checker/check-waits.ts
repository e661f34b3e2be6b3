import type { Duration } from '../model/primitives.schema.ts';
import type { CareDefinition } from '../pathway/care.schema.ts';
import type { LadderDefinition } from '../pathway/clinic.schema.ts';
import type { CompiledPathway } from '../pathway/compiled.schema.ts';
import { tasksIn } from '../pathway/conditions.ts';
import type { Length } from '../pathway/figures.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import { exceeds, inWords } from './days.ts';
import { lengthsOf } from './figure-reach.ts';
import { counted, type Finding, type Looked } from './finding.ts';

const OWNER = 'owner';

/** Whatever waits is heard of by somebody else than by whoever lets it wait, and what is repeated is done at all. */
export function checkWaits(compiled: CompiledPathway, pathway: Pathway): Looked {
  const { clinic, exits } = compiled;
  const used = ladderNames(compiled);
  const ladders = clinic.ladders.filter(({ ladder }) => used.has(ladder));
  return {
    findings: [
      ...ladders.flatMap(climbsNowhere),
      ...Object.entries(exits).flatMap(([exit, { reviewEvery, closesAfter }]): Finding[] => {
        if (exceeds(reviewEvery, closesAfter) === 'never') return [];
        const says = `nobody looks whether a plan returns from ${exit}: it is closed after ${inWords(closesAfter)}, and looked at every ${inWords(reviewEvery)}`;
        const at = { kind: 'pathway', name: compiled.pathway, path: ['exits', exit, 'reviewEvery'] };
        return [{ code: 'CC1231', severity: 'warning', at, says }];
      }),
      ...spansIn(compiled).flatMap((span) => neverCome(span, pathway)),
      ...compiled.care.flatMap(neverUsed),
      ...tasksIn(compiled).flatMap((task) => [...neverRepeated(task), ...daysAndHours(task)]),
    ],
    explored: [`${counted(ladders.length, 'ladder')} of what waits`],
  };
}

/** What lasts its time, with its work. */
interface Span {
  readonly name: string;
  readonly lasts: Length;
  readonly tasks: readonly TaskDefinition[];
}

const spansIn = ({ maintenance, stages }: CompiledPathway): Span[] => [
  ...maintenance.map(({ maintenance: name, lasts, tasks }) => ({ name, lasts, tasks })),
  ...stages.flatMap(({ stage: name, period }) => (period ? [{ name, ...period }] : [])),
];

/** It is over before what comes round in it has come once. */
function neverCome({ name, lasts, tasks }: Span, pathway: Pathway): Finding[] {
  return tasks.flatMap(({ task, when }): Finding[] => {
    if (!('every' in when) || when.until) return [];
    const span = lengthsOf(pathway, lasts).find((one) => exceeds(when.every, one) !== 'never');
    if (!span) return [];
    const says = `\`${task}\` is done every ${inWords(when.every)}, and \`${name}\` lasts ${inWords(span)}`;
    const at = { kind: 'task', name: task, path: ['every'] };
    return [{ code: 'CC1231', severity: 'warning', at, says }];
  });
}

/** Home care goes on to the end of its last day. */
function neverUsed({ care, from, until }: CareDefinition): Finding[] {
  if (!until || from.after !== until.after || exceeds(from.by, until.by) !== 'always') return [];
  const says = `\`${care}\` is never used: it begins ${inWords(from.by)} after, and ends ${inWords(until.by)} after ${until.after}`;
  return [{ code: 'CC1232', severity: 'error', at: { kind: 'care', name: care, path: ['until'] }, says }];
}

function ladderNames(compiled: CompiledPathway): ReadonlySet<string> {
  const { clinic, decisions, alerts } = compiled;
  const named = [
    ...clinic.ladders.slice(0, 1).map(({ ladder }) => ladder),
    ...[...tasksIn(compiled), ...decisions, ...alerts.flatMap((alert) => alert.do)].map(
      ({ ladder }) => ladder,
    ),
  ];
  const higher = clinic.ladders.flatMap(({ ladder, higherRisk }) =>
    named.includes(ladder) ? (higherRisk ?? []) : [],
  );
  return new Set([...named, ...higher]);
}

/** S6: of its rungs, one at least tells somebody else, whatever is known of the patient. */
function climbsNowhere({ ladder, rungs }: LadderDefinition): Finding[] {
  const others = rungs.filter(({ tell }) => tell.some((role) => role !== OWNER));
  const at = { kind: 'ladder', name: ladder, path: ['steps'] };
  if (others.length === 0) {
    const says = `nobody hears of what waits on the ladder \`${ladder}\` but whoever lets it wait`;
    return [{ code: 'CC1206', severity: 'error', at, says }];
  }
  if (others.some(({ onlyWhen }) => onlyWhen === undefined)) return [];
  const says = `whether anybody else hears of what waits on the ladder \`${ladder}\` hangs on what is known of the patient`;
  return [{ code: 'CC1206', severity: 'warning', at, says }];
}

function neverRepeated({ task, when }: TaskDefinition): Finding[] {
  if (!('every' in when) || !when.from || !when.until || when.from.after !== when.until.after) return [];
  if (exceeds(when.from.by, when.until.by) !== 'always') return [];
  const says = `\`${task}\` is never done: it begins ${inWords(when.from.by)} after, and ends ${inWords(when.until.by)} after ${when.until.after}`;
  return [{ code: 'CC1231', severity: 'error', at: { kind: 'task', name: task, path: ['until'] }, says }];
}

const isHours = ({ unit }: Duration): boolean => unit === 'hour' || unit === 'minute';

/** Hours run through day and night, days end at midnight: a row of the one that ends by the other ends between two. */
function daysAndHours({ task, when }: TaskDefinition): Finding[] {
  if (!('every' in when)) return [];
  const mixed = [when.from, when.until].find(
    (moment) => moment && moment.by.count > 0 && isHours(moment.by) !== isHours(when.every),
  );
  if (!mixed) return [];
  const says = `\`${task}\` counts in ${when.every.unit}s, and begins or ends by ${mixed.by.unit}s`;
  const help = `write both in ${isHours(when.every) ? 'hours' : 'days'}`;
  return [{ code: 'CC1221', severity: 'warning', at: { kind: 'task', name: task }, says, help }];
}
