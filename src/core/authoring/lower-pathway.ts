import { Anchor, type StageDefinition, type TaskDefinition } from '../pathway/compiled.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import type { PathwayFile, Task } from './pathway.schema.ts';
import { notExecuted, Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkAllKnown, checkKnown, checkOnce, keysOf, type Vocabulary } from './vocabulary.ts';

export interface LoweredCourse {
  readonly consultation: TaskDefinition[];
  readonly assessment: TaskDefinition[];
  readonly stages: StageDefinition[];
}

export function lowerPathway(file: PathwayFile, vocabulary: Vocabulary, report: Report): LoweredCourse {
  const { uses, team, consultation, assessment, course } = file;
  checkAllKnown('rule set', { names: uses, known: vocabulary.ruleSets, path: ['uses'] }, report);
  checkAllKnown('role', { names: team, known: vocabulary.roles, path: ['team'] }, report);
  checkOnce('stage', { names: course.map(({ stage }) => stage), path: ['course'], key: 'stage' }, report);
  const work = (tasks: readonly Task[] | undefined, path: Path, anchors: readonly Anchor[]) =>
    lowerTasks(tasks ?? [], { path: [...path, 'tasks'], anchors, vocabulary, report });
  return {
    consultation: work(consultation.tasks, ['consultation'], ['plan start', 'consultation']),
    assessment: work(assessment?.tasks, ['assessment'], ['plan start', 'consultation', 'assessment']),
    stages: course.map((written, index): StageDefinition => {
      const { stage, title, procedure, consent, closure, recovery, say } = written;
      const path = ['course', index];
      const { procedures, roles } = vocabulary;
      checkKnown(
        'procedure',
        { name: procedure, known: keysOf(procedures), path: [...path, 'procedure'] },
        report,
      );
      checkKnown('role', { name: consent.by, known: roles, path: [...path, 'consent', 'by'] }, report);
      return {
        stage,
        title,
        procedure,
        traits: [...(procedures?.get(procedure) ?? [])],
        consent: { form: consent.form, by: consent.by, covers: consent.covers, lasts: consent.lasts },
        closure: work(closure?.tasks, [...path, 'closure'], Anchor.options),
        recovery: work(recovery?.tasks, [...path, 'recovery'], Anchor.options),
        ...(say === undefined ? {} : { say }),
      };
    }),
  };
}

interface Place {
  readonly path: Path;
  /** What lies behind a plan when these tasks begin. */
  readonly anchors: readonly Anchor[];
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

function lowerTasks(tasks: readonly Task[], place: Place): TaskDefinition[] {
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
      due: { ...(from ? { from } : {}), to, after: after instanceof Refused ? 'plan start' : after },
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

function anchorOf(written: string, { anchors, vocabulary }: Place): Anchor | Refused {
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
