import { UcumLhcUtils, type Unit } from '@lhncbc/ucum-lhc';

/** A number in one unit as a number in another; undefined where that number is none. */
export type Conversion = (value: number) => number | undefined;

/** Pairs of units whose conversion is kept. A clinic's senders use some dozens. */
const MOST_KEPT = 1_000;

const kept = new Map<string, Conversion | undefined>();

/**
 * How numbers in `from` become numbers in `to`, by UCUM; undefined where UCUM does not know both units, and where it
 * does and the number could still mean something else:
 *
 * U1 What the library guesses (`pound`, `degF`) is not known.
 * U2 Numbers without a dimension stay what they are: `%`, `1` and `mmol/mol` are commensurable, and 53 mmol/mol of
 *    haemoglobin A1c is 7 %, not 5.3.
 * U3 Units with other annotations are other units: `mL/min/{1.73_m2}` is not mL/min of this patient.
 * U4 A number is no factor of a unit: UCUM reads `1.73.m2` as 1 × 73 × m2.
 * U5 Of the scales with a zero of their own only `Cel` and `[degF]` are taken; the library has others wrong.
 *
 * What is not converted is refused at the border with the units that are taken, and the catalogue can take it by
 * `alsoIn`.
 */
export function conversionBetween({ from, to }: { from: string; to: string }): Conversion | undefined {
  const pair = JSON.stringify([from, to]);
  if (kept.has(pair)) return kept.get(pair);
  if (kept.size >= MOST_KEPT) kept.clear();
  const found = findConversion(from, to);
  kept.set(pair, found);
  return found;
}

let ucum: UcumLhcUtils | undefined;

function findConversion(from: string, to: string): Conversion | undefined {
  if (annotationsOf(from) !== annotationsOf(to)) return undefined;
  // Its tables take milliseconds to read; most clinics' senders never need them.
  ucum ??= new UcumLhcUtils();
  const [source, target] = [unitOf(ucum, from), unitOf(ucum, to)];
  if (!source || !target || ucum.detectConversionType(source, target) !== 'normal') return undefined;
  const digits = source.cnv_ === null && target.cnv_ === null ? undefined : SCALE_DECIMALS;
  const convert: Conversion = (value) => withoutNoise(target.convertFrom(value, source), digits);
  return isPossible(convert) ? convert : undefined;
}

const annotationsOf = (unit: string): string => (unit.match(ANNOTATION) ?? []).join('');
const ANNOTATION = /\{[^{}]*\}/g;

/** As UCUM writes them, annotations aside; the library lets more pass. */
const UNIT = /^[A-Za-z0-9[\]'"_%*^./()+-]+$/;
const NUMERIC_FACTOR = /(?:^|[./(])(?!1(?:[./)]|$))\d+(?=[./)]|$)/;
const KNOWN_SCALES: readonly string[] = ['Cel', '[degF]'];

function unitOf({ uStrParser_ }: UcumLhcUtils, text: string): Unit | undefined {
  const bare = text.replaceAll(ANNOTATION, '');
  if (!UNIT.test(bare) || NUMERIC_FACTOR.test(bare)) return undefined;
  try {
    const [unit, understood, messages] = uStrParser_.parseString(text, 'convert', false);
    if (!unit || understood !== text || messages.length > 0 || isPureNumber(unit)) return undefined;
    return unit.cnv_ === null || KNOWN_SCALES.includes(text) ? unit : undefined;
  } catch {
    // The library throws on some texts that are no units, such as the names of methods of objects.
    return undefined;
  }
}

const isPureNumber = ({ dim_, moleExp_, equivalentExp_ }: Unit): boolean =>
  (dim_ === null || dim_.isNull() || dim_.isZero()) && moleExp_ === 0 && equivalentExp_ === 0;

/**
 * The library says only as it converts that units are of other dimensions, or arbitrary (`[iU]`). No unit is so small
 * that one of it is nothing.
 */
function isPossible(convert: Conversion): boolean {
  try {
    const one = convert(1);
    return one !== undefined && one !== 0;
  } catch {
    return false;
  }
}

/** Digits that a measurement can mean; what comes after them is the noise of the arithmetic. */
const DIGITS = 12;
/** Beside a zero of its own a scale's noise does not shrink with the number. */
const SCALE_DECIMALS = 10;

/** @param decimals - at most so many, where the noise is of a fixed size */
export function withoutNoise(value: number, decimals?: number): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  const rounded = Number(value.toPrecision(DIGITS));
  // Never minus zero.
  return (decimals === undefined ? rounded : Number(rounded.toFixed(decimals))) + 0;
}
