import type { FactDefinition } from '../pathway/facts.schema.ts';
import { type CatalogueFile, factKindOf } from './catalogue.schema.ts';
import type { Report } from './issues.ts';
import { Refused } from './problem.ts';
import { checkKnown, checkOnce, type Vocabulary } from './vocabulary.ts';

export function lowerCatalogue(file: CatalogueFile, { roles }: Vocabulary, report: Report): FactDefinition[] {
  const { facts, procedures } = file;
  const names = facts.map(({ fact }) => fact);
  checkOnce('fact', { names, path: ['facts'], key: 'fact' }, report);
  checkProcedures(procedures, report);
  return facts.flatMap((written, index): FactDefinition[] => {
    const { fact, title, is, goodFor, from, ask } = written;
    const path = ['facts', index];
    checkKnown('role', { name: ask.role, known: roles, path: [...path, 'ask', 'role'] }, report);
    checkOnce('source', { names: from, path: [...path, 'from'] }, report);
    const kind = factKindOf(written);
    if (kind)
      return [
        {
          fact,
          title,
          is: kind,
          byArea: false,
          flag: false,
          ...(goodFor === 'ever' ? {} : { goodFor }),
          from,
          ask,
          alsoIn: [],
        },
      ];
    if (is.kind === 'number') report(path, NO_RANGE);
    else report([...path, 'range'], new Refused('CC1026', `a fact that is ${is.kind} has no range`));
    return [];
  });
}

const NO_RANGE = new Refused('CC1026', 'a number fact has a range', 'add `range:`, from low to high');

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
