import type { FactDefinition } from '../pathway/facts.schema.ts';
import { derivedOf } from './askable.ts';
import type { CatalogueFile, WrittenFact } from './catalogue.schema.ts';
import { kindWithRange } from './fact-kinds.ts';
import type { Report } from './issues.ts';
import { factsIn } from './leaves.ts';
import { lowerCondition } from './lower-condition.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkKnown, checkOnce, type Vocabulary } from './vocabulary.ts';

export function lowerCatalogue(
  file: CatalogueFile,
  vocabulary: Vocabulary,
  report: Report,
): FactDefinition[] {
  const { facts, procedures } = file;
  checkOnce('fact', { names: facts.map(({ fact }) => fact), path: ['facts'], key: 'fact' }, report);
  checkDerived(file, vocabulary, report);
  checkProcedures(procedures, report);
  checkCare(file, report);
  const lowered = facts.flatMap((written, index) => {
    const definition = lowerFact(written, { path: ['facts', index], vocabulary, report });
    return definition ? [definition] : [];
  });
  checkCircles(lowered, file, report);
  return lowered;
}

interface Place {
  readonly path: Path;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

function lowerFact(written: WrittenFact, place: Place): FactDefinition | undefined {
  const { fact, title, is, range, goodFor, from, ask, code, alsoIn = [], byArea, flag } = written;
  const { path, vocabulary, report } = place;
  const { roles } = vocabulary;
  checkKnown('role', { name: ask.role, known: roles, path: [...path, 'ask', 'role'] }, report);
  checkOnce('source', { names: from, path: [...path, 'from'] }, report);
  checkUnits(written, place);
  if (byArea && is.kind === 'list') {
    report([...path, 'byArea'], new Refused('CC1069', 'a list is of the patient as a whole'), 'key');
  }
  const kind = kindWithRange(is, written);
  if (kind instanceof Refused) report(range === undefined ? path : [...path, 'range'], kind);
  checkOnce('word', { names: written.words ?? [], path: [...path, 'words'] }, report);
  const asking = { vocabulary, path: [...path, 'notValidWhen'], report, ofPatient: 'notValidWhen' as const };
  const notValidWhen = written.notValidWhen && lowerCondition(written.notValidWhen, asking);
  if (kind instanceof Refused) return undefined;
  return {
    fact,
    title,
    is: kind,
    byArea: byArea ?? false,
    flag: flag ?? false,
    ...(goodFor === 'ever' ? {} : { goodFor }),
    from,
    ask,
    ...(notValidWhen ? { notValidWhen } : {}),
    alsoIn,
    ...(code === undefined ? {} : { code }),
  };
}

function checkUnits({ is, alsoIn = [] }: WrittenFact, { path, report }: Place): void {
  const names = alsoIn.map(({ unit }) => unit);
  if (is.kind !== 'number' && names.length > 0) {
    report([...path, 'alsoIn'], new Refused('CC1069', `a fact that is ${is.kind} has no unit`), 'key');
  }
  checkOnce('unit', { names, path: [...path, 'alsoIn'], key: 'unit' }, report);
  for (const [index, unit] of names.entries()) {
    if (is.kind !== 'number' || unit !== is.unit) continue;
    report([...path, 'alsoIn', index, 'unit'], new Refused('CC1047', `\`${unit}\` is the fact's own unit`));
  }
}

function checkDerived({ facts, derived = [] }: CatalogueFile, vocabulary: Vocabulary, report: Report): void {
  const known = new Set(facts.map(({ fact }) => fact));
  for (const [index, one] of derived.entries()) {
    const path = ['derived', index];
    if (known.has(one.derived)) {
      report([...path, 'derived'], new Refused('CC1047', `there is a fact \`${one.derived}\` already`));
    }
    known.add(one.derived);
    const askable = vocabulary.facts && derivedOf(one, vocabulary.facts);
    if (askable instanceof Refused) report([...path, 'is'], askable);
  }
}

/** A fact that is believed only if another is, which is believed only if the first is, never would be. */
function checkCircles(facts: readonly FactDefinition[], file: CatalogueFile, report: Report): void {
  const restsOn = new Map(
    facts.map(({ fact, notValidWhen }) => [fact, notValidWhen ? factsIn(notValidWhen) : []]),
  );
  for (const [index, { fact }] of file.facts.entries()) {
    const reached = new Set<string>();
    const ahead = [...(restsOn.get(fact) ?? [])];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (reached.has(next)) continue;
      reached.add(next);
      ahead.push(...(restsOn.get(next) ?? []));
    }
    if (!reached.has(fact)) continue;
    const says = `whether \`${fact}\` is believed depends on \`${fact}\` itself`;
    report(['facts', index, 'notValidWhen'], new Refused('CC1068', says), 'key');
  }
}

/** A rule that names it would speak of a procedure as well. */
function checkCare({ care = [], procedures }: CatalogueFile, report: Report): void {
  checkOnce('care', { names: care, path: ['care'] }, report);
  const taken = new Set(procedures.flatMap(({ procedure, traits = [] }) => [procedure, ...traits]));
  for (const [index, name] of care.entries()) {
    if (!taken.has(name)) continue;
    report(['care', index], new Refused('CC1047', `\`${name}\` is the name of a procedure or trait`));
  }
}

/** A trait that is also a procedure would make a rule speak of more than it says. */
function checkProcedures(procedures: CatalogueFile['procedures'], report: Report): void {
  const names = procedures.map(({ procedure }) => procedure);
  checkOnce('procedure', { names, path: ['procedures'], key: 'procedure' }, report);
  for (const [index, { traits = [] }] of procedures.entries()) {
    const path = ['procedures', index, 'traits'];
    checkOnce('trait', { names: traits, path }, report);
    for (const [at, trait] of traits.entries()) {
      if (!names.includes(trait)) continue;
      report([...path, at], new Refused('CC1047', `\`${trait}\` is the name of a procedure`));
    }
  }
}
