import { type ItemPlaces, itemPlaces, type Place } from '../authoring/item-places.ts';
import { type Problem, Refused } from '../authoring/problem.ts';
import { readSource, type SourceFile } from '../authoring/source.ts';
import type { Finding, Subject } from './finding.ts';

/** The texts in which a finding can stand. */
export interface Texts {
  readonly clinic: SourceFile;
  readonly catalogue: SourceFile;
  readonly ruleSets: readonly SourceFile[];
  readonly packs?: SourceFile;
  readonly pathway?: SourceFile;
}

const OF_RULES: readonly string[] = ['contraindication', 'eligibility', 'table', 'interval', 'alert'];
const OF_CATALOGUE: readonly string[] = ['fact', 'derived', 'procedure'];
const OF_CLINIC: readonly string[] = ['ladder', 'calendar', 'area', 'source'];

/** Puts what was found where it stands. */
export function placing(texts: Texts): (finding: Finding) => Problem {
  const { clinic, catalogue, ruleSets, packs, pathway } = texts;
  const own = pathway ? [pathway] : [];
  const filesFor = (kind: string): readonly SourceFile[] => {
    if (OF_RULES.includes(kind)) return [...ruleSets, ...own];
    if (OF_CATALOGUE.includes(kind)) return [catalogue];
    if (OF_CLINIC.includes(kind)) return [clinic];
    return [...own, ...(packs ? [packs] : [])];
  };
  const known = new Map<SourceFile, ItemPlaces>();
  // Only what something was found in is looked through.
  const placesIn = (file: SourceFile): ItemPlaces => {
    const places = known.get(file) ?? itemPlaces(file);
    known.set(file, places);
    return places;
  };
  const placeOf = ({ kind, name, path }: Subject): Place => {
    const files = filesFor(kind);
    for (const file of kind === 'pathway' ? [] : files) {
      const place = placesIn(file).placeOf(kind, name, path);
      if (place) return place;
    }
    const [whole = clinic] = files;
    return readSource(whole).problemAt(kind === 'pathway' ? (path ?? []) : [], NOWHERE);
  };
  return ({ code, severity, at, says, help, example }) => {
    const { file, line, column } = placeOf(at);
    return {
      file,
      line,
      column,
      code,
      message: says,
      ...(help === undefined ? {} : { help }),
      ...(severity === 'error' ? {} : { severity }),
      ...(example === undefined || example.length === 0 ? {} : { counterExample: example }),
    };
  };
}

/** Of a problem that is none: only its place is looked for. */
const NOWHERE = new Refused('CC1000', '');
