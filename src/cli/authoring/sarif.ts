import { pathToFileURL } from 'node:url';
import { helpOf, type Problem, severityOf } from '../../core/authoring/problem.ts';
import { CODES } from '../../core/model/codes.ts';

/**
 * A log that code hosts and editors read.
 * @param root - the folder that the files are named from
 * @see SARIF 2.1.0, OASIS
 */
export function sarifLog(problems: readonly Problem[], root: string) {
  const codes = [...new Set(problems.map(({ code }) => code))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'carechart check',
            version: '0.1.0',
            rules: codes.map((id) => ({
              id,
              shortDescription: { text: CODES[id].summary },
              help: { text: CODES[id].remedy },
            })),
          },
        },
        originalUriBaseIds: { CLINIC: { uri: pathToFileURL(`${root}/`).href } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => result(problem, codes.indexOf(problem.code))),
      },
    ],
  };
}

function result(problem: Problem, ruleIndex: number) {
  const { file, line, column, code, message, counterExample = [] } = problem;
  const text = [message, ...counterExample.map((one) => `Example: ${one}`), helpOf(problem)].join('\n');
  const artifactLocation = { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'CLINIC' };
  const region = { startLine: line, startColumn: column };
  return {
    ruleId: code,
    ruleIndex,
    level: severityOf(problem),
    message: { text },
    locations: [{ physicalLocation: { artifactLocation, region } }],
  };
}
