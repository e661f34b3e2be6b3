import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import { Anchor } from '../pathway/work.schema.ts';
import type { Report } from './issues.ts';
import { lowerTasks } from './lower-tasks.ts';
import type { Stage, Task } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkDecider, checkKnown, keysOf, type RuleSetNames, type Vocabulary } from './vocabulary.ts';

interface Place {
  readonly path: Path;
  readonly areas: CompiledPathway['areas'];
  /** The rule sets that the pathway uses. */
  readonly used: readonly RuleSetNames[] | undefined;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export function lowerStage(written: Stage, place: Place): StageDefinition {
  const { stage, title, procedure, in: where, andIn, consent, beforeEach, closure, recovery, say } = written;
  const { path, vocabulary, report } = place;
  const { procedures, roles } = vocabulary;
  const known = keysOf(procedures);
  checkKnown('procedure', { name: procedure, known, path: [...path, 'procedure'] }, report);
  checkKnown('role', { name: consent.by, known: roles, path: [...path, 'consent', 'by'] }, report);
  checkPlaces(written, place);
  const work = (tasks: readonly Task[] | undefined, phase: string) =>
    lowerTasks(tasks ?? [], { path: [...path, phase, 'tasks'], anchors: Anchor.options, vocabulary, report });
  return {
    stage,
    title,
    procedure,
    traits: [...(procedures?.get(procedure) ?? [])],
    ...(where ? { in: where } : {}),
    ...(andIn ? { andIn } : {}),
    consent: { form: consent.form, by: consent.by, covers: consent.covers, lasts: consent.lasts },
    ...(beforeEach ? { table: lowerDecision(beforeEach.decision, place) } : {}),
    sessions: 1,
    missed: 'wait',
    beforeEach: [],
    afterEach: [],
    closure: work(closure?.tasks, 'closure'),
    recovery: work(recovery?.tasks, 'recovery'),
    ...(say === undefined ? {} : { say }),
  };
}

/** The areas of a stage are those that the pathway lets somebody choose. */
function checkPlaces({ in: where, andIn }: Stage, { path, areas, report }: Place): void {
  for (const [key, role] of [
    ['in', where],
    ['andIn', andIn],
  ] as const) {
    if (role === undefined || areas[role]) continue;
    const says = `the pathway has no ${role} area`;
    report([...path, key], new Refused('CC1049', says, `add \`${role}:\` to \`areas\` at its top`));
  }
  if (andIn === undefined) return;
  if (where === undefined)
    report(path, new Refused('CC1011', '`in` is missing', 'add `in:`, beside `andIn`'));
  if (where === andIn) report([...path, 'andIn'], new Refused('CC1047', `\`${andIn}\` stands there twice`));
}

type Decision = NonNullable<Stage['beforeEach']>['decision'];

/** Every answer of the table leads somewhere, and one at least goes on. */
function lowerDecision(
  { by: { table }, outcomes }: Decision,
  { path, used, vocabulary, report }: Place,
): NonNullable<StageDefinition['table']> {
  const at = [...path, 'beforeEach', 'decision'];
  const tables = used && new Map(used.flatMap((set) => [...set.tables]));
  checkKnown('table', { name: table, known: keysOf(tables), path: [...at, 'by', 'table'] }, report);
  const answers = tables?.get(table);
  for (const answer of answers ?? []) {
    if (Object.hasOwn(outcomes, answer)) continue;
    const help = `add \`${answer}:\` with \`go\`, or with \`{ ask: role }\``;
    report([...at, 'outcomes'], new Refused('CC1070', `the answer \`${answer}\` leads nowhere`, help));
  }
  for (const [answer, action] of Object.entries(outcomes)) {
    checkKnown('answer', { name: answer, known: answers, path: [...at, 'outcomes', answer] }, report, 'key');
    if (typeof action === 'string') continue;
    const asked = [...at, 'outcomes', answer, 'ask'];
    checkDecider(action.ask, { roles: vocabulary.roles, path: asked }, report);
  }
  if (!Object.values(outcomes).includes('go')) {
    const says = 'no answer goes on: the gate would never open';
    report([...at, 'outcomes'], new Refused('CC1070', says, 'let one of them be `go`'));
  }
  const lowered = Object.entries(outcomes).map(
    ([answer, action]) =>
      [
        answer,
        typeof action === 'string' ? [{ do: 'go' as const }] : [{ do: 'ask' as const, role: action.ask }],
      ] as const,
  );
  return { table, outcomes: Object.fromEntries(lowered) };
}
