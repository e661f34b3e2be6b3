import type { FactDefinition, FactKind } from '../pathway/facts.schema.ts';
import type { Asked } from './ask-word.ts';
import { Refused } from './problem.ts';
import type { Bound, Test } from './test-sentences.ts';

type NumberKind = Extract<FactKind, { kind: 'number' | 'grade' }>;

/** Bounds in the fact's own unit, each of which some number of its range keeps, and some other does not. */
export function askNumber(
  { bounds: written, unit }: Extract<Test, { asks: 'number' }>,
  { kind, alsoIn }: { readonly kind: NumberKind; readonly alsoIn: FactDefinition['alsoIn'] },
): readonly Asked[] | Refused {
  const factor = factorOf(unit, kind, alsoIn);
  if (factor instanceof Refused) return factor;
  const bounds =
    factor === 1 ? written : written.map((bound) => ({ ...bound, value: rounded(bound.value * factor) }));
  const shown = kind.kind === 'number' ? ` ${kind.unit}` : '';
  const outside = bounds.find(({ value }) => value < kind.from || value > kind.to);
  if (outside) {
    return new Refused('CC1062', `${outside.value}${shown} lies outside ${rangeOf(kind)}${shown}`);
  }
  const halved = kind.kind === 'grade' ? bounds.find(({ value }) => !Number.isInteger(value)) : undefined;
  if (halved) return new Refused('CC1062', `${halved.value} is no grade: grades are whole numbers`);
  return bounds.every((bound) => answerOf(bound, kind) === 'always') ||
    bounds.some((bound) => answerOf(bound, kind) === 'never')
    ? new Refused('CC1064', `${rangeOf(kind)}${shown}: the answer is always the same`)
    : bounds;
}

function factorOf(
  unit: string | undefined,
  kind: NumberKind,
  alsoIn: FactDefinition['alsoIn'],
): number | Refused {
  if (kind.kind === 'grade') {
    return unit === undefined
      ? 1
      : new Refused('CC1061', `a grade has no unit, and \`${unit}\` is none`, 'write the number alone');
  }
  if (unit === kind.unit) return 1;
  const other = alsoIn.find((one) => one.unit === unit);
  if (other) return other.factor;
  const found = unit === undefined ? 'the unit is missing' : `\`${unit}\` is not the unit of this fact`;
  const units = [kind.unit, ...alsoIn.map((one) => one.unit)];
  return new Refused('CC1061', found, `write the unit ${units.join(' or ')}`);
}

/** Digits beyond these are noise of the multiplication; values are rounded to as many where they come in. */
const rounded = (value: number): number => Number(value.toPrecision(12));

/** What can come out of a derivation may have one end only. */
const rangeOf = ({ from, to }: NumberKind): string =>
  Number.isFinite(from)
    ? Number.isFinite(to)
      ? `${from} to ${to}`
      : `from ${from} on`
    : Number.isFinite(to)
      ? `up to ${to}`
      : 'all numbers';

/** What a bound says of every number of a range. */
function answerOf({ operator, value }: Bound, { from, to }: NumberKind): 'always' | 'never' | 'depends' {
  switch (operator) {
    case 'lessThan':
      return value <= from ? 'never' : 'depends';
    case 'lessThanInclusive':
      return value >= to ? 'always' : 'depends';
    case 'greaterThanInclusive':
      return value <= from ? 'always' : 'depends';
    case 'greaterThan':
      return value >= to ? 'never' : 'depends';
  }
}
