import { isNeverShorter } from '../model/durations.ts';
import { NO_OVERLAY, type Overlay } from '../pathway/overlay.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import type { Interval } from '../pathway/rules.schema.ts';
import { lengthText, tailored } from '../pathway/tailored.ts';
import { intervalFor } from './figures.ts';
import type { PlanState } from './plan-state.schema.ts';
import { isTaken } from './revised-stages.ts';
import { restsOn } from './revised-tasks.ts';
import { chartOf, definitionOf } from './tasks.ts';

/** What one plan has otherwise than its pathway, as it fits another version. */
interface Fitted {
  readonly overlay: Overlay;
  /** What the version asks for more strictly than the plan did: that counts. */
  readonly says: readonly string[];
  readonly missing: readonly string[];
}

/** @param next - the version as it was published */
export function fitOverlay(next: Pathway, state: PlanState, before: Pathway): Fitted {
  const { overlay } = state;
  const unplaced = stagesMissing(next, overlay);
  if (unplaced.length > 0) return { overlay, says: [], missing: unplaced };
  const whole = tailored(next, { ...NO_OVERLAY, addedStages: overlay.addedStages });
  const intervals = fitIntervals(whole, state);
  const tasks = fitTasks(whole, overlay, before);
  return {
    overlay: { ...overlay, intervals: intervals.kept, tasks: tasks.kept },
    says: [...intervals.says, ...tasks.says],
    missing: [...intervals.missing, ...tasks.missing, ...addedMissing(whole, overlay)],
  };
}

function stagesMissing(next: Pathway, { addedStages, skippedStages }: Overlay): string[] {
  const missing: string[] = [];
  let whole = next;
  for (const [index, added] of addedStages.entries()) {
    const { stage, like, after } = added;
    const items = [...whole.course, ...whole.tracks.flatMap(({ course }) => course)];
    const before = items.find(({ name }) => name === after);
    const model = whole.stage(like);
    if (isTaken(whole, stage)) missing.push(`It has a ${stage} of its own, and one was added to this plan.`);
    if (!model) missing.push(`It has no stage ${like}, which ${stage} is done as.`);
    if (model?.list) missing.push(`The sessions of ${like} differ there, and ${stage} is done as it is.`);
    if (!before || before.kind === 'maintenance')
      missing.push(`It has no ${after}, after which ${stage} was added.`);
    if (before?.whether !== undefined)
      missing.push(`${after} decides there whether ${before.whether} is done, and ${stage} comes after it.`);
    if (missing.length > 0) return missing;
    whole = tailored(next, { ...NO_OVERLAY, addedStages: addedStages.slice(0, index + 1) });
  }
  const noMore = skippedStages.filter((stage) => !whole.stage(stage));
  return noMore.map((stage) => `It has no stage ${stage}, which is left out of this plan.`);
}

interface Parts<Own> {
  readonly kept: Record<string, Own>;
  readonly says: string[];
  readonly missing: string[];
}

type OwnInterval = Overlay['intervals'][string];

/** What was made stricter for this patient may not make the version's own rule looser. */
function fitIntervals(next: Pathway, state: PlanState): Parts<OwnInterval> {
  const fitted: Parts<OwnInterval> = { kept: {}, says: [], missing: [] };
  for (const [name, own] of Object.entries(state.overlay.intervals)) {
    const rule = next.intervals.find((one) => one.rule === name);
    if (rule) fitInterval(fitted, { name, own, there: intervalFor(next, state, rule) });
    else fitted.missing.push(`It has no interval ${name}, which is stricter for this patient.`);
  }
  return fitted;
}

function fitInterval(
  { kept, says, missing }: Parts<OwnInterval>,
  { name, own, there }: { readonly name: string; readonly own: OwnInterval; readonly there: Interval },
): void {
  const { minimum, latest, ...more } = own;
  const isStricter = minimum && isNeverShorter(minimum, there.minimum);
  const isEarlier = latest && (!there.latest || isNeverShorter(there.latest, latest));
  if (minimum && !isStricter) {
    if (!isNeverShorter(there.minimum, minimum)) missing.push(notTold(there, 'minimum'));
    says.push(`${there.title}: at least ${lengthText(there.minimum)}, no longer ${lengthText(minimum)}`);
  }
  if (latest && there.latest && !isEarlier) {
    if (!isNeverShorter(latest, there.latest)) missing.push(notTold(there, 'latest'));
    says.push(`${there.title}: at most ${lengthText(there.latest)}, no longer ${lengthText(latest)}`);
  }
  kept[name] = { ...more, ...(isStricter ? { minimum } : {}), ...(isEarlier ? { latest } : {}) };
}

const notTold = ({ title }: Interval, what: 'minimum' | 'latest'): string =>
  `${title}: nobody can tell whether the ${what} of this patient is stricter than that of the version.`;

type OwnTask = Overlay['tasks'][string];

function fitTasks(next: Pathway, { tasks, addedTasks }: Overlay, before: Pathway): Parts<OwnTask> {
  const fitted: Parts<OwnTask> = { kept: {}, says: [], missing: [] };
  const was = before.published ?? before;
  const added = new Map(addedTasks.map(({ list, task }) => [`${list}/${task.task}`, task]));
  for (const [id, own] of Object.entries(tasks)) {
    // What was added goes with the plan, as this plan has it.
    const definition = added.get(id) ?? definitionOf(next, id);
    if (!definition) fitted.missing.push(`It has no task ${id}, which is otherwise in this plan.`);
    else if (own === 'dropped') {
      fitted.missing.push(...restsOn(next, definition).map(({ says }) => says));
      fitted.kept[id] = own;
    } else {
      const { when, role } = own;
      const isSame =
        added.has(id) || JSON.stringify(definitionOf(was, id)?.when) === JSON.stringify(definition.when);
      if (role !== undefined && definition.clears)
        fitted.missing.push(
          `${id} clears for anaesthesia there: the ${definition.role} does that, and nobody else.`,
        );
      if (role !== undefined && !next.clinic.roles.includes(role))
        fitted.missing.push(`It knows no ${role}, who does ${id} in this plan.`);
      if (when && !isSame) fitted.says.push(`${definition.title} is due as the version says`);
      fitted.kept[id] = { ...(role === undefined ? {} : { role }), ...(when && isSame ? { when } : {}) };
    }
  }
  return fitted;
}

function addedMissing(next: Pathway, { addedTasks }: Overlay): string[] {
  return addedTasks.flatMap(({ list, task: { task, role, ladder } }) => {
    const id = `${list}/${task}`;
    const own = definitionOf(next, id)
      ? [`It has a task ${id} of its own, and one was added to this plan.`]
      : [];
    const isList = ['consultation', 'assessment', 'course'].includes(list) || hasChart(next, list);
    return [
      ...own,
      ...(isList ? [] : [`It has no ${chartOf(id)}, to which ${task} was added.`]),
      ...(next.clinic.roles.includes(role) ? [] : [`It knows no ${role}, who does ${id} in this plan.`]),
      ...(next.clinic.ladders.some((one) => one.ladder === ladder)
        ? []
        : [`It has no ladder ${ladder}, which ${id} climbs.`]),
    ];
  });
}

/** Work after each session belongs to no chart state of its own. */
function hasChart(next: Pathway, list: string): boolean {
  const [item = ''] = list.split('.');
  const { chart } = next.line(next.trackOf(item));
  return chart.has(list.replace(/\.session$/, '.procedure'));
}
