import { readFileSync } from 'node:fs';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import type { SourceFile } from '../../../src/core/authoring/source.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { tryExamples } from '../../../src/core/content/try-content.ts';

const PAGE = 'docs/semantics.md';

/** The files that a page is made of: its blocks, each with the name of its file after the word `yaml`. */
function filesOf(page: string): SourceFile[] {
  const texts = new Map<string, string>();
  for (const [, file = '', block = ''] of page.matchAll(/^```yaml (\S+)\n([\s\S]*?)^```$/gm))
    texts.set(file, (texts.get(file) ?? '') + block);
  return [...texts].map(([file, text]) => ({ file, text }));
}

const page = readFileSync(PAGE, 'utf8');
const { problems, examples } = checkContent(filesOf(page));

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
