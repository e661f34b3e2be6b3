import type { z } from 'zod';
import { Review } from '../../../src/core/authoring/alongside.schema.ts';
import { Care } from '../../../src/core/authoring/care.schema.ts';
import { Charges } from '../../../src/core/authoring/charges.schema.ts';
import { Choice } from '../../../src/core/authoring/choice.schema.ts';
import { NamedDecision } from '../../../src/core/authoring/decision.schema.ts';
import { Figure } from '../../../src/core/authoring/figure.schema.ts';
import { Goal } from '../../../src/core/authoring/goal.schema.ts';
import { Maintenance } from '../../../src/core/authoring/maintenance.schema.ts';
import { PathwayFile } from '../../../src/core/authoring/pathway.schema.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { ListedSession } from '../../../src/core/authoring/session-list.schema.ts';
import { Stage } from '../../../src/core/authoring/stage.schema.ts';
import { Task } from '../../../src/core/authoring/task.schema.ts';
import { Track } from '../../../src/core/authoring/track.schema.ts';
import { checkContent } from '../../../src/core/content/check-content.ts';
import { filesOf, itemOf, keysOf, keysUnder } from '../../support/page-files.ts';

const PAGE = 'docs/pathways.md';

const SECTIONS: readonly (readonly [string, z.ZodType])[] = [
  ['## A pathway: `*.pathway.yaml`', PathwayFile],
  ['### choice', Choice],
  ['### figure', Figure],
  ['### goal', Goal],
  ['### objective', itemOf(Goal, 'objectives')],
  ['### charges', Charges],
  ['### task', Task],
  ['### decision', NamedDecision],
  ['### stage', Stage],
  ['### session', ListedSession],
  ['### maintenance', Maintenance],
  ['### track', Track],
  ['### care', Care],
  ['### review', Review],
];

test.each(SECTIONS)(
  'the page about pathways has every key of %s that is read, and no other',
  (heading, schema) => {
    expect(keysUnder(PAGE, heading).sort()).toEqual(keysOf(schema).sort());
  },
);

test('the example of the page about pathways is accepted', () => {
  const rules = filesOf('docs/semantics.md').filter(({ file }) => /clinic|facts|rules\.yaml/.test(file));
  const { problems, pathways } = checkContent([...rules, ...filesOf(PAGE)]);
  expect(problems.map(formatProblem)).toEqual([]);
  expect(pathways).toHaveLength(1);
});
