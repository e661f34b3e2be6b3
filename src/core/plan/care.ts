import type { Instant } from '../model/primitives.schema.ts';
import { CARE_TIMES, type CareDefinition, type CareLine } from '../pathway/care.schema.ts';
import type { Moment } from '../pathway/work.schema.ts';
import type { CareInForce } from './care.schema.ts';
import { judgeCare } from './care-holds.ts';
import { isFor } from './choices.ts';
import { type Draft, tellPatient, write } from './draft.ts';
import {
  beginsAt,
  type Counted,
  type CountedFor,
  countedFor,
  endsAt,
  hasHappened,
  performedIn,
} from './due-anchors.ts';
import type { PlanState } from './plan-state.schema.ts';
import { roundOf } from './progress.ts';
import { isCourseOver } from './running-tracks.ts';
import { shownFigure } from './shown-figures.ts';

/**
 * What the patient does at home, by date: wherever the plan is, off its course too. It ends with its last day or with the
 * plan; one that names its last day goes on to it when the course is completed before. The patient is told when it begins,
 * ends, and is another.
 */
export function keepCare(draft: Draft): void {
  const due = new Map(careInForce(draft).map((one) => [idOf(one), one]));
  for (const id of Object.keys(draft.state.care)) if (!due.has(id)) end(draft, id);
  for (const [id, definition] of due) keep(draft, id, definition);
  judgeCare(draft);
}

/** `course/home`, `cut.recovery/wound` */
export const idOf = ({ belongsTo, care }: CareDefinition): string => `${belongsTo}/${care}`;

const careInForce = (plan: Counted): CareDefinition[] =>
  plan.pathway.care.filter((definition) => {
    const { from, until } = spanOf(plan, definition);
    return from !== undefined && from <= plan.now && (until === undefined || plan.now < until);
  });

/** Its first instant, absent while nobody knows it, or it is not for this plan; and the first at which it is over. */
export function spanOf(
  plan: Counted,
  definition: CareDefinition,
): { readonly from?: Instant; readonly until?: Instant } {
  const { pathway, state } = plan;
  const until = definition.until && instantOf(plan, definition, definition.until, endsAt);
  const isOver = isCourseOver(pathway, state);
  const outlives = state.chart === 'completed' && until !== undefined;
  if ((isOver && !outlives) || isFor(state, definition.onlyFor) !== true) return {};
  const from = instantOf(plan, definition, definition.from, beginsAt);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** Undefined: what it is counted from has not come. */
function instantOf(
  plan: Counted,
  { belongsTo }: CareDefinition,
  moment: Moment,
  count: typeof beginsAt,
): Instant | undefined {
  const of = ofLastRound(plan.state, countedFor(belongsTo));
  return hasHappened(plan, moment.after, of) ? count(plan, moment, of) : undefined;
}

/** Of a stage that is done again, care after the last time goes on until it has been done once more. */
function ofLastRound(state: PlanState, of: CountedFor): CountedFor {
  const { stage } = of;
  if (stage === undefined) return of;
  let round = roundOf(state, stage);
  while (round > 1 && performedIn(state, { stage, round }).length === 0) round -= 1;
  return { ...of, round };
}

/** The instants at which care begins or ends by time alone. */
export const careEdges = (plan: Counted): Instant[] =>
  plan.pathway.care.flatMap((definition) => {
    const { from, until } = spanOf(plan, definition);
    return [from, until].flatMap((at) =>
      from !== undefined && at !== undefined && at > plan.now ? [at] : [],
    );
  });

type Lines = Pick<CareInForce, 'morning' | 'evening' | 'weekly'>;
type Known = Pick<Counted, 'pathway' | 'state'>;

function keep(draft: Draft, id: string, definition: CareDefinition): void {
  const { care, title, say } = definition;
  const lines = linesOf(draft, definition);
  const known = draft.state.care[id];
  if (known && JSON.stringify(known) === JSON.stringify({ care, since: known.since, ...lines })) return;
  const one: CareInForce = { care, since: known?.since ?? draft.now, ...lines };
  draft.state = { ...draft.state, care: { ...draft.state.care, [id]: one } };
  const says = [...(known ? [] : [say ?? []].flat()), wordsOf(lines)].filter(Boolean).join(' ') || title;
  write(draft, {
    kind: known ? 'care.changed' : 'care.started',
    says: `${known ? 'Home care is another' : 'Home care begins'}: ${title}`,
    details: { care: id, ...lines },
  });
  tellPatient(draft, { subject: known ? `Changed: ${title}` : `From now on: ${title}`, says });
}

function end(draft: Draft, id: string): void {
  const { [id]: ended, ...others } = draft.state.care;
  draft.state = { ...draft.state, care: others };
  const title = draft.pathway.care.find((one) => idOf(one) === id)?.title ?? ended?.care ?? id;
  const says = `Home care is over: ${title}`;
  write(draft, { kind: 'care.ended', says, details: { care: id } });
  tellPatient(draft, { subject: `No longer needed: ${title}`, says });
}

/** What it says for this patient, as far as it is known. */
const linesOf = (plan: Known, definition: CareDefinition): Lines => ({
  morning: linesFor(plan, definition.morning),
  evening: linesFor(plan, definition.evening),
  weekly: linesFor(plan, definition.weekly),
});

/** A figure that says `none` is nothing to use; of one that is not known yet nothing is said. */
const linesFor = (plan: Known, lines: readonly CareLine[]): string[] =>
  lines.flatMap((line) => {
    const text = 'figure' in line ? shownFigure(plan, line.figure).value : line.text;
    return text === undefined || text === 'none' ? [] : [text];
  });

/** The same in words. */
export const careWords = (plan: Known, definition: CareDefinition): string =>
  wordsOf(linesOf(plan, definition));

/** `In the morning: …` */
const wordsOf = (lines: Lines): string =>
  CARE_TIMES.filter((time) => lines[time].length > 0)
    .map((time) => `${TIMES[time]}: ${lines[time].join(', ')}.`)
    .join(' ');

const TIMES = { morning: 'In the morning', evening: 'In the evening', weekly: 'Once a week' } as const;
