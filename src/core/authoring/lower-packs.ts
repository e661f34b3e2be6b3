import { STANDINGS } from '../pathway/standings.ts';
import type { Report } from './issues.ts';
import { lowerTasks, type Packs } from './lower-tasks.ts';
import type { PacksFile } from './task.schema.ts';
import { checkOnce, type Vocabulary } from './vocabulary.ts';

/** Whether the dates of a pack's tasks fit is seen where a stage uses it. */
export function lowerPacks({ packs }: PacksFile, vocabulary: Vocabulary, report: Report): NonNullable<Packs> {
  checkOnce('pack', { names: packs.map(({ pack }) => pack), path: ['packs'], key: 'pack' }, report);
  const place = { where: STANDINGS.pack, vocabulary, report };
  return new Map(
    packs.map(({ pack, tasks }, index) => [
      pack,
      lowerTasks(tasks, { ...place, path: ['packs', index, 'tasks'] }),
    ]),
  );
}
