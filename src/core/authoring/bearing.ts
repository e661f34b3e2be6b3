import { AreaRole, type StageDefinition } from '../pathway/compiled.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { IntervalRule } from '../pathway/rules.schema.ts';
import { stagesIn } from './course-items.ts';
import type { Report } from './issues.ts';
import { leavesOf } from './leaves.ts';
import { AREA_WORDS } from './lower-condition.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Whether an interval leads to a stage: to it by name, to its procedure, or to a trait of that. */
export const leadsTo = ({ to }: IntervalRule, stage: StageDefinition): boolean =>
  to.kind === 'stage' ? to.stage === stage.stage : bearsOn([to.of], stage);

const bearsOn = (of: readonly string[], { procedures, traits }: StageDefinition): boolean =>
  of.length === 0 || of.some((name) => procedures.includes(name) || traits.includes(name));

/** A rule, or what else is asked at a stage, as far as areas matter: the conditions that it asks, and whether it counts by area. */
interface Asker {
  readonly rule: string;
  readonly conditions: readonly LoweredCondition[];
  readonly isByArea: boolean;
}

/**
 * Reports every stage at which a rule would say nothing: it would ask of an area, and there is none, or stop a gate that
 * there is not. It stands in the pathway's file, which says where its stages take place and how they are prepared.
 */
export function checkBearing(
  all: Rules,
  course: LoweredCourse,
  { file, vocabulary }: { readonly file: PathwayFile; readonly vocabulary: Vocabulary },
  report: Report,
): void {
  const { facts } = vocabulary;
  const rules = ofProcedures(all);
  const paths = new Map(stagesIn(file).map(({ item, path }) => [item.stage, path]));
  const isByArea = (fact: string): boolean => facts?.get(fact)?.byArea === true;
  for (const refused of checkCare(all, course, vocabulary)) report(['alongside'], refused);
  for (const stage of course.stages) {
    const path = paths.get(stage.stage) ?? [];
    const askers = askersOf(stage, rules, course);
    for (const refused of missingPlaces(askers, stage, course, isByArea)) report(path, refused);
    for (const { rule, of, stops } of rules.contraindications) {
      if (stage.prep || stage.period || stops.includes('procedure') || !bearsOn(of, stage)) continue;
      const says = `\`${rule}\` stops prep alone, and the stage \`${stage.stage}\` has none: it would stop nothing`;
      report(path, new Refused('CC1069', says, 'add `prep:`, or let the rule stop the procedure'));
    }
  }
}

/** What stops home care is asked of the areas of the plan. */
function checkCare({ contraindications }: Rules, { care, areas }: LoweredCourse, { facts }: Vocabulary) {
  const isByArea = (fact: string): boolean => facts?.get(fact)?.byArea === true;
  return [...new Set(care.map((one) => one.care))].flatMap((name) =>
    contraindications
      .filter(({ stops, of }) => stops.includes('care') && (of.length === 0 || of.includes(name)))
      .flatMap(({ rule, when }) => {
        const asked = areasAsked({ rule, conditions: [when], isByArea: false }, isByArea);
        const missing = asked.some((area) =>
          area === 'treatment' || area === 'donor' ? !areas[area] : Object.keys(areas).length === 0,
        );
        const says = `\`${rule}\` stops the care \`${name}\` by what is known of an area, and the pathway has none`;
        return missing ? [new Refused('CC1066', says, 'add `areas:` to the pathway')] : [];
      }),
  );
}

/** Less those that stop home care alone. */
const ofProcedures = (rules: Rules): Rules => ({
  ...rules,
  contraindications: rules.contraindications.filter(({ stops }) => stops.some((gate) => gate !== 'care')),
});

