import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem } from '../../core/authoring/problem.ts';
import type { SourceFile } from '../../core/authoring/source.ts';
import { checkContent } from '../../core/content/check-content.ts';
import { sorted } from '../../core/content/content.ts';
import { tryExamples } from '../../core/content/try-content.ts';
import { Failure } from '../../core/model/failure.ts';
import { filesOf, type Offered, offeredBy, type Wishes } from '../../core/starting/new-pathway.ts';
import { readContent } from '../../engine/content.ts';
import { writeWhole } from '../../machine/files.ts';
import type { Terminal } from '../terminal.ts';
import { contentAsked, shownFile } from './content-asked.ts';

export type Given = Partial<Wishes>;

/** Writes a pathway with its rules, cases and a scenario: once all of them pass, and over nothing that is there. */
export async function makeNew(
  {
    folder,
    given,
    isAsking,
  }: { readonly folder: string | undefined; readonly given: Given; readonly isAsking: boolean },
  terminal: Terminal,
): Promise<void> {
  const asked = contentAsked(folder === undefined ? [] : [folder]);
  const { files: there } = readContent(asked.root);
  const { content } = sorted(there);
  const offered = content && offeredBy(content);
  if (!offered)
    throw new Failure('CC1000', 'The clinic and its catalogue have problems: run `carechart check`.');
  const answers = isAsking ? await (await import('./ask-wishes.ts')).askWishes(given, offered) : given;
  const files = filesOf(wishesOf(answers, offered), offered);
  const taken = files.find(({ file }) => existsSync(join(asked.root, file)));
  if (taken) throw new Failure('CC1187', `${shownFile(asked, taken.file)} is there already.`);
  assertPasses([...there, ...files]);
  for (const { file, text } of files) await writeWhole(join(asked.root, file), text);
  terminal.out(
    [
      ...files.map(({ file }) => `written  ${shownFile(asked, file)}`),
      '',
      'It passes `carechart check` and `carechart test`. Now make it yours: every figure in it is an example.',
    ].join('\n'),
  );
}

/** Answers that were given, and the first that the clinic offers for those that were not. */
function wishesOf(given: Given, { procedures, roles, facts }: Offered): Wishes {
  const { name } = given;
  if (name === undefined) throw new Failure('CC1182', 'A new pathway needs a name.');
  const all = {
    procedure: given.procedure ?? procedures[0],
    role: given.role ?? roles[0],
    fact: given.fact ?? facts[0]?.fact,
  };
  const { procedure, role, fact } = all;
  if (procedure === undefined || role === undefined || fact === undefined)
    throw new Failure('CC1182', 'The catalogue needs a procedure, and a fact that is `yes or no`.');
  assertKnown('procedure', procedure, procedures);
  assertKnown('role', role, roles);
  assertKnown(
    'yes-or-no fact',
    fact,
    facts.map((one) => one.fact),
  );
  return { name, title: given.title ?? name, procedure, role, fact };
}

function assertKnown(what: string, word: string, known: readonly string[]): void {
  if (!known.includes(word))
    throw new Failure('CC1182', `There is no ${what} ${word}; there are: ${known.join(', ')}.`);
}

function assertPasses(files: readonly SourceFile[]): void {
  const { problems, examples } = checkContent(files);
  const failed = examples ? [...tryExamples(examples)].flatMap((one) => one.problems) : [];
  const all = [...problems, ...failed];
  if (all.length > 0)
    throw new Failure('CC1182', `Nothing was written.\n${all.map(formatProblem).join('\n\n')}`);
}
