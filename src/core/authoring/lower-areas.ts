import { areasOf } from '../pathway/areas.ts';
import type { AreaDefinition } from '../pathway/clinic.schema.ts';
import { areasIn, type ClinicFile } from './clinic.schema.ts';
import type { Report } from './issues.ts';
import { Refused } from './problem.ts';
import { checkOnce } from './vocabulary.ts';

/** Each part of the body with a name that means it alone: a site that could be two would be judged as one of them. */
export function lowerAreas(file: ClinicFile, report: Report): AreaDefinition[] {
  const areas = areasIn(file);
  const names = areas.map(({ area }) => area);
  checkOnce('area', { names, path: ['areas'], key: 'area' }, report);
  const taken = new Set<string>();
  for (const [index, definition] of areas.entries()) {
    const { area, sides, parts } = definition;
    const path = ['areas', index];
    checkOnce('side', { names: sides, path: [...path, 'sides'] }, report);
    checkOnce('part', { names: parts, path: [...path, 'parts'] }, report);
    for (const [at, part] of parts.entries()) {
      if (names.includes(part))
        report([...path, 'parts', at], new Refused('CC1047', `there is an area \`${part}\` already`));
    }
    if (names.indexOf(area) < index) continue;
    const ownParts = [...new Set(parts)].filter((part) => !names.includes(part));
    const site = twiceCalled({ area, sides: [...new Set(sides)], parts: ownParts }, taken);
    if (site !== undefined) {
      report([...path, 'area'], new Refused('CC1047', `two areas would be called \`${site}\``));
    }
  }
  return areas;
}

/** A site that would be called as another is; adds what this area is called to what is taken. */
function twiceCalled(definition: AreaDefinition, taken: Set<string>): string | undefined {
  const { area, sides, parts } = definition;
  const places = [area, ...parts];
  const all = [...places, ...sides.flatMap((side) => places.map((place) => `${side} ${place}`))];
  const twice = all.find((site, index) => taken.has(site) || all.indexOf(site) < index);
  for (const site of areasOf([definition]).sites) taken.add(site);
  return twice;
}
