import { Defect } from '../model/failure.ts';
import type { AreaDefinition } from './clinic.schema.ts';
import type { AreaChoice } from './compiled.schema.ts';

/**
 * The parts of the body that a clinic has words for. A site is as many atoms as it has sides and parts: `left breast`
 * one of the two of `breast`, `nose` one of the parts of `face`. What is the same area, a part of it or the whole of
 * it, on the same side, shares an atom.
 */
export interface Areas {
  /** Every site that has a name. */
  readonly sites: readonly string[];
  /** @throws Defect when no site has this name */
  atomsOf(site: string): readonly string[];
  isSame(one: string, other: string): boolean;
}

export function areasOf(definitions: readonly AreaDefinition[]): Areas {
  const atoms = new Map<string, string[]>();
  const add = (site: string, atom: string): void => {
    atoms.set(site, [...(atoms.get(site) ?? []), atom]);
  };
  for (const { area, sides, parts } of definitions) {
    for (const side of sides.length > 0 ? sides : ['']) {
      for (const part of parts.length > 0 ? parts : ['']) {
        const place = part === '' ? area : part;
        const atom = sited(side, place);
        for (const site of new Set([area, sited(side, area), place, atom])) add(site, atom);
      }
    }
  }
  const atomsOf = (site: string): readonly string[] => {
    const found = atoms.get(site);
    if (!found) throw new Defect(`no site is called ${site}`);
    return found;
  };
  return {
    sites: [...atoms.keys()],
    atomsOf,
    isSame: (one, other) => one === other || atomsOf(one).some((atom) => atomsOf(other).includes(atom)),
  };
}

const sited = (side: string, place: string): string => (side === '' ? place : `${side} ${place}`);

/** Whether sites are some that can be chosen of those that a pathway leaves open; where it leaves none, none are. */
export function isChosenFrom(offered: AreaChoice | undefined, sites: readonly string[]): boolean {
  if (!offered) return sites.length === 0;
  const isEnough = {
    all: sites.length === offered.sites.length,
    one: sites.length === 1,
    any: sites.length > 0,
  };
  const isOnceEach = new Set(sites).size === sites.length;
  return isEnough[offered.choose] && isOnceEach && sites.every((site) => offered.sites.includes(site));
}
