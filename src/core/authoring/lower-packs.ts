import { STANDINGS } from '../pathway/standings.ts';
import type { Report } from './issues.ts';
import { alreadyThere, checkPackCare } from './lower-care.ts';
import { lowerTasks, type Packs } from './lower-tasks.ts';
import { Refused } from './problem.ts';
import type { PacksFile } from './task.schema.ts';
import { checkOnce, type Vocabulary } from './vocabulary.ts';

/** Whether the dates of a pack's tasks fit is seen where a stage uses it. */
export function lowerPacks({ packs }: PacksFile, vocabulary: Vocabulary, report: Report): NonNullable<Packs> {
  checkOnce('pack', { names: packs.map(({ pack }) => pack), path: ['packs'], key: 'pack' }, report);
  const place = { where: STANDINGS.pack, vocabulary, report };
  const seen = new Set<string>();
  return new Map(
    packs.map(({ pack, tasks = [], care = [] }, index) => {
      const path = ['packs', index];
      if (tasks.length === 0 && care.length === 0) report(path, NOTHING);
      for (const [at, { care: name }] of care.entries()) {
        if (seen.has(name)) report([...path, 'care', at, 'care'], alreadyThere(name));
        seen.add(name);
      }
      checkPackCare(care, { vocabulary, report, path: [...path, 'care'] });
      return [pack, { tasks: lowerTasks(tasks, { ...place, path: [...path, 'tasks'] }), care }];
    }),
  );
}

const NOTHING = new Refused('CC1011', 'a pack has tasks or home care', 'add `tasks:`, or `care:`');
