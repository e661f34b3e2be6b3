import type { LoweredCondition } from '../pathway/facts.schema.ts';
import { misfitsOf, STANDINGS, type Standing } from '../pathway/standings.ts';
import { Anchor, type Moment, type TaskDefinition } from '../pathway/work.schema.ts';
import type { Condition } from './condition.schema.ts';
import { anchorOf } from './due-anchors.ts';
import type { WrittenMoment } from './durations.ts';
import type { Report } from './issues.ts';
import { lowerCondition } from './lower-condition.ts';
import { checkOnlyFor, lowerOnlyFor, refusedOnlyFor } from './lower-only-for.ts';
import { notExecuted, Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Task, Work } from './task.schema.ts';
import { checkAllKnown, checkKnown, checkOnce, keysOf, type Vocabulary } from './vocabulary.ts';

export interface TaskPlace {
  readonly path: Path;
  readonly where: Standing;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** The tasks of each pack; undefined while the file of packs cannot be read. */
export type Packs = ReadonlyMap<string, readonly TaskDefinition[]> | undefined;

/** The lists that a phase shares with others, in their order, and then its own. */
export function lowerWork(
  { packs: names = [], tasks = [] }: Work,
  packs: Packs,
  place: TaskPlace,
): TaskDefinition[] {
  const { path, where, report } = place;
  checkOnce('pack', { names, path: [...path, 'packs'] }, report);
  const seen = new Set<string>();
  const taken = (task: string): boolean => seen.size === seen.add(task).size;
  const shared = names.flatMap((name, index) => {
    const at = [...path, 'packs', index];
    checkKnown('pack', { name, known: keysOf(packs), path: at }, report);
    const ofPack = packs?.get(name) ?? [];
    for (const task of ofPack) {
      for (const { refused } of misfitsOf(task, where)) report(at, inPack(task.task, refused));
      for (const refused of refusedOnlyFor(task.onlyFor, place.vocabulary))
        report(at, inPack(task.task, refused));
      if (taken(task.task)) report(at, new Refused('CC1047', `there is a task \`${task.task}\` already`));
    }
    return ofPack;
  });
  const own = lowerTasks(tasks, { ...place, path: [...path, 'tasks'] });
  for (const [index, { task }] of own.entries()) {
    if (!shared.some((one) => one.task === task)) continue;
    const says = `a pack has a task \`${task}\` already`;
    report([...path, 'tasks', index, 'task'], new Refused('CC1047', says));
  }
  return [...shared, ...own];
}

const inPack = (task: string, { code, message, help }: Refused): Refused =>
  new Refused(code, `the task \`${task}\` of this pack: ${message}`, help);

export function lowerTasks(tasks: readonly Task[], place: TaskPlace): TaskDefinition[] {
  const { path, report } = place;
  checkOnce('task', { names: tasks.map(({ task }) => task), path, key: 'task' }, report);
  return tasks.map((written, index) => lowerTask(written, { ...place, path: [...path, index] }));
}

/** One, where it stands. */
export function lowerTask(written: Task, place: TaskPlace): TaskDefinition {
  const task = lowerAlone(written, place);
  for (const { key, refused } of misfitsOf(task, place.where)) place.report([...place.path, key], refused);
  return task;
}

function lowerAlone(written: Task, place: TaskPlace): TaskDefinition {
  const { task, title, role, records = [], ladder, handsTo, clears, say } = written;
  const { path, vocabulary, report } = place;
  const { roles, facts, ladders } = vocabulary;
  checkKnown('role', { name: role, known: roles, path: [...path, 'role'] }, report);
  checkAllKnown('fact', { names: records, known: keysOf(facts), path: [...path, 'records'] }, report);
  if (ladder !== undefined)
    checkKnown('ladder', { name: ladder, known: ladders, path: [...path, 'ladder'] }, report);
  if (handsTo !== undefined)
    checkKnown('role', { name: handsTo, known: roles, path: [...path, 'handsTo'] }, report);
  checkClearance(written, place);
  const askedBy = (key: 'needs' | 'onlyWhen'): LoweredCondition | undefined =>
    asked(written[key], { ...place, path: [...path, key] });
  const { onlyFor } = written;
  if (onlyFor && !isOfPack(place))
    checkOnlyFor({ names: onlyFor, path: [...path, 'onlyFor'] }, vocabulary, report);
  const needs = askedBy('needs');
  const onlyWhen = askedBy('onlyWhen');
  return {
    task,
    title,
    role,
    when: lowerWhen(written, place),
    ladder: ladder ?? ladders?.[0] ?? '',
    records,
    ...(needs ? { needs } : {}),
    ...(onlyWhen ? { onlyWhen } : {}),
    ...(onlyFor ? { onlyFor: lowerOnlyFor(onlyFor, vocabulary) } : {}),
    ...(handsTo === undefined ? {} : { handsTo }),
    ...(clears ? { clears } : {}),
    ...(say === undefined ? {} : { say }),
  };
}

/** A pack serves several pathways: what it asks of their choices is looked at where it is used. */
const isOfPack = ({ where }: TaskPlace): boolean => where === STANDINGS.pack;

/** In a stage it is asked where the stage is done; elsewhere there is no place. */
function asked(condition: Condition | undefined, place: TaskPlace): LoweredCondition | undefined {
  const { isOfStage } = place.where;
  return condition && lowerCondition(condition, isOfStage ? place : { ...place, ofPatient: 'a task' });
}

/** S5 rests on it: it is given once for each round, and there is no round without it. */
function checkClearance({ clears, every, onlyWhen, onlyFor }: Task, { path, report }: TaskPlace): void {
  if (!clears) return;
  if (every)
    report([...path, 'every'], new Refused('CC1069', 'a clearance is given once', 'write `due`'), 'key');
  const says = 'without the clearance the gate stays closed: it is needed always';
  for (const [key, written] of Object.entries({ onlyWhen, onlyFor }))
    if (written) report([...path, key], new Refused('CC1069', says, 'leave it out'), 'key');
}

function lowerWhen(written: Task, place: TaskPlace): TaskDefinition['when'] {
  const { due, every, from, until } = written;
  const { path, report } = place;
  if (every) {
    if (due) report([...path, 'due'], BOTH, 'key');
    return {
      every,
      ...(from ? { from: lowerMoment(from, 'from', place) } : {}),
      ...(until ? { until: lowerMoment(until, 'until', place) } : {}),
    };
  }
  for (const key of ['from', 'until'] as const) if (written[key]) report([...path, key], OF_REPEATS, 'key');
  if (!due) report(path, new Refused('CC1011', '`due` is missing', 'add `due:`, or `every:`'));
  return { due: due ? lowerDue(due, place) : { to: NO_TIME, after: 'plan start' } };
}

const BOTH = new Refused('CC1069', 'a task is due once, or done again and again', 'keep `due`, or `every`');
const OF_REPEATS = new Refused('CC1069', 'only what is done again and again begins and ends', 'add `every:`');
const NO_TIME = { count: 0, unit: 'day' } as const;

type Once = Extract<TaskDefinition['when'], { due: unknown }>['due'];

/** An anchor that there is not is reported, and stands as the plan's start. */
export function lowerDue(due: NonNullable<Task['due']>, place: TaskPlace): Once {
  const { from, to } = due;
  const range = { ...(from ? { from } : {}), to };
  if (!('before' in due)) return { ...range, after: lowerAnchor(due.after, 'due', place) };
  if (due.before === 'booking') return { ...range, before: 'booking' };
  place.report([...place.path, 'due'], refusedBefore(due.before));
  return { ...range, after: 'plan start' };
}

const refusedBefore = (written: string): Refused =>
  Anchor.safeParse(written).success
    ? notExecuted(`before ${written}`)
    : new Refused('CC1050', `nothing is counted back from \`${written}\``, 'write `before booking`');

const lowerMoment = ({ by, after }: WrittenMoment, key: string, place: TaskPlace): Moment => ({
  by,
  after: lowerAnchor(after, key, place),
});

function lowerAnchor(written: string, key: string, { path, where, vocabulary, report }: TaskPlace): Anchor {
  const anchor = anchorOf(written, where, vocabulary);
  if (!(anchor instanceof Refused)) return anchor;
  report([...path, key], anchor);
  return 'plan start';
}
