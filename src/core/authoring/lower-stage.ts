import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import { textOf } from '../pathway/figure-values.ts';
import { goesOn } from '../pathway/on-the-way.ts';
import { STANDINGS, type Standing } from '../pathway/standings.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';
import type { Report } from './issues.ts';
import { type Asker, type CourseNames, type Lead, lowerAction } from './lower-action.ts';
import { lowerCondition } from './lower-condition.ts';
import { type Figures, figureOf, reachOf } from './lower-figures.ts';
import { checkOnlyFor, lowerOnlyFor } from './lower-only-for.ts';
import { lowerProcedures, lowerWith } from './lower-session-list.ts';
import { lowerWork, type Packs } from './lower-tasks.ts';
import { inWords } from './lower-tracks.ts';
import { Refused } from './problem.ts';
import { MOST_SESSIONS } from './session-list.schema.ts';
import type { Path } from './source.ts';
import type { Stage, TableDecision } from './stage.schema.ts';
import { checkAnswers } from './table-answers.ts';
import { checkKnown, keysOf, type RuleSetNames, type Vocabulary } from './vocabulary.ts';

export interface StagePlace {
  readonly path: Path;
  readonly asker: Asker;
  readonly names: CourseNames;
  readonly leads: Lead[];
  readonly figures: Figures;
  readonly areas: CompiledPathway['areas'];
  readonly packs: Packs;
  /** The rule sets that the pathway uses. */
  readonly used: readonly RuleSetNames[] | undefined;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export function lowerStage(written: Stage, place: StagePlace): StageDefinition {
  const { stage, in: where, andIn, anaesthesia, prep, reassess, say, elsewhere } = written;
  const { path, vocabulary, report } = place;
  checkPlaces(written, place);
  checkElsewhere(written, place);
  const { onlyFor } = written;
  if (onlyFor) checkOnlyFor({ names: onlyFor, path: [...path, 'onlyFor'] }, vocabulary, report);
  const phase = (key: 'beforeEach' | 'prep' | 'afterEach' | 'closure' | 'recovery', where: Standing) =>
    lowerWork(written[key] ?? {}, place.packs, { path: [...path, key], where, vocabulary, report });
  const before = phase('beforeEach', STANDINGS.beforeProcedure);
  const inPrep = phase('prep', STANDINGS.beforeProcedure);
  checkClearance(written, [...before, ...inPrep], place);
  return {
    stage,
    title: written.title ?? inWords(stage),
    ...lowerProcedures(written, place),
    ...(where ? { in: where } : {}),
    ...(andIn ? { andIn } : {}),
    ...(elsewhere ? { elsewhere } : {}),
    ...(written.consent ? { consent: lowerConsent(written.consent, place) } : {}),
    ...(anaesthesia ? { anaesthesia } : {}),
    ...lowerSessions(written, place),
    ...decidedAround(written, place),
    beforeEach: before,
    afterEach: phase('afterEach', STANDINGS.afterProcedure),
    ...(prep ? { prep: inPrep } : {}),
    closure: phase('closure', STANDINGS.afterProcedure),
    recovery: phase('recovery', STANDINGS.afterProcedure),
    ...(reassess ? { reassess: reassess.decision } : {}),
    ...(onlyFor ? { onlyFor: lowerOnlyFor(onlyFor, vocabulary) } : {}),
    ...(written.with && !elsewhere ? { with: lowerWith(written.with, place) } : {}),
    ...(say === undefined ? {} : { say }),
  };
}

/** The areas of a stage are those that the pathway lets somebody choose. */
function checkPlaces({ in: where, andIn }: Stage, { path, areas, report }: StagePlace): void {
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

/** S5. */
function checkClearance(
  { anaesthesia }: Stage,
  before: readonly TaskDefinition[],
  { path, packs, report }: StagePlace,
): void {
  const isNeeded = anaesthesia === 'sedation' || anaesthesia === 'general';
  if (!isNeeded || !packs || before.some(({ clears }) => clears)) return;
  const words = anaesthesia === 'general' ? 'general anaesthesia' : anaesthesia;
  report([...path, 'anaesthesia'], new Refused('CC1071', `no task of this stage clears it for ${words}`));
}

const GUARDIAN = 'guardian';
/** The fact that an age is known by. */
export const BIRTH = 'birthDate';

/** What others do, they see to; of what is done here, somebody consents, and it has a title. */
function checkElsewhere(written: Stage, { path, report }: StagePlace): void {
  if (!written.elsewhere) {
    for (const key of ['title', 'consent'] as const)
      if (written[key] === undefined)
        report(path, new Refused('CC1011', `\`${key}\` is missing`, `add \`${key}:\``));
    return;
  }
  for (const key of THEIRS)
    if (written[key] !== undefined)
      report(
        [...path, key],
        new Refused('CC1084', `\`${key}\` is for whoever does it elsewhere`, 'leave it out'),
        'key',
      );
}

const THEIRS = [
  ...(['consent', 'anaesthesia', 'prep', 'beforeEach', 'afterEach', 'sessions', 'spacing'] as const),
  ...(['missed', 'untilWhen', 'with'] as const),
];

function lowerConsent(
  consent: NonNullable<Stage['consent']>,
  { path, vocabulary, report }: StagePlace,
): NonNullable<StageDefinition['consent']> {
  const { form, by, covers, lasts, orGuardianBelow } = consent;
  const { roles, facts } = vocabulary;
  const at = [...path, 'consent'];
  checkKnown('role', { name: by, known: roles, path: [...at, 'by'] }, report);
  if (orGuardianBelow) {
    const below = [...at, 'orGuardianBelow'];
    checkKnown('role', { name: GUARDIAN, known: roles, path: below }, report);
    checkKnown('fact', { name: BIRTH, known: keysOf(facts), path: below }, report);
    if (facts?.get(BIRTH) && facts.get(BIRTH)?.is.kind !== 'date')
      report(below, new Refused('CC1060', `\`${BIRTH}\` is no date: nobody's age is known`));
    if (by === GUARDIAN)
      report(below, new Refused('CC1069', 'a guardian signs in any case', 'write `by: patient`'), 'key');
  }
  return { form, by, covers, lasts, ...(orGuardianBelow ? { orGuardianBelow } : {}) };
}

/** A number of sessions is done to the last; up to a number, until something is met. */
function lowerSessions(
  written: Stage,
  place: StagePlace,
): Pick<StageDefinition, 'sessions' | 'missed' | 'untilWhen'> {
  const { sessions, untilWhen, spacing, missed = 'wait' } = written;
  const { path, vocabulary, report } = place;
  const at = [...path, 'untilWhen'];
  if (untilWhen && !sessions?.upTo && !sessions?.list) {
    const says = 'a series that ends early has no number of sessions that is owed';
    report(at, new Refused('CC1069', says, 'write `sessions: up to n`'), 'key');
  }
  if (sessions?.upTo && !untilWhen) {
    const says = '`untilWhen` is missing: what ends the series before its number';
    report(path, new Refused('CC1011', says, 'add `untilWhen:`, or write `sessions: n`'));
  }
  if (spacing && !sessions) {
    const says = '`sessions` is missing: spacing lies between them';
    report(path, new Refused('CC1011', says, 'add `sessions:`'));
  }
  const until = untilWhen && lowerCondition(untilWhen, { path: at, vocabulary, report });
  const listed = sessions?.list?.filter((item) => 'session' in item).length;
  const count = listed === undefined ? (sessions?.count ?? 1) : Math.max(1, listed);
  if (typeof count !== 'number') checkCount(count.figure, place);
  return { sessions: count, missed, ...(until ? { untilWhen: until } : {}) };
}

/** A figure that says how many sessions there are says one at least, and no more than a number may. */
function checkCount(name: string, { path, figures, report }: StagePlace): void {
  const at = [...path, 'sessions'];
  const figure = figureOf(name, 'number', { path: at, figures, report });
  const { least, most } = (figure && reachOf(figure)) ?? {};
  if (least?.kind !== 'number' || most?.kind !== 'number') return;
  if (least.number >= 1 && most.number <= MOST_SESSIONS) return;
  const says = `\`${name}\` can be ${textOf(least)} to ${textOf(most)}, and a series has 1 to ${MOST_SESSIONS} sessions`;
  report(at, new Refused('CC1079', says));
}

/** Before each session a table decides, or persons; after each, persons. */
function decidedAround(
  { beforeEach, afterEach }: Stage,
  place: StagePlace,
): Pick<StageDefinition, 'table' | 'decidedBefore' | 'decidedAfter'> {
  const before = beforeEach?.decision;
  const after = afterEach?.decision;
  return {
    ...(before && !('decision' in before) ? { table: lowerTableDecision(before, place) } : {}),
    ...(before && 'decision' in before ? { decidedBefore: before.decision } : {}),
    ...(after ? { decidedAfter: after.decision } : {}),
  };
}

/** Every answer of the table leads somewhere, and one at least goes on. */
function lowerTableDecision(
  { by: { table }, outcomes }: TableDecision,
  place: StagePlace,
): NonNullable<StageDefinition['table']> {
  const { report } = place;
  const path = [...place.path, 'beforeEach', 'decision'];
  checkAnswers({ table, outcomes }, { ...place, path });
  const lowered = Object.entries(outcomes).map(([answer, action]) => {
    const at = [...path, 'outcomes', answer];
    return [answer, lowerAction(action, { ...place, path: at })] as const;
  });
  if (!lowered.some(([, steps]) => goesOn(steps, () => false))) {
    const says = 'no answer goes on: the gate would never open';
    report([...path, 'outcomes'], new Refused('CC1070', says, 'let one of them be `go`'));
  }
  return { table, outcomes: Object.fromEntries(lowered) };
}
