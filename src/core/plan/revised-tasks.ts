import type { ChangeOf } from '../model/plan-change.schema.ts';
import { ALONGSIDE, placeOf } from '../pathway/chart.ts';
import { conditionsOf, leavesOf, tasksIn } from '../pathway/conditions.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { HISTORY, type TaskDefinition } from '../pathway/work.schema.ts';
import { listed } from './border.ts';
import type { Draft } from './draft.ts';
import { along } from './lines.ts';
import { mayRevise } from './may-revise.ts';
import { isBehind } from './plan-lists.ts';
import { readOnce, readWhen, whenText } from './revised-dues.ts';
import { against, type Changed, type Problem, type Revising, unknown, withOverlay } from './revising.ts';
import { cancelTask, chartOf, definitionOf, isOfThisTurn, requestWork } from './tasks.ts';
import { askWorkAnew } from './work-anew.ts';

/** What is to be done for one patient otherwise than the pathway says: when, by whom, at all, or beside it. */

export function reviseTask(revising: Revising, change: ChangeOf<'task'>): Changed {
  const { pathway, state } = revising;
  const { task: id, role } = change;
  const definition = definitionOf(pathway, id);
  if (!definition) return [noTask(pathway, id)];
  const when = readWhen(pathway, definition, change);
  if (when && 'code' in when) return [when];
  if (when === undefined && role === undefined)
    return [unknown(`Say what is otherwise of ${id}: due, every or role.`)];
  const isOpen = state.tasks[id]?.status === 'requested';
  const problems = [
    ...mayRevise(pathway, revising.actor),
    ...noRole(pathway, role),
    ...(isOpen ? [] : underWay(revising, id, definition)),
    ...(role !== undefined && definition.clears
      ? [
          against(
            `${definition.title} clears for anaesthesia: the ${definition.role} does that, and nobody else.`,
          ),
        ]
      : []),
  ];
  if (problems.length > 0) return problems;
  const before = state.overlay.tasks[id];
  const own = {
    ...(before === 'dropped' ? {} : before),
    ...(when ? { when } : {}),
    ...(role === undefined ? {} : { role }),
  };
  const said = [
    when && `${whenText(when)}, not ${whenText(definition.when)}`,
    role !== undefined && `by the ${role}, not the ${definition.role}`,
  ].filter((one) => typeof one === 'string');
  return {
    state: withOverlay(state, { tasks: { ...state.overlay.tasks, [id]: own } }),
    says: `${definition.title} (${id}): ${said.join('; ')}`,
    tell: [...new Set([definition.role, role ?? definition.role])],
    follows: (draft) => {
      // Of several changes of one task the first knows it as it was, and asks for what all of them make of it.
      const [was, is] = [state, draft.state].map(({ waits }) => waits[`task/${id}`]?.generation);
      if (was === is) askWorkAnew(draft, id, definition);
    },
  };
}

export function dropTask(revising: Revising, { task: id }: ChangeOf<'task-dropped'>): Changed {
  const { pathway, state } = revising;
  const definition = definitionOf(pathway, id);
  if (!definition) return [noTask(pathway, id)];
  const { title, role } = definition;
  const isOpen = state.tasks[id]?.status === 'requested';
  const problems = [
    ...mayRevise(pathway, revising.actor),
    ...(isOpen ? [] : underWay(revising, id, definition)),
    ...restsOn(pathway, definition),
    ...leavesNothing(pathway, id, title),
  ];
  if (problems.length > 0) return problems;
  return {
    state: withOverlay(state, { tasks: { ...state.overlay.tasks, [id]: 'dropped' } }),
    says: `${title} (${id}): left out`,
    tell: [role],
    leftOut: { title, about: id },
    follows: (draft) => alongList(draft, pathway, id, () => cancelTask(draft, id)),
  };
}

