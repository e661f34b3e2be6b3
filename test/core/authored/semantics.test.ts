import { readFileSync } from 'node:fs';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { tryExamples } from '../../../src/core/content/try-content.ts';
import { filesOf } from '../../support/page-files.ts';

const PAGE = 'docs/semantics.md';

const page = readFileSync(PAGE, 'utf8');
const { problems, examples } = checkContent(filesOf(PAGE));

test('every example of the page about meaning is accepted by the checker', () => {
  expect(problems.map(formatProblem)).toEqual([]);
});

test('every example of the page about meaning comes as it says', () => {
  const tried = examples ? [...tryExamples(examples)] : [];
  expect(tried.flatMap((one) => one.problems.map(formatProblem))).toEqual([]);
  expect(tried.filter((one) => one.of === 'case').length).toBeGreaterThan(20);
  expect(tried.filter((one) => one.of === 'scenario')).toHaveLength(5);
});

test('no example of the page about meaning is left out of the test', () => {
  expect(page.match(/^```yaml/gm)).toHaveLength([...page.matchAll(/^```yaml \S+\.yaml$/gm)].length);
});
