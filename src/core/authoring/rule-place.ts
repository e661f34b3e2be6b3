import type { z } from 'zod';
import type { OverrideTerms } from '../pathway/rules.schema.ts';
import type { Report } from './issues.ts';
import { Refused } from './problem.ts';
import type { Override } from './rule-words.ts';
import type { Path } from './source.ts';
import {
  bearersOf,
  checkDecider,
  checkDeciders,
  checkKnown,
  checkOnce,
  type Vocabulary,
} from './vocabulary.ts';

/** Where one rule stands, and what it carries whatever its kind. */
export interface RulePlace {
  readonly path: Path;
  readonly header: Header;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

export interface Header {
  readonly rule: string;
  readonly ruleSet: string;
  readonly version: string;
  readonly title: string;
  /** The citation itself. */
  readonly source: string;
}

/** Parts of a course: what a rule keeps closed are gates, and those stand under `stops`. */
const PHASES = [
  'consultation',
  'assessment',
  'prep',
  'procedure',
  'closure',
  'recovery',
  'reassessment',
  'maintenance',
];

/**
 * Procedures and traits that a rule bears on, each of which the catalogue knows.
 * @param care - home care that it may name beside them
 */
export function checkBearers(
  of: readonly string[],
  { path, vocabulary, report }: RulePlace,
  care: readonly string[] = [],
): void {
  const bearers = bearersOf(vocabulary);
  const known = bearers && [...bearers, ...care];
  checkOnce('procedure or trait', { names: of, path: [...path, 'of'] }, report);
  for (const [index, name] of of.entries()) {
    const place = [...path, 'of', index];
    if (PHASES.includes(name) && known?.includes(name) === false) report(place, aPhase(name));
    else checkKnown('procedure or trait', { name, known, path: place }, report);
  }
}

const aPhase = (name: string): Refused =>
  new Refused(
    'CC1042',
    `\`${name}\` is a phase, and no procedure or trait`,
    'a rule keeps gates closed, which its `stops` names: here stands what is done behind them',
  );

/** Who may set a rule aside, in the compiled form. */
export function lowerOverride(
  { by, second, lasts, covers, reasons }: z.infer<typeof Override>,
  { path, vocabulary, report }: RulePlace,
): OverrideTerms {
  const place = [...path, 'override'];
  checkDeciders({ names: by, path: [...place, 'by'] }, vocabulary, report);
  if (second !== undefined) {
    checkDecider(second, { roles: vocabulary.roles, path: [...place, 'second'] }, report);
  }
  checkOnce('reason', { names: reasons, path: [...place, 'reasons'] }, report);
  return { by, ...(second === undefined ? {} : { second }), lasts, ...covers, reasons };
}