export function addTask(revising: Revising, change: ChangeOf<'task-added'>): Changed {
  const { pathway, state } = revising;
  const { in: where, task, title, role } = change;
  const list = where === 'alongside' ? ALONGSIDE : where;
  const id = `${list}/${task}`;
  if (!isListToAddTo(pathway, list)) return [unknown(`No work can be added in ${where}.`)];
  if (definitionOf(pathway, id) || state.tasks[id] || task === HISTORY)
    return [unknown(`${where} has a task ${task} already, or the name means something else.`)];
  if (state.overlay.tasks[id])
    return [unknown(`${task} was left out of ${where} for this patient: what is added has another name.`)];
  const when = readOnce(pathway, id, change.due);
  if ('code' in when) return [when];
  const problems = [
    ...mayRevise(pathway, revising.actor),
    ...noRole(pathway, role),
    ...behind(revising, list, where),
  ];
  if (problems.length > 0) return problems;
  const definition: TaskDefinition = {
    ...{ task, title, role, when, ladder: pathway.defaultLadder, records: [] },
  };
  const { addedTasks } = state.overlay;
  return {
    state: withOverlay(state, { addedTasks: [...addedTasks, { list, task: definition }] }),
    says: `${title} (${id}): added, by the ${role}, ${whenText(when)}`,
    tell: [role],
    follows: (draft) =>
      alongList(draft, pathway, id, () => {
        if (draft.state.chart === list) requestWork(draft, list);
      }),
  };
}

/** Runs along the line whose list it is. */
const alongList = (draft: Draft, pathway: Pathway, id: string, act: () => void): void =>
  along(draft, pathway.trackOf(placeOf(chartOf(id)).stage ?? ''), act);

function noTask(pathway: Pathway, id: string): Problem {
  const list = chartOf(id);
  const there = pathway.tasksOf(list).map(({ task }) => `${list}/${task}`);
  return unknown(`The plan's pathway asks for no task ${id}; in that list stand: ${listed(there)}.`);
}

const noRole = ({ clinic }: Pathway, role: string | undefined): Problem[] =>
  role === undefined || clinic.roles.includes(role)
    ? []
    : [unknown(`The clinic has no role ${role}; it has: ${listed(clinic.roles)}.`)];

/** Once done it stays done; what its list belongs to is behind. */
function underWay(revising: Revising, id: string, definition: TaskDefinition): Problem[] {
  const { state } = revising;
  const list = chartOf(id);
  const { [id]: task } = state.tasks;
  const isDone = task?.status === 'completed' && task.repeat === undefined && isOfThisTurn(state, list, task);
  if (isDone) return [against(`${definition.title} is done already.`)];
  return behind(revising, list, list);
}

const behind = (revising: Revising, list: string, where: string): Problem[] =>
  isBehind(revising, list) ? [against(`The plan has left ${where}: what was done there stays.`)] : [];

/** Work is added to a phase that there is, for no phase comes about by it. */
function isListToAddTo(pathway: Pathway, list: string): boolean {
  if (list === 'consultation' || list === 'assessment' || list === ALONGSIDE) return true;
  const [name = '', phase = ''] = list.split('.');
  const stage = pathway.stage(name);
  return (
    stage !== undefined &&
    list === `${name}.${phase}` &&
    (phase === 'prep' ? stage.prep !== undefined : phase === 'closure' || phase === 'recovery')
  );
}

/** A maintenance is there for its work. */
function leavesNothing(pathway: Pathway, id: string, title: string): Problem[] {
  const { maintenance } = placeOf(chartOf(id));
  return maintenance === undefined || pathway.tasksOf(chartOf(id)).length > 1
    ? []
    : [against(`${title} is all that is done in ${maintenance}: have it done less often, or later.`)];
}

/** What a gate, or any other rule, rests on is not left out; nor what clears, or attests what was done before. */
export function restsOn(pathway: Pathway, definition: TaskDefinition): Problem[] {
  const { title, clears, task, records } = definition;
  if (clears) return [against(`${title} clears for anaesthesia, and a gate rests on that.`)];
  if (task === HISTORY)
    return [against(`${title} attests what was done before, and intervals rest on that.`)];
  const others = new Set(
    tasksIn(pathway.compiled)
      .filter((one) => one !== definition)
      .flatMap((one) => one.records),
  );
  return records
    .filter((fact) => !others.has(fact))
    .flatMap((fact) => {
      const reader = readerOf(pathway, fact);
      return reader === undefined
        ? []
        : [against(`${title} alone records ${fact}, and ${reader} rests on that.`)];
    });
}

/** What asks a fact, or something derived from it. */
function readerOf({ compiled, derived }: Pathway, fact: string): string | undefined {
  const isIt = (name: string): boolean => (derived(name)?.of ?? name) === fact;
  const asking = conditionsOf(compiled).find(([, when]) => leavesOf(when).some((leaf) => isIt(leaf.fact)));
  const counting = compiled.intervals.find(({ from }) => from.kind === 'fact' && isIt(from.fact));
  const deciding = compiled.decisions.find(({ needs }) => needs.some(isIt));
  return asking?.[0] ?? counting?.rule ?? deciding?.decision;
}
