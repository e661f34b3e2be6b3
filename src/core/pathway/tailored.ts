import type { CareDefinition } from './care.schema.ts';
import type { CompiledPathway, CourseItem, StageDefinition } from './compiled.schema.ts';
import { textOf } from './figure-values.ts';
import type { Length } from './figures.schema.ts';
import type { Overlay } from './overlay.schema.ts';
import { loadPathway, type Pathway } from './pathway.ts';
import { ExitName, type IntervalRule } from './rules.schema.ts';
import type { TaskDefinition } from './work.schema.ts';

/** So many plans that differ from one pathway are kept ready to run; others are made ready again when they come. */
const KEPT = 100;

const kept = new WeakMap<Pathway, Map<string, Pathway>>();

/**
 * A pathway as one plan has it. Whoever looks at a plan with its pathway looks at it so, and knows of nothing else.
 * @param pathway - as it was published, or as this plan or another has it
 * @returns the published one itself, where the plan has nothing otherwise
 */
export function tailored(pathway: Pathway, overlay: Overlay): Pathway {
  const published = pathway.published ?? pathway;
  if (isEmpty(overlay)) return published;
  const known = kept.get(published) ?? new Map<string, Pathway>();
  kept.set(published, known);
  const text = JSON.stringify(overlay);
  const found = known.get(text) ?? loadPathway(patched(published.compiled, overlay), published);
  // What was asked for last is thrown out last.
  known.delete(text);
  known.set(text, found);
  for (const oldest of known.keys()) if (known.size > KEPT) known.delete(oldest);
  return found;
}

const isEmpty = ({
  intervals,
  tasks,
  addedTasks,
  skippedStages,
  addedStages,
  objectives,
}: Overlay): boolean =>
  Object.keys(intervals).length === 0 &&
  Object.keys(objectives).length === 0 &&
  Object.keys(tasks).length === 0 &&
  addedTasks.length === 0 &&
  skippedStages.length === 0 &&
  addedStages.length === 0;

/** The compiled form with all that the plan has otherwise: stages first, for what else is otherwise may be theirs. */
export function patched(compiled: CompiledPathway, overlay: Overlay): CompiledPathway {
  const whole = overlay.addedStages.reduce(withStage, compiled);
  const lists = listsOf(overlay);
  const stages = whole.stages.map((stage) => {
    const of = (phase: string, tasks: readonly TaskDefinition[]) => lists(`${stage.stage}.${phase}`, tasks);
    const own: StageDefinition = {
      ...stage,
      beforeEach: of('ready', stage.beforeEach),
      afterEach: of('session', stage.afterEach),
      ...(stage.prep ? { prep: of('prep', stage.prep) } : {}),
      closure: of('closure', stage.closure),
      recovery: of('recovery', stage.recovery),
      ...(stage.period ? { period: { ...stage.period, tasks: of('period', stage.period.tasks) } } : {}),
    };
    return overlay.skippedStages.includes(stage.stage) ? { ...own, skipped: true as const } : own;
  });
  const exits = { ...whole.exits };
  for (const exit of ExitName.options)
    exits[exit] = { ...exits[exit], tasks: lists(exit, exits[exit].tasks) };
  return {
    ...whole,
    stages,
    intervals: whole.intervals.map((rule) => withLengths(rule, overlay.intervals[rule.rule])),
    consultation: lists('consultation', whole.consultation),
    assessment: lists('assessment', whole.assessment),
    alongside: lists('course', whole.alongside),
    maintenance: whole.maintenance.map((one) => ({
      ...one,
      tasks: lists(`${one.maintenance}.maintenance`, one.tasks),
    })),
    exits,
    goals: whole.goals.map((goal) => ({
      ...goal,
      objectives: goal.objectives.map((one) => ({ ...one, ...overlay.objectives[one.objective] })),
    })),
  };
}

/** A list of work as the plan has it. */
const listsOf =
  ({ tasks: changed, addedTasks }: Overlay) =>
  (list: string, tasks: readonly TaskDefinition[]): TaskDefinition[] => {
    const added = addedTasks.filter((one) => one.list === list).map((one) => one.task);
    return [...tasks, ...added].flatMap((task) => {
      const change = changed[`${list}/${task.task}`];
      if (change === undefined) return [task];
      const { role = task.role, when = task.when } = change === 'dropped' ? {} : change;
      return change === 'dropped' ? [] : [{ ...task, role, when }];
    });
  };

