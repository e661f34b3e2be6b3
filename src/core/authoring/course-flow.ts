import type { Alert, IntervalRule } from '../pathway/rules.schema.ts';
import { leadsTo } from './bearing.ts';
import { itemsIn, stagesIn } from './course-items.ts';
import type { Report } from './issues.ts';
import { ANYWHERE, type Lead } from './lower-action.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';

interface Flow {
  readonly file: PathwayFile;
  readonly course: LoweredCourse;
  readonly leads: readonly Lead[];
  /** All that bear on the course, each with the decision that it asks. */
  readonly intervals: readonly IntervalRule[];
  readonly alerts: readonly Alert[];
}

/** Every loop has a number, and whatever stands there is reached. */
export function checkFlow(flow: Flow, report: Report): void {
  checkReached(flow, report);
  checkCycles(flow, report);
  checkWayBack(flow, report);
}

/** From one named decision to another, wherever in a chain. */
const decides = ({ asker, step }: Lead): readonly [from: string | undefined, to: string] | undefined =>
  step.do === 'decide'
    ? [asker.kind === 'named decision' ? asker.decision : undefined, step.decision]
    : undefined;

function checkReached({ file, leads }: Flow, report: Report): void {
  const { decisions = [] } = file;
  const edges = leads.flatMap((lead) => {
    const edge = decides(lead);
    return edge ? [edge] : [];
  });
  const reached = new Set([
    ...decisions.flatMap(({ decision, on }) => (on ? [decision] : [])),
    ...edges.flatMap(([from, to]) => (from === undefined ? [to] : [])),
  ]);
  for (const name of reached) for (const [from, to] of edges) if (from === name) reached.add(to);
  for (const [index, { decision }] of decisions.entries()) {
    if (reached.has(decision)) continue;
    report(['decisions', index, 'decision'], new Refused('CC1073', `nothing asks \`${decision}\``));
  }
}

/** Persons could be asked one after the other without end. */
function checkCycles({ leads }: Flow, report: Report): void {
  const next = new Map<string, Set<string>>();
  const leadsBack = (from: string, to: string): boolean => {
    const ahead = new Set([to]);
    for (const name of ahead) for (const one of next.get(name) ?? []) ahead.add(one);
    return ahead.has(from);
  };
  for (const lead of leads) {
    const [from, to] = decides(lead) ?? [];
    if (from === undefined || to === undefined) continue;
    if (leadsBack(from, to)) {
      const says = `\`${to}\` leads back to \`${from}\`, time and again`;
      report([...lead.path, 'decide'], new Refused('CC1072', says, 'let it lead somewhere else'));
    } else next.set(from, new Set([...(next.get(from) ?? []), to]));
  }
}

/** Who goes to a stage without a number comes from before it, whatever asked; and nobody goes from one course to another. */
function checkWayBack(flow: Flow, report: Report): void {
  const { file, leads } = flow;
  const items = itemsIn(file);
  const places = placesOf(flow);
  for (const { asker, step, isFollowed, path } of leads) {
    if (step.do === 'exit' && isFollowed) {
      const from = asker.kind === 'named decision' ? [...(places.get(asker.decision) ?? [])] : [asker.at];
      if (from.some((at) => items[at]?.track !== undefined)) report([...path, 'then'], WITH_THE_PLAN, 'key');
    }
    if (step.do !== 'to') continue;
    const target = placeOf(flow, step.stage);
    const from = asker.kind === 'named decision' ? [...(places.get(asker.decision) ?? [])] : [asker.at];
    if (target < 0) continue;
    if (from.some((at) => items[at]?.track !== items[target]?.track)) {
      report([...path, 'to'], elsewhere(step.stage, items[target]?.track));
      continue;
    }
    if (step.atMost !== undefined || !from.some((at) => at >= target)) continue;
    const says = `\`${step.stage}\` can lie behind the plan here: it could be done without end`;
    report([...path, 'to'], new Refused('CC1072', says, 'add `atMost: n`'));
  }
}

const WITH_THE_PLAN = new Refused(
  'CC1083',
  'a track comes back with the plan, and goes on where it was',
  'leave `then` out: it is decided again once the plan is back',
);

const elsewhere = (stage: string, track: string | undefined): Refused =>
  new Refused(
    'CC1083',
    `\`${stage}\` stands in ${track === undefined ? 'the main course' : `the track \`${track}\``}, and this can be asked outside of it`,
    'let it lead to a stage of its own course',
  );

const placeOf = ({ file }: Flow, stage: string): number =>
  stagesIn(file).find(({ item }) => item.stage === stage)?.at ?? -1;

/** The places of the course at which each named decision can be asked. */
function placesOf(flow: Flow): ReadonlyMap<string, ReadonlySet<number>> {
  const { course, leads, intervals, alerts } = flow;
  const places = new Map<string, Set<number>>();
  const add = (decision: string, at: Iterable<number>): boolean => {
    const known = places.get(decision) ?? new Set();
    const before = known.size;
    for (const one of at) known.add(one);
    places.set(decision, known);
    return known.size > before;
  };
  const at = (stage: string): number => placeOf(flow, stage);
  for (const interval of intervals) {
    const { ifLate } = interval;
    if (!ifLate || !('decide' in ifLate)) continue;
    add(
      ifLate.decide,
      course.stages.filter((stage) => leadsTo(interval, stage)).map(({ stage }) => at(stage)),
    );
  }
  for (const { decide } of alerts) if (decide !== undefined) add(decide, [ANYWHERE]);
  let hasGrown = true;
  while (hasGrown) {
    hasGrown = false;
    for (const { asker, step } of leads) {
      if (step.do !== 'decide') continue;
      const from = asker.kind === 'named decision' ? [...(places.get(asker.decision) ?? [])] : [asker.at];
      if (add(step.decision, from)) hasGrown = true;
    }
  }
  return places;
}
