import { ALONGSIDE } from '../pathway/chart.ts';
import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { sessionsIn } from '../pathway/pathway.ts';
import { lengthText } from '../pathway/tailored.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import type { PlanState } from './plan-state.schema.ts';
import { shownFigure } from './shown-figures.ts';

/** What a pathway has for a patient, part by part, in words that a clinician reads; nothing of it has begun. */

export interface ProgrammePart {
  readonly says: string;
  readonly part:
    | 'phase'
    | 'stage'
    | 'decision'
    | 'maintenance'
    | 'alongside'
    | 'review'
    | 'choice'
    | 'figure';
  readonly name: string;
  /** The track that it stands in. */
  readonly track?: string;
  readonly tasks?: readonly PrescribedTask[];
}

interface PrescribedTask {
  readonly task: string;
  readonly title: string;
  readonly role: string;
  readonly due: string;
}

interface Prescribed {
  readonly pathway: Pathway;
  readonly state: PlanState;
}

/** In the order in which it would be carried out; then what runs beside it, what is to be chosen, and the figures. */
export function programmeOf(plan: Prescribed): ProgrammePart[] {
  const { pathway } = plan;
  return [
    workOf(plan, 'phase', 'consultation', 'Consultation'),
    workOf(plan, 'phase', 'assessment', 'Assessment'),
    ...itemsOf(plan, pathway.course),
    ...pathway.tracks.flatMap(({ track, title, course }) =>
      itemsOf(plan, course).map((part) => ({ ...part, says: `${title}: ${part.says}`, track })),
    ),
    workOf(plan, 'alongside', ALONGSIDE, 'Beside the course'),
    ...pathway.reviews.map(({ review, every }): ProgrammePart => {
      const says = `${pathway.decision(review).title}, every ${lengthText(every)}`;
      return { says, part: 'review', name: review };
    }),
    ...choicesOf(plan),
    ...figuresOf(plan),
  ].filter(({ part, tasks }) => tasks === undefined || tasks.length > 0 || part === 'stage');
}

const itemsOf = (plan: Prescribed, course: CompiledPathway['course']): ProgrammePart[] =>
  course.map(({ kind, name }) => {
    const { pathway } = plan;
    const stage = pathway.stage(name);
    if (stage) return stageOf(plan, stage);
    if (kind === 'decision') return { says: pathway.decision(name).title, part: kind, name };
    return workOf(plan, 'maintenance', `${name}.maintenance`, pathway.maintenance(name)?.title ?? name);
  });

function stageOf(plan: Prescribed, stage: StageDefinition): ProgrammePart {
  const lists = ['ready', 'prep', 'session', 'closure', 'recovery'].map((list) => `${stage.stage}.${list}`);
  const tasks = lists.flatMap((list) => tasksOf(plan, list));
  const says = `${stage.title}, ${sessionsText(plan, stage)}${tasksText(tasks)}`;
  return { says, part: 'stage', name: stage.stage, tasks };
}

function sessionsText({ pathway, state }: Prescribed, stage: StageDefinition): string {
  const listed = sessionsIn(stage).map(({ title }) => title);
  if (listed.length > 0) return `in ${listed.length} sessions: ${listed.join(', ')}`;
  const what = stage.procedures.join(' and ');
  const { sessions } = stage;
  if (typeof sessions === 'number') return sessions === 1 ? what : `${what}, ${sessions} times`;
  const { title, value } = shownFigure({ pathway, state }, sessions.figure);
  return `${what}, ${value ?? title} times`;
}

function workOf(plan: Prescribed, part: ProgrammePart['part'], chart: string, title: string): ProgrammePart {
  const tasks = tasksOf(plan, chart);
  return { says: `${title}${tasksText(tasks)}`, part, name: chart, tasks };
}

const tasksOf = ({ pathway }: Prescribed, chart: string): PrescribedTask[] =>
  pathway
    .tasksOf(chart)
    .map((one) => ({ task: one.task, title: one.title, role: one.role, due: dueText(one) }));

const tasksText = (tasks: readonly PrescribedTask[]): string =>
  tasks.length === 0
    ? ''
    : `: ${tasks.map(({ title, role, due }) => `${title} (${role}, ${due})`).join('; ')}`;

/** As a file says it: `3 days to 5 days after procedure`, `every 2 days until 10 days after session`. */
export function dueText({ when }: Pick<TaskDefinition, 'when'>): string {
  if ('due' in when) {
    const { from, to } = when.due;
    const length = from ? `${lengthText(from)} to ${lengthText(to)}` : lengthText(to);
    return 'after' in when.due ? `${length} after ${when.due.after}` : `${length} before ${when.due.before}`;
  }
  const { every, from, until } = when;
  const edges = [
    ['from', from],
    ['until', until],
  ] as const;
  const around = edges.flatMap(([word, edge]) =>
    edge ? [` ${word} ${lengthText(edge.by)} after ${edge.after}`] : [],
  );
  return `every ${lengthText(every)}${around.join('')}`;
}

const choicesOf = ({ pathway }: Prescribed): ProgrammePart[] =>
  pathway.choices.map(({ choice, title, made, values }) => ({
    says: `To be chosen in the ${made}: ${title} (${values.map((one) => one.title).join(' or ')})`,
    part: 'choice',
    name: choice,
  }));

const figuresOf = (plan: Prescribed): ProgrammePart[] =>
  plan.pathway.figures.map(({ figure }) => {
    const { title, value = 'as is chosen' } = shownFigure(plan, figure);
    return { says: `${title}: ${value}`, part: 'figure', name: figure };
  });
