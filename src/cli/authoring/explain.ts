import { explain } from '../../api/explanation.ts';
import { formatProblem, severityOf } from '../../core/authoring/problem.ts';
import { timeOfDay } from '../../core/authoring/stated.schema.ts';
import { checkContent } from '../../core/content/check-content.ts';
import { type AskedTime, momentOf } from '../../core/content/moment.ts';
import { Failure } from '../../core/model/failure.ts';
import { LocalDate } from '../../core/model/primitives.schema.ts';
import { readContent } from '../../engine/content.ts';
import { explanationText } from '../plan-text.ts';
import type { Terminal } from '../terminal.ts';
import { when } from '../text.ts';
import { contentAsked } from './content-asked.ts';

/** The same of the made-up patient of a scenario as of a plan that runs: no server is asked. */
export function explainScenario(
  { file, at, isJson }: { readonly file: string; readonly at: string | undefined; readonly isJson: boolean },
  { out, err }: Terminal,
): void {
  const asked = contentAsked([file]);
  const { files, problems: unread } = readContent(asked.root);
  const { examples, problems } = checkContent(files);
  const found = examples?.scenarios.find((one) => asked.paths.includes(one.file));
  if (!found) {
    const [first] = [...unread, ...problems].filter((one) => severityOf(one) === 'error');
    if (first) throw new Failure('CC1000', formatProblem(first));
    throw new Failure('CC1168', `${file} is no scenario.`);
  }
  const { pathway, state, now, isOtherwise } = momentOf(
    found.scenario,
    at === undefined ? undefined : timeIn(at),
  );
  if (isOtherwise) err(`It does not come as it expects to: \`carechart test ${file}\` says where.`);
  const explanation = explain(pathway, state, now);
  const head = `${found.scenario.name}, on ${when(now, pathway.zone)} (${pathway.zone})`;
  out(
    isJson
      ? JSON.stringify(explanation, null, 2)
      : [head, '', explanationText(explanation, pathway.zone)].join('\n'),
  );
}

/** @throws Failure CC1169 for what is no day, and no time of one */
function timeIn(written: string): AskedTime {
  const [day = '', time, ...more] = written.split(/[ T]/);
  const isTime = time === undefined || timeOfDay.safeParse(time).success;
  if (more.length > 0 || !LocalDate.safeParse(day).success || !isTime)
    throw new Failure('CC1169', `"${written}" is no day. Write 2026-03-04, or "2026-03-04 09:30".`);
  return { day, time };
}
