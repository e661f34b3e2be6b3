import { readFileSync } from 'node:fs';
import { z } from 'zod';
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
import { filesOf } from '../../support/page-files.ts';

const PAGE = 'docs/rules.md';
const page = readFileSync(PAGE, 'utf8');

/** What a schema reads: its keys, each with `?` where it may be left out. */
function keysOf(schema: z.ZodType): string[] {
  if (!(schema instanceof z.ZodObject)) throw new Error('it is no group of keys');
  return Object.entries<z.ZodType>(schema.shape).map(([key, of]) => (of.isOptional() ? `${key}?` : key));
}

/** What the items of a list in a group are read by. */
function itemOf(schema: z.ZodType, key: string): z.ZodType {
  const list = schema instanceof z.ZodObject ? schema.shape[key] : undefined;
  const inner = list instanceof z.ZodOptional ? list.unwrap() : list;
  if (!(inner instanceof z.ZodArray) || !(inner.element instanceof z.ZodType))
    throw new Error(`no list: ${key}`);
  return inner.element;
}

/** What the page says, in the table below a heading. */
function keysUnder(heading: string): string[] {
  const [, below = ''] = page.split(`\n${heading}\n`);
  const [section = ''] = below.split(/\n##/);
  return [...section.matchAll(/^\| `([A-Za-z]+\??)` \|/gm)].map(([, key = '']) => key);
}

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
    expect(keysUnder(heading).sort()).toEqual(keysOf(schema).sort());
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
