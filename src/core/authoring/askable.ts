import type { DerivedDefinition, FactDefinition, FactKind } from '../pathway/facts.schema.ts';
import type { CatalogueFile, WrittenDerived, WrittenFact } from './catalogue.schema.ts';
import { kindWithRange } from './fact-kinds.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';

/** What a test may be put to: a fact of the catalogue, or what is derived of one. */
export interface Askable {
  /** The fact that is asked: of a time since a date, that date. */
  readonly fact: string;
  readonly is: FactKind | { readonly kind: 'time since' };
  /** Other units than its own, each with the factor that makes a number of it one of the fact's. */
  readonly alsoIn: FactDefinition['alsoIn'];
  readonly byArea: boolean;
  /** What a derived fact is, where it is a number; a time since a date is none of its own. */
  readonly derived?: DerivedDefinition;
}

/** By name. Undefined where a fact is not as it should be: that is said where it stands. */
export type Askables = ReadonlyMap<string, Askable | undefined>;

export const factsOf = ({ facts }: CatalogueFile): Askables =>
  new Map(facts.map((fact) => [fact.fact, askableOf(fact)]));

/** The facts and what is derived of them; of a name that stands there twice, the fact. */
export function askablesOf({ derived = [] }: CatalogueFile, facts: Askables): Askables {
  const known = derived.map((one) => {
    const askable = derivedOf(one, facts);
    return [one.derived, askable instanceof Refused ? undefined : askable] as const;
  });
  return new Map([...known, ...facts]);
}

function askableOf({ fact, is, range, words, alsoIn = [], byArea }: WrittenFact): Askable | undefined {
  const kind = kindWithRange(is, { range, words });
  return kind instanceof Refused ? undefined : { fact, is: kind, alsoIn, byArea: byArea === true };
}

/** @returns undefined where the fact that it is derived of is not as it should be */
export function derivedOf({ derived, is }: WrittenDerived, facts: Askables): Askable | Refused | undefined {
  const { of, way } = is;
  if (!facts.has(of))
    return new Refused('CC1041', `there is no fact \`${of}\``, didYouMean(of, [...facts.keys()]));
  const base = facts.get(of);
  if (!base) return undefined;
  if (way.kind === 'time since') {
    const isPast = base.is.kind === 'date' && !base.is.ahead;
    return isPast ? { ...base, is: { kind: 'time since' } } : noTimeSince(of, base);
  }
  if ((base.is.kind !== 'number' && base.is.kind !== 'grade') || base.byArea) {
    return new Refused('CC1060', `\`${of}\` is no number or grade of the patient as a whole`);
  }
  if (way.kind === 'fall' && way.percent && base.is.from < 0) {
    return new Refused('CC1060', `\`${of}\` can be less than 0: no percentage is taken of that`);
  }
  const kind = derivedKind(way, base.is);
  const unit = kind.kind === 'number' ? { unit: kind.unit } : {};
  const isInPercent = way.kind === 'fall' && way.percent;
  return {
    fact: derived,
    is: kind,
    alsoIn: isInPercent ? [] : base.alsoIn,
    byArea: false,
    derived: { derived, of, way, ...unit },
  };
}

function noTimeSince(of: string, { is }: Askable): Refused {
  if (is.kind === 'date')
    return new Refused('CC1060', `\`${of}\` may lie ahead`, 'take the time since a date that has been');
  return is.kind === 'date or never'
    ? new Refused(
        'CC1060',
        `\`${of}\` is not always a date`,
        'test it by `within the last D` or `at least D ago`',
      )
    : new Refused('CC1060', `\`${of}\` is no date`, 'take the time since a fact that is a date');
}

type NumberKind = Extract<FactKind, { kind: 'number' | 'grade' }>;

/** With the range of what the numbers of a range can come to. */
function derivedKind(way: DerivedDefinition['way'], base: NumberKind): NumberKind {
  switch (way.kind) {
    case 'fall': {
      if (way.percent) return { kind: 'number', unit: '%', from: Number.NEGATIVE_INFINITY, to: 100 };
      const most = base.to - base.from;
      return { ...base, from: -most, to: most };
    }
    case 'sum':
      return {
        ...base,
        from: base.from < 0 ? Number.NEGATIVE_INFINITY : base.from,
        to: base.to > 0 ? Number.POSITIVE_INFINITY : base.to,
      };
    case 'highest':
    case 'lowest':
      return base;
  }
}
