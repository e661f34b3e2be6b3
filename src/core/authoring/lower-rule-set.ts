import type { Contraindication } from '../pathway/rules.schema.ts';
import type { Report } from './issues.ts';
import { lowerCondition } from './lower-condition.ts';
import { notExecuted } from './problem.ts';
import type { RuleSetFile } from './rule-set.schema.ts';
import { checkAllKnown, checkKnown, checkOnce, keysOf, type Vocabulary } from './vocabulary.ts';

/** Parts of a course that the format lets a rule stop, beside procedures and their traits. */
const LATER = [
  'consultation',
  'assessment',
  'prep',
  'procedure',
  'closure',
  'recovery',
  'reassessment',
  'maintenance',
];

export function lowerRuleSet(file: RuleSetFile, vocabulary: Vocabulary, report: Report): Contraindication[] {
  const sources = new Map(file.sources.map(({ source, cite }) => [source, cite]));
  checkOnce(
    'source',
    { names: file.sources.map(({ source }) => source), path: ['sources'], key: 'source' },
    report,
  );
  return file.rules.flatMap((rule, index): Contraindication[] => {
    const path = ['rules', index];
    const { contraindication, title, strength, then, tell, say, because, source, of = [] } = rule;
    const { facts, roles } = vocabulary;
    const when = lowerCondition(rule.when, facts, [...path, 'when'], report);
    checkStopped(of, { path: [...path, 'of'], vocabulary }, report);
    checkAllKnown('role', { names: tell, known: roles, path: [...path, 'tell'] }, report);
    checkKnown('source', { name: source, known: keysOf(sources), path: [...path, 'source'] }, report);
    return when === undefined
      ? []
      : [
          {
            rule: contraindication,
            ruleSet: file.ruleSet,
            version: file.version,
            title,
            when,
            of,
            strength,
            response: then,
            clears: { by: 'facts' as const },
            ifUnknown: 'hold' as const,
            tell,
            ...(say === undefined ? {} : { say }),
            because,
            source: sources.get(source) ?? source,
          },
        ];
  });
}

function checkStopped(
  of: readonly string[],
  { path, vocabulary }: { path: (string | number)[]; vocabulary: Vocabulary },
  report: Report,
): void {
  const { procedures } = vocabulary;
  const known = procedures && [...procedures.keys(), ...[...procedures.values()].flat()];
  checkOnce('procedure or trait', { names: of, path }, report);
  for (const [index, name] of of.entries()) {
    const place = [...path, index];
    if (LATER.includes(name) && known?.includes(name) === false) report(place, notExecuted(name));
    else checkKnown('procedure or trait', { name, known, path: place }, report);
  }
}
