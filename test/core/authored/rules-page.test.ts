import type { z } from 'zod';
import { Alert } from '../../../src/core/authoring/alert.schema.ts';
import { CasesFile } from '../../../src/core/authoring/case.schema.ts';
import { CatalogueFile } from '../../../src/core/authoring/catalogue.schema.ts';
import { Contraindication } from '../../../src/core/authoring/contraindication.schema.ts';
import { Eligibility } from '../../../src/core/authoring/eligibility.schema.ts';
import { Interval } from '../../../src/core/authoring/interval.schema.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { RuleSetFile } from '../../../src/core/authoring/rule-set.schema.ts';
import { Table } from '../../../src/core/authoring/table.schema.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { tryExamples } from '../../../src/core/content/try-content.ts';
import { filesOf, itemOf, keysOf, keysUnder } from '../../support/page-files.ts';

const PAGE = 'docs/rules.md';

const SECTIONS: readonly (readonly [string, z.ZodType])[] = [
  ['### fact', itemOf(CatalogueFile, 'facts')],
  ['### derived', itemOf(CatalogueFile, 'derived')],
  ['### procedure', itemOf(CatalogueFile, 'procedures')],
  ['## A rule set: `*.rules.yaml`', RuleSetFile],
  ['### contraindication', Contraindication],
  ['### interval', Interval],
  ['### table', Table],
  ['### alert', Alert],
  ['### eligibility', Eligibility],
  ['## Cases: `*.cases.yaml`', itemOf(CasesFile, 'cases')],
];

test.each(SECTIONS)(
  'the page about rules has every key of %s that is read, and no other',
  (heading, schema) => {
    expect(keysUnder(PAGE, heading).sort()).toEqual(keysOf(schema).sort());
  },
);

test('every example of the page about rules is accepted, and comes as it says', () => {
  const clinic = filesOf('docs/semantics.md').filter(({ file }) => /clinic|facts/.test(file));
  const { problems, examples } = checkContent([...clinic, ...filesOf(PAGE)]);
  expect(problems.map(formatProblem)).toEqual([]);
  const tried = examples ? [...tryExamples(examples)] : [];
  expect(tried.flatMap((one) => one.problems.map(formatProblem))).toEqual([]);
  expect(new Set(tried.map(({ subject }) => subject)).size).toBe(5);
});
