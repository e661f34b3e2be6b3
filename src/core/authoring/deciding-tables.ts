import type { Report } from './issues.ts';
import { leavesOf } from './leaves.ts';
import { decisionsIn, type LoweredCourse } from './lower-pathway.ts';
import type { Rules } from './lower-rule-set.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Only a stage has a place: elsewhere a table decides on what is known of the patient. */
export function checkDecidingTables(
  file: PathwayFile,
  { rules, course }: { readonly rules: Rules; readonly course: LoweredCourse },
  { facts }: Vocabulary,
  report: Report,
): void {
  const ofStages = new Set(course.stages.flatMap(({ reassess }) => reassess ?? []));
  for (const { written, path } of decisionsIn(file)) {
    const { by, decision } = written;
    if (by.kind !== 'table' || ofStages.has(decision)) continue;
    const leaves = rules.tables
      .filter(({ rule }) => rule === by.table)
      .flatMap(({ rows }) => rows.flatMap(({ when }) => leavesOf(when)));
    const asked = leaves.find(({ fact }) => facts?.get(fact)?.byArea);
    if (!asked) continue;
    const says = `\`${by.table}\` asks \`${asked.fact}\`, which is known by area, and there is none here`;
    report([...path, 'by', 'table'], new Refused('CC1066', says, 'let it be decided at the end of a stage'));
  }
}
