import type { Action, ActionStep } from '../pathway/decisions.schema.ts';
import { isAllowed, textOf } from '../pathway/figure-values.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { askedOf } from './boards.ts';
import type { AlertState, Question } from './plan-state.schema.ts';
import { definitionOf, OUTSIDE } from './tasks.ts';
import type { Versions } from './version-places.ts';

/** What somebody owes or has settled for this patient, as far as the other version does not have it. */
export const subjectsMissing = (versions: Versions): string[] => [
  ...tasksMissing(versions),
  ...questionsMissing(versions),
  ...rulesMissing(versions),
  ...settledMissing(versions),
  ...levelsMissing(versions),
];

/** Due once, again and again, or before a booking: a task that waits in one way cannot go on in another. */
function tasksMissing({ before, next, state }: Versions): string[] {
  return Object.entries(state.tasks).flatMap(([id, { status, belongsTo, title }]) => {
    if (status !== 'requested' || belongsTo === OUTSIDE) return [];
    const [known, definition] = [definitionOf(before, id), definitionOf(next, id)];
    if (!definition) return [`It has no task ${id}, which is open: ${title}.`];
    return known && wayOf(known) !== wayOf(definition)
      ? [`The task ${id}, which is open, is due in another way there.`]
      : [];
  });
}

type Definition = NonNullable<ReturnType<typeof definitionOf>>;
const wayOf = ({ when }: Definition): string =>
  'every' in when ? 'every' : 'before' in when.due ? 'before' : 'after';

/** Who is asked, and for which word, was told to them: it is answered as it was asked. */
function questionsMissing({ next, state }: Versions): string[] {
  return Object.entries(state.questions).flatMap(([id, question]) => {
    if (question.answer) return [];
    const missing = [...decisionMissing(next, question), ...actionMissing(next, question.rest?.action ?? [])];
    return missing.map((says) => `Of the open question ${id}: ${says}`);
  });
}

function decisionMissing(next: Pathway, { decision: name, rule, roles, outcomes }: Question): string[] {
  const noRule = rule === undefined || hasRule(next, rule) ? [] : [`it has no rule ${rule}.`];
  if (name === undefined) return noRule;
  if (!hasDecision(next, name)) return [...noRule, `it has no decision ${name}.`];
  const { by, outcomes: there } = next.decision(name);
  return [
    ...noRule,
    ...(isSame(roles, askedOf(by))
      ? []
      : [`${name} is asked of the ${askedOf(by).join(' and the ')} there.`]),
    ...(isSame(outcomes, Object.keys(there)) ? [] : [`${name} has other outcomes there.`]),
  ];
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join() === other.toSorted().join();

const actionMissing = (next: Pathway, action: Action): string[] =>
  action
    .flatMap((step) => ('atEnd' in step ? [step, ...(step.atEnd ?? [])] : [step]))
    .flatMap((step) => stepMissing(next, step));

function stepMissing(next: Pathway, step: ActionStep): string[] {
  const unless = (isThere: boolean, what: string): string[] => (isThere ? [] : [`it has no ${what}.`]);
  switch (step.do) {
    case 'to':
      return unless(next.stage(step.stage) !== undefined, `stage ${step.stage}`);
    case 'next stage':
      return step.stage === undefined
        ? []
        : unless(next.stage(step.stage) !== undefined, `stage ${step.stage}`);
    case 'decide':
      return unless(hasDecision(next, step.decision), `decision ${step.decision}`);
    case 'choose':
      return unless(next.choice(step.choice) !== undefined, `choice ${step.choice}`);
    case 'ask':
      return unless(next.clinic.roles.includes(step.role), `role ${step.role}`);
    case 'start':
      return unless(
        next.tracks.some(({ track }) => track === step.track),
        `track ${step.track}`,
      );
    case 'limit':
      return unless(
        levelsOf(next, step.figure).includes(step.level),
        `level ${step.level} of ${step.figure}`,
      );
    case 'lower':
    case 'raise':
      return unless(levelsOf(next, step.figure).length > 0, `levels of ${step.figure}`);
    default:
      return [];
  }
}

const hasDecision = ({ compiled }: Pathway, name: string): boolean =>
  compiled.decisions.some(({ decision }) => decision === name);

function levelsOf({ figures }: Pathway, figure: string): readonly string[] {
  const is = figures.find((one) => one.figure === figure)?.is;
  return is && 'levels' in is ? is.levels : [];
}

function hasRule(next: Pathway, name: string): boolean {
  const others = [...next.eligibility, ...next.intervals, ...next.alerts];
  return (
    next.contraindication(name) !== undefined ||
    others.some(({ rule }) => rule === name) ||
    next.stages.some(({ table }) => table?.table === name)
  );
}

/** What holds a stage, and what somebody was called about who has not dealt with it. */
function rulesMissing({ next, state }: Versions): string[] {
  const { holds, careHolds, alerts, tasks } = state;
  const isOpen = ({ tasks: called }: AlertState): boolean =>
    called.some((task) => tasks[task]?.status === 'requested');
  const holding = Object.entries(holds).filter(([, { kind, rule }]) =>
    kind === 'contraindication'
      ? !next.contraindication(rule)
      : !next.eligibility.some((one) => one.rule === rule),
  );
  const calling = Object.entries(alerts).filter(
    ([id, alert]) => isOpen(alert) && !next.alerts.some(({ rule }) => rule === id.split('/')[0]),
  );
  return [
    ...Object.values(careHolds).flatMap(({ rule, care }) =>
      next.contraindication(rule) ? [] : [`It has no rule ${rule}, which stops ${care}.`],
    ),
    ...holding.map(([id, { rule }]) => `It has no rule ${rule}, which holds ${id}.`),
    ...calling.map(([id]) => `It has no alert ${id}, which has called somebody.`),
  ];
}

/** Choices that were made, and figures that were set. */
function settledMissing({ next, state }: Versions): string[] {
  const choices = Object.entries(state.choices).flatMap(([name, { value }]) => {
    const choice = next.choice(name);
    if (!choice) return [`It has no choice ${name}, which has been made.`];
    return choice.values.some((one) => one.value === value) ? [] : [`${name} cannot be ${value} there.`];
  });
  const figures = Object.entries(state.figures).flatMap(([name, { value }]) => {
    const figure = next.figures.find((one) => one.figure === name);
    if (!figure) return [`It has no figure ${name}, which has been set.`];
    return isAllowed(figure, value) ? [] : [`${name} cannot be ${textOf(value)} there.`];
  });
  return [...choices, ...figures];
}

function levelsMissing({ next, state }: Versions): string[] {
  return Object.entries(state.levels).flatMap(([figure, { level, limit, sessions }]) => {
    const levels = levelsOf(next, figure);
    const changes = Object.values(sessions).flatMap((one) => one.changes);
    const named = [
      level,
      ...(limit === undefined ? [] : [limit]),
      ...changes.flatMap((change) => change.level ?? []),
    ];
    return [...new Set(named)].flatMap((one) =>
      levels.includes(one) ? [] : [`${figure} has no level ${one} there.`],
    );
  });
}
