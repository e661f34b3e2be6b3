import type { PlanState } from '../plan/plan-state.schema.ts';

/** The names by which a scenario speaks of what a plan has open; their ids are the plan's own affair. */

/** What is asked from outside the course bears the name of what asks it, and a number. */
const OUTSIDE = 'plan/';

const isCalled = (id: string, name: string): boolean => {
  if (id === name || id.endsWith(`/${name}`)) return true;
  if (!id.startsWith(OUTSIDE)) return false;
  const told = id.slice(OUTSIDE.length).replace(/(?:-\d+)+$/, '');
  return (
    told === name || (told.startsWith('alert-') && told.endsWith(`-${name}`)) || told.startsWith(`${name}-`)
  );
};

/** Ids of the open tasks of a name. */
export const openTasksCalled = ({ tasks }: PlanState, name: string): string[] =>
  Object.entries(tasks).flatMap(([id, { status }]) =>
    status === 'requested' && isCalled(id, name) ? [id] : [],
  );

export const openTaskIds = ({ tasks }: PlanState): string[] =>
  Object.keys(tasks).filter((id) => tasks[id]?.status === 'requested');

/** Ids of the open questions of a name: a decision's, a rule's, or what the id begins with. */
export const openQuestionsCalled = ({ questions }: PlanState, name: string): string[] =>
  Object.entries(questions).flatMap(([id, { answer, decision, rule }]) => {
    const isMeant = id === name || decision === name || rule === name || id.split('/')[0] === name;
    return answer === undefined && isMeant ? [id] : [];
  });

export const openQuestionIds = ({ questions }: PlanState): string[] =>
  Object.keys(questions).filter((id) => questions[id]?.answer === undefined);
