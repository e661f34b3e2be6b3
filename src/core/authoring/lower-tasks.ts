import { Anchor, type TaskDefinition } from '../pathway/work.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import type { Task } from './pathway.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkAllKnown, checkKnown, checkOnce, keysOf, type Vocabulary } from './vocabulary.ts';

export interface TaskPlace {
  readonly path: Path;
  /** What lies behind a plan when these tasks begin. */
  readonly anchors: readonly Anchor[];
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export function lowerTasks(tasks: readonly Task[], place: TaskPlace): TaskDefinition[] {
  const { path, vocabulary, report } = place;
  const { roles, facts, ladders } = vocabulary;
  checkOnce('task', { names: tasks.map(({ task }) => task), path, key: 'task' }, report);
  return tasks.map(({ task, title, role, due, records = [], ladder, say }, index) => {
    const at = [...path, index];
    checkKnown('role', { name: role, known: roles, path: [...at, 'role'] }, report);
    checkAllKnown('fact', { names: records, known: keysOf(facts), path: [...at, 'records'] }, report);
    if (ladder !== undefined)
      checkKnown('ladder', { name: ladder, known: ladders, path: [...at, 'ladder'] }, report);
    const { from, to } = due;
    const after = anchorOf(due.after, place);
    if (after instanceof Refused) report([...at, 'due'], after);
    return {
      task,
      title,
      role,
      when: {
        due: { ...(from ? { from } : {}), to, after: after instanceof Refused ? 'plan start' : after },
      },
      ladder: ladder ?? ladders?.[0] ?? '',
      records,
      ...(say === undefined ? {} : { say }),
    };
  });
}

/** Anchors of the format beside those that are executed; a date fact is one more. */
const LATER = [
  ...['course', 'stage end', 'session', 'first session', 'last session', 'booking'],
  ...['asked', 'alert', 'exit', 'end of plan'],
];

function anchorOf(written: string, { anchors, vocabulary }: TaskPlace): Anchor | Refused {
  const anchor = Anchor.safeParse(written);
  if (!anchor.success) {
    return LATER.includes(written) || vocabulary.facts?.has(written)
      ? notExecuted(`after ${written}`)
      : new Refused('CC1050', `there is no anchor \`${written}\``, didYouMean(written, anchors));
  }
  return anchors.includes(anchor.data)
    ? anchor.data
    : new Refused('CC1051', `\`${written}\` lies ahead of this task`, `known here: ${anchors.join(', ')}`);
}