/** Its title says what is this patient's own: whoever is refused, or asks why, reads it there. */
function withLengths(rule: IntervalRule, own: Overlay['intervals'][string] | undefined): IntervalRule {
  if (!own) return rule;
  const { minimum, recommended, latest } = own;
  const said = [
    minimum && `at least ${lengthText(minimum)} (pathway: ${lengthText(rule.minimum)})`,
    recommended && `best ${windowText(recommended)} (pathway: ${windowText(rule.recommended)})`,
    latest && `at most ${lengthText(latest)} (pathway: ${lengthText(rule.latest)})`,
  ];
  const says = said.filter((one) => one !== undefined).join(', ');
  return {
    ...rule,
    minimum: minimum ?? rule.minimum,
    ...(recommended ? { recommended } : {}),
    ...(latest ? { latest } : {}),
    title: `${rule.title}; for this patient: ${says}`,
  };
}

/** As it is written in a file. */
export const lengthText = (length: Length | undefined): string => {
  if (!length) return 'none';
  return 'figure' in length ? `the ${length.figure}` : textOf({ kind: 'duration', lasts: length });
};

export const windowText = (window: IntervalRule['recommended']): string =>
  window ? `${lengthText(window.from)} to ${lengthText(window.to)}` : 'none';

type Added = Overlay['addedStages'][number];

/** Of a stage that is done as another is: what it has a decision of its own for. */
export const ownDecision = (decision: string, stage: string): string => `${decision}-${stage}`;

/**
 * A stage like another: its procedure, consent, anaesthesia, table and work. Its decisions are asked by names of their
 * own, so that an answer about the one is none about the other; what keeps the other apart from anything keeps it apart.
 */
function withStage(compiled: CompiledPathway, { stage, like, title, after }: Added): CompiledPathway {
  const model = compiled.stages.find((one) => one.stage === like);
  if (!model) return compiled;
  const { onlyFor: _forEveryone, onlyWhen: _always, skipped: _notThis, ...same } = model;
  const renamed = (name: string | undefined) => (name === undefined ? undefined : ownDecision(name, stage));
  const [reassess, decidedBefore, decidedAfter] = [
    renamed(model.reassess),
    renamed(model.decidedBefore),
    renamed(model.decidedAfter),
  ];
  const added: StageDefinition = {
    ...same,
    stage,
    title: title ?? model.title,
    ...(reassess === undefined ? {} : { reassess }),
    ...(decidedBefore === undefined ? {} : { decidedBefore }),
    ...(decidedAfter === undefined ? {} : { decidedAfter }),
  };
  const asked = [model.reassess, model.decidedBefore, model.decidedAfter];
  const inserted = (course: readonly CourseItem[]): CourseItem[] =>
    course.flatMap((item) => (item.name === after ? [item, { kind: 'stage', name: stage }] : [item]));
  const course = inserted(compiled.course);
  const tracks = compiled.tracks.map((track) => ({ ...track, course: inserted(track.course) }));
  const order = [course, ...tracks.map((track) => track.course)].flat().map(({ name }) => name);
  return {
    ...compiled,
    stages: [...compiled.stages, added].toSorted(
      (one, other) => order.indexOf(one.stage) - order.indexOf(other.stage),
    ),
    course,
    tracks,
    decisions: [
      ...compiled.decisions,
      ...compiled.decisions
        .filter(({ decision }) => asked.includes(decision))
        .map((one) => ({ ...one, decision: ownDecision(one.decision, stage) })),
    ],
    intervals: [...compiled.intervals, ...compiled.intervals.flatMap((rule) => alike(rule, like, stage))],
    care: [...compiled.care, ...compiled.care.flatMap((one) => careAlike(one, like, stage))],
  };
}

/** What is done at home after the one is done after the other. */
function careAlike(care: CareDefinition, like: string, stage: string): CareDefinition[] {
  const [of, list] = care.belongsTo.split('.');
  return of === like && list !== undefined ? [{ ...care, belongsTo: `${stage}.${list}` }] : [];
}

/**
 * What is counted from a stage, or towards it, is counted from the one like it and towards it as well. Between the two,
 * only the minimum: within which time one of them follows the other says nothing of what was added.
 */
function alike(rule: IntervalRule, like: string, stage: string): IntervalRule[] {
  const isFrom = rule.from.kind === 'stage' && rule.from.stage === like;
  const isTo = rule.to.kind === 'stage' && rule.to.stage === like;
  const from = rule.from.kind === 'stage' && isFrom ? { ...rule.from, stage } : rule.from;
  const to = isTo ? { kind: 'stage' as const, stage } : rule.to;
  if (!isFrom && !isTo) return [];
  const { recommended: _best, latest: _latest, ifLate: _ifLate, ...least } = rule;
  const between = isFrom && isTo;
  return [
    { ...rule, rule: `${rule.rule}-${stage}`, from, to },
    ...(between ? [{ ...least, rule: `${rule.rule}-before-${stage}`, to }] : []),
    ...(between ? [{ ...least, rule: `${rule.rule}-after-${stage}`, from }] : []),
  ];
}
