import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Interval } from '../pathway/rules.schema.ts';
import type { Report } from './issues.ts';
import { leavesOf } from './leaves.ts';
import { AREA_WORDS } from './lower-condition.ts';
import type { LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
import { Refused } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Whether an interval leads to a stage: to it by name, to its procedure, or to a trait of that. */
export const leadsTo = ({ to }: Interval, stage: StageDefinition): boolean =>
  to.kind === 'stage' ? to.stage === stage.stage : bearsOn([to.of], stage);

const bearsOn = (of: readonly string[], { procedure, traits }: StageDefinition): boolean =>
  of.length === 0 || of.includes(procedure) || of.some((name) => traits.includes(name));

/** A rule as far as areas matter: the conditions that it asks, and whether it counts by area. */
interface Asker {
  readonly rule: string;
  readonly conditions: readonly LoweredCondition[];
  readonly isByArea: boolean;
}

/**
 * Reports every stage at which a rule would ask of an area, and there is none: such a rule would be judged of no place,
 * and say nothing. It stands in the pathway's file, which says where its stages take place.
 */
export function checkPlacesOfRules(
  rules: Rules,
  course: LoweredCourse,
  { facts }: Vocabulary,
  report: Report,
): void {
  for (const [index, stage] of course.stages.entries()) {
    const askers = askersOf(stage, rules, course);
    for (const asker of askers) {
      const refused = missingPlace(asker, stage, course, (fact) => facts?.get(fact)?.byArea === true);
      if (refused) report(['course', index], refused);
    }
  }
}

function askersOf(stage: StageDefinition, rules: Rules, { intervals }: LoweredCourse): Asker[] {
  const { contraindications, alerts, tables } = rules;
  return [
    ...[...contraindications, ...alerts]
      .filter(({ of }) => bearsOn(of, stage))
      .map(({ rule, when }) => ({ rule, conditions: [when], isByArea: false })),
    ...tables
      .filter(({ rule }) => rule === stage.table?.table)
      .map(({ rule, rows }) => ({ rule, conditions: rows.map(({ when }) => when), isByArea: false })),
    ...[...rules.intervals, ...intervals]
      .filter((interval) => leadsTo(interval, stage))
      .map(({ rule, onlyWhen, area }) => ({
        rule,
        conditions: onlyWhen ? [onlyWhen] : [],
        isByArea: area === 'same',
      })),
  ];
}

function missingPlace(
  { rule, conditions, isByArea }: Asker,
  stage: StageDefinition,
  { areas }: LoweredCourse,
  isOfArea: (fact: string) => boolean,
): Refused | undefined {
  const asked = conditions
    .flatMap(leavesOf)
    .filter(({ fact }) => isOfArea(fact))
    .map(({ params }) => params?.area)
    .filter((area) => area === undefined || AREA_WORDS.includes(area));
  if (!stage.in && (isByArea || asked.length > 0)) {
    const says = `\`${rule}\` is asked by area, and the stage \`${stage.stage}\` names none`;
    return new Refused('CC1066', says, 'add `in: treatment`, or `in: donor`');
  }
  const role = (['treatment', 'donor'] as const).find((one) => asked.includes(one) && !areas[one]);
  return role === undefined
    ? undefined
    : new Refused(
        'CC1066',
        `\`${rule}\` asks of the ${role} area at the stage \`${stage.stage}\`, and the pathway has none`,
        `add \`${role}:\` to \`areas\``,
      );
}
