import type { Instant } from '../model/primitives.schema.ts';
import type { GoalDefinition } from '../pathway/goals.schema.ts';
import { type Draft, tell, write } from './draft.ts';
import type { Counted } from './due-anchors.ts';
import { Concern, type ObjectiveState } from './goal-state.schema.ts';
import { idOf, type Sited, type Standing, sitesOf, standingOf, timingOf } from './objectives.ts';
import { askAPerson, outside } from './outside.ts';
import type { PlanState } from './plan-state.schema.ts';
import { askReviewNow } from './reviews.ts';
import { isCourseOver } from './running-tracks.ts';
import { cancelTask } from './tasks.ts';

/**
 * Objectives are looked at as long as the plan goes on, off its course too, and hold nothing. Each change of one is
 * written down once; what is late, lost, without effect, or due and not known, somebody is asked about, until it is not so
 * any more or they have dealt with it.
 */
export function keepObjectives(draft: Draft): void {
  const { pathway, state } = draft;
  if (isCourseOver(pathway, state)) {
    endGoals(draft);
    return;
  }
  const kept = new Set<string>();
  for (const goal of pathway.goals)
    for (const objective of goal.objectives)
      for (const sited of sitesOf(pathway, draft.state, objective)) {
        kept.add(idOf(sited));
        keepObjective(draft, goal, sited);
      }
  forgetOthers(draft, kept);
}

/** When time alone changes one. */
export function objectiveEdges(plan: Counted): Instant[] {
  const { pathway, state, now } = plan;
  if (isCourseOver(pathway, state)) return [];
  const all = pathway.goals.flatMap(({ objectives }) =>
    objectives.flatMap((objective) => sitesOf(pathway, state, objective)),
  );
  return all
    .map((sited) => standingOf(plan, sited))
    .flatMap(({ dueAt, askedFrom, validUntil }) => [dueAt, askedFrom, validUntil])
    .filter((at) => at !== undefined)
    .filter((at) => at > now);
}

function keepObjective(draft: Draft, goal: GoalDefinition, sited: Sited): void {
  const id = idOf(sited);
  const known = draft.state.objectives[id];
  const found = standingOf(draft, sited);
  const standing = { ...found, ...asBefore(known, found) };
  const { achievement, concern, latest } = standing;
  const state: ObjectiveState = {
    achievement,
    ...(concern === undefined ? {} : { concern }),
    on: [...(latest?.events ?? [])],
  };
  if (JSON.stringify(known) !== JSON.stringify(state))
    draft.state = { ...draft.state, objectives: { ...draft.state.objectives, [id]: state } };
  if (known?.achievement !== achievement || known.concern !== concern)
    announce(draft, { goal, sited, standing, known });
  follow(draft, { goal, sited, standing, known });
}

/** What was said on an observation stands until there is another: that it grows old does not unsay it. */
function asBefore(
  known: ObjectiveState | undefined,
  { ineffective, concern, latest }: Standing,
): Pick<ObjectiveState, 'achievement' | 'concern'> | undefined {
  const isSame = JSON.stringify(known?.on) === JSON.stringify(latest?.events);
  const isStill = known?.concern === 'ineffective' && ineffective === 'unknown' && concern !== 'lost';
  return isSame && isStill ? { achievement: known.achievement, concern: known.concern } : undefined;
}

interface Change {
  readonly goal: GoalDefinition;
  readonly sited: Sited;
  readonly standing: Standing;
  readonly known: ObjectiveState | undefined;
}

const SAYS: Readonly<Record<Concern, string>> = {
  lost: 'was reached, and is so no more',
  ineffective: 'the treatment has no effect on it',
  late: 'not reached by its day',
  unknown: 'its day has come, and it is not known',
};

const titleOf = ({ objective: { title }, site }: Sited): string =>
  site === undefined ? title : `${title} (${site})`;

/** Reached, or worse than before: whoever leads hears it at once. */
function announce(draft: Draft, { goal, sited, standing, known }: Change): void {
  const { achievement, concern, baseline, latest, progress, dueAt } = standing;
  if (!known && achievement === 'in-progress' && concern === undefined) return;
  const timing = achievement === 'achieved' ? timingOf(standing) : undefined;
  const words = [achievement, timing, concern && SAYS[concern]].filter(Boolean).join(', ');
  const says = `${titleOf(sited)}: ${words}`;
  const { objective, measure, target } = sited.objective;
  const details = {
    ...{ goal: goal.goal, objective, area: sited.site, achievement, concern },
    ...{ measure, target, baseline, latest, progress, dueAt },
  };
  write(draft, { kind: 'objective.changed', says, details });
  if (known?.achievement === achievement || !isTold(achievement)) return;
  tell(draft, { roles: [goal.role], subject: titleOf(sited), says });
}

const isTold = (achievement: Standing['achievement']): boolean =>
  achievement === 'achieved' || achievement === 'worsening';

/** The plan's review is asked at once where the treatment has no effect; else whoever leads looks at it. */
function follow(draft: Draft, { goal, sited, standing, known }: Change): void {
  const { concern } = standing;
  for (const one of Concern.options)
    if (one !== concern) cancelTask(draft, outside(taskOf(idOf(sited), one)));
  if (concern === undefined) return;
  if (concern === 'unknown') {
    askForMeasure(draft, sited);
    return;
  }
  if (known?.concern === concern) return;
  if (concern === 'ineffective' && askReviewNow(draft, taskOf(idOf(sited), concern))) return;
  askAPerson(draft, taskOf(idOf(sited), concern), {
    title: `${titleOf(sited)}: ${SAYS[concern]}`,
    role: goal.role,
    within: draft.pathway.clinic.waits.deviation,
  });
}

/** Of whoever supplies it, again and again until it is known. */
function askForMeasure(draft: Draft, sited: Sited): void {
  const { pathway } = draft;
  const { measure } = sited.objective;
  const definition = pathway.fact(pathway.derived(measure)?.of ?? measure);
  if (!definition) return;
  const { fact, ask } = definition;
  askAPerson(draft, taskOf(idOf(sited), 'unknown'), {
    title: `${titleOf(sited)}: ${SAYS.unknown}: please supply ${fact}`,
    role: ask.role,
    within: ask.within,
  });
}

const PREFIX = 'goal/';
const taskOf = (id: string, concern: Concern): string => `${PREFIX}${id}/${concern}`;

/** A plan that was broken off has no goals any more; one that came to its end leaves open what somebody owes. */
function endGoals(draft: Draft): void {
  if (draft.state.chart !== 'completed') cancelGoalTasks(draft, () => true);
}

/** What the plan's version does not have: it is about another site, or another objective. */
function forgetOthers(draft: Draft, kept: ReadonlySet<string>): void {
  const { objectives }: PlanState = draft.state;
  const others = Object.keys(objectives).filter((id) => !kept.has(id));
  if (others.length === 0) return;
  for (const id of others) cancelGoalTasks(draft, (task) => task.startsWith(outside(`${PREFIX}${id}/`)));
  const more = Object.entries(objectives).filter(([id]) => kept.has(id));
  draft.state = { ...draft.state, objectives: Object.fromEntries(more) };
}

function cancelGoalTasks(draft: Draft, isMeant: (task: string) => boolean): void {
  const ids = Object.keys(draft.state.tasks).filter((id) => id.startsWith(outside(PREFIX)) && isMeant(id));
  for (const id of ids) cancelTask(draft, id);
}