/** The tables that a stage asks: at its gate, and at its end. */
function tablesAt({ table, reassess }: StageDefinition, { decisions }: LoweredCourse): string[] {
  const atEnd = decisions.find(({ decision }) => decision === reassess)?.by;
  const ofEnd = atEnd?.kind === 'table' ? atEnd.table : atEnd?.kind === 'roles' ? atEnd.confirms : undefined;
  return [...(table ? [table.table] : []), ...(ofEnd === undefined ? [] : [ofEnd])];
}

function askersOf(stage: StageDefinition, rules: Rules, course: LoweredCourse): Asker[] {
  const { intervals } = course;
  const asked = tablesAt(stage, course);
  const { alerts, tables } = rules;
  const contraindications = stage.period ? [] : rules.contraindications;
  return [
    ...[...contraindications, ...alerts]
      .filter(({ of }) => bearsOn(of, stage))
      .map(({ rule, when }) => ({ rule, conditions: [when], isByArea: false })),
    ...tables
      .filter(({ rule }) => asked.includes(rule))
      .map(({ rule, rows }) => ({ rule, conditions: rows.map(({ when }) => when), isByArea: false })),
    ...[...rules.intervals, ...intervals]
      .filter((interval) => leadsTo(interval, stage))
      .map(({ rule, onlyWhen, area }) => ({
        rule,
        conditions: onlyWhen ? [onlyWhen] : [],
        isByArea: area === 'same',
      })),
    ...workOf(stage).map(([name, conditions]) => ({ rule: name, conditions, isByArea: false })),
  ];
}

/** What a stage's own work asks, and its series, each by the name that it is called by. */
function workOf(
  stage: StageDefinition,
): (readonly [name: string, conditions: readonly LoweredCondition[]])[] {
  const { beforeEach, prep = [], closure, recovery, afterEach, period, untilWhen, onlyWhen } = stage;
  const tasks = [...beforeEach, ...prep, ...closure, ...recovery, ...afterEach, ...(period?.tasks ?? [])];
  return [
    ...tasks.map(
      ({ task, needs, onlyWhen }) => [task, [needs, onlyWhen].flatMap((one) => one ?? [])] as const,
    ),
    ...(untilWhen ? [['untilWhen', [untilWhen]] as const] : []),
    ...(onlyWhen ? [['onlyWhen', [onlyWhen]] as const] : []),
  ];
}

/** What is missing at a stage, each with all the rules that miss it. */
function missingPlaces(
  askers: readonly Asker[],
  stage: StageDefinition,
  { areas }: LoweredCourse,
  isByArea: (fact: string) => boolean,
): Refused[] {
  const found: Refused[] = [];
  const asking = askers.map((asker) => ({ ...asker, areas: areasAsked(asker, isByArea) }));
  const byArea = asking.filter((asker) => asker.isByArea || asker.areas.length > 0);
  if (!stage.in && byArea.length > 0) {
    const says = `${listed(byArea)} asked by area, and the stage \`${stage.stage}\` names none`;
    return [new Refused('CC1066', says, 'add `in: treatment`, or `in: donor`')];
  }
  for (const role of AreaRole.options) {
    const missing = byArea.filter((asker) => !areas[role] && asker.areas.includes(role));
    if (missing.length === 0) continue;
    const says = `${listed(missing)} asked of the ${role} area at the stage \`${stage.stage}\`, and the pathway has none`;
    found.push(new Refused('CC1066', says, `add \`${role}:\` to \`areas\``));
  }
  return found;
}

/** As they are written; one that is called by its name needs no place. */
const areasAsked = ({ conditions }: Asker, isByArea: (fact: string) => boolean): (string | undefined)[] =>
  conditions
    .flatMap(leavesOf)
    .filter(({ fact }) => isByArea(fact))
    .map(({ params }) => params?.area)
    .filter((area) => area === undefined || AREA_WORDS.includes(area));

const listed = (askers: readonly Asker[]): string =>
  `${askers.map(({ rule }) => `\`${rule}\``).join(', ')} ${askers.length > 1 ? 'are' : 'is'}`;
