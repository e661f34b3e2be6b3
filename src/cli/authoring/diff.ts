import { statSync } from 'node:fs';
import { relative } from 'node:path';
import { formatProblem, severityOf } from '../../core/authoring/problem.ts';
import { checkContent } from '../../core/content/check-content.ts';
import {
  type Affected,
  type Difference,
  diff as differenceOf,
  type Version,
} from '../../core/content/diff/diff.ts';
import { EFFECTS, type Effect } from '../../core/content/diff/effects.ts';
import type { Reworded } from '../../core/content/diff/words.ts';
import { Failure } from '../../core/model/failure.ts';
import { readContent } from '../../engine/content.ts';
import type { Terminal } from '../terminal.ts';
import { type Paint, paintFor } from './colours.ts';
import { contentAsked } from './content-asked.ts';
import { counted } from './problem-text.ts';

export interface DiffOptions {
  readonly format: 'text' | 'json';
  readonly all?: true;
}

/**
 * @param folders - the older version, and the newer one; without that, the clinic that you stand in
 * @returns whether both mean the same
 */
export function diff(
  folders: readonly [before: string, after: string | undefined],
  options: DiffOptions,
  terminal: Terminal,
): boolean {
  const [before, after] = folders;
  const found = differenceOf(versionIn(before), versionIn(after));
  const isSame = found.words.length === 0 && found.patients.length === 0 && found.onlyIn.length === 0;
  terminal.out(
    options.format === 'json' ? JSON.stringify(found, null, 2) : textOf(found, options, paintFor(terminal)),
  );
  return isSame;
}

/** @throws Failure CC1000 where its files have errors: nothing can be asked of it */
function versionIn(folder: string | undefined): Version {
  const { root } = contentAsked(folder === undefined ? [] : [folder]);
  if (folder !== undefined && !statSync(folder).isDirectory())
    throw new Failure('CC1167', `${folder} is a file; name the folder that has rules/ and pathways/.`);
  const { files, problems: unread } = readContent(root);
  const { content, pathways, problems } = checkContent(files);
  const [first, ...others] = [...unread, ...problems].filter((one) => severityOf(one) === 'error');
  if (content && !first) return { content, pathways };
  const more = others.length === 0 ? '' : `\n\nand ${counted(others.length, 'error')} more.`;
  const where = relative('.', root) || '.';
  throw new Failure('CC1000', `${where} cannot be compared.\n\n${first ? formatProblem(first) : ''}${more}`);
}

function textOf(found: Difference, { all }: DiffOptions, paint: Paint): string {
  const { words, patients, asked, onlyIn } = found;
  const shown = all ? Number.POSITIVE_INFINITY : SHOWN;
  const none = words.length + patients.length + onlyIn.length === 0 ? ['Both mean the same.'] : [];
  return [
    ...none,
    ...EFFECTS.flatMap((effect) => effectLines(effect, patients, { shown, paint })),
    ...wordLines(words, shown, paint),
    ...onlyLines(onlyIn, paint),
    paint('strong', `${counted(asked, 'made-up patient')} asked of both, ${patients.length} affected.`),
  ].join('\n');
}

/** Enough to see what it is about; `--all` for whoever wants the rest. */
const SHOWN = 8;

interface How {
  readonly shown: number;
  readonly paint: Paint;
}

const HEADS: Readonly<Record<Effect, string>> = {
  held: 'Held now',
  released: 'No longer held',
  refused: 'Refused now',
  opened: 'Open now',
  're-timed': 'At another time',
  'answered otherwise': 'Answered otherwise',
  'called otherwise': 'Called otherwise',
  'led elsewhere': 'Led elsewhere',
  'escalated otherwise': 'Escalated otherwise',
  'ends otherwise': 'Ends otherwise',
};

function effectLines(effect: Effect, patients: readonly Affected[], { shown, paint }: How): string[] {
  const rows = patients.flatMap(({ subject, name, changes }) =>
    changes.filter((one) => one.effect === effect).map(({ says }) => [`${subject}: ${name}`, says] as const),
  );
  if (rows.length === 0) return [];
  const lines = rows
    .slice(0, shown)
    .flatMap(([who, says], index) => [...(rows[index - 1]?.[0] === who ? [] : [`  ${who}`]), `    ${says}`]);
  return [paint('strong', `${HEADS[effect]} (${rows.length})`), ...lines, ...rest(rows, shown), ''];
}

const rest = (rows: readonly unknown[], shown: number): string[] =>
  rows.length > shown ? [`  and ${rows.length - shown} more: --all lists them`] : [];

function wordLines(words: readonly Reworded[], shown: number, paint: Paint): string[] {
  if (words.length === 0) return [];
  const lines = words
    .slice(0, shown)
    .flatMap(({ at, was, is }) => [
      `  ${at}`,
      ...(was === undefined ? [] : [paint('error', `    - ${was}`)]),
      ...(is === undefined ? [] : [paint('good', `    + ${is}`)]),
    ]);
  return [paint('strong', `Said otherwise (${words.length})`), ...lines, ...rest(words, shown), ''];
}

function onlyLines(onlyIn: Difference['onlyIn'], paint: Paint): string[] {
  return (['after', 'before'] as const).flatMap((version) => {
    const rows = onlyIn.filter((one) => one.version === version);
    if (rows.length === 0) return [];
    const subjects = [...new Set(rows.map(({ subject }) => subject))].join(', ');
    const head = version === 'after' ? 'Only the newer can answer for' : 'Only the older can answer for';
    return [`${paint('strong', `${head} ${counted(rows.length, 'patient')}`)} (${subjects})`, ''];
  });
}
