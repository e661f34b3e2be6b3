import type { Evidence } from '../model/verdict.schema.ts';
import type { Case } from './case.schema.ts';
import type { Saying } from './judge-case.ts';
import { Refused } from './problem.ts';

export interface Difference {
  /** The key of the case that it is about. */
  readonly key: string;
  readonly refused: Refused;
}

/** The first difference between what a case expects and what its rule says. */
export function difference(expected: Case, saying: Saying): Difference | undefined {
  const { of } = expected;
  const differs = (key: string, wanted: string, came: string): Difference | undefined => {
    if (wanted === came) return undefined;
    const says = `\`${of}\`: expected ${wanted || 'nothing'}, came ${came || 'nothing'}`;
    return { key, refused: new Refused('CC1090', says, evidenceText(saying)) };
  };
  const also = (key: string, wanted: string | undefined, came = '') =>
    wanted === undefined ? undefined : differs(key, wanted, came);
  const key = expected.answer === undefined ? 'result' : 'answer';
  const came = saying.answer ?? saying.said;
  return (
    differs(key, expected.answer ?? expected.result ?? '', came) ??
    also('missing', expected.missing && sorted(expected.missing), sorted(saying.missing)) ??
    also('earliest', expected.earliest, saying.earliest) ??
    also(
      'recommended',
      expected.recommended && windowText(expected.recommended),
      windowText(saying.recommended),
    ) ??
    also('latest', expected.latest, saying.latest)
  );
}

const sorted = (names: readonly string[]): string => names.toSorted().join(', ');

const windowText = (days: { readonly from: string; readonly to: string } | undefined): string =>
  days ? `${days.from} to ${days.to}` : '';

const MOST_SHOWN = 12;

/** What it rests on, for whoever wonders. */
function evidenceText({ evidence, missing }: Saying): string {
  const lines = [...new Set(evidence.map(evidenceLine))];
  const said = lines.slice(0, MOST_SHOWN).join('; ');
  if (said !== '') return said;
  return missing.length > 0 ? `missing: ${missing.join(', ')}` : 'nothing was asked of the patient';
}

function evidenceLine({ fact, area, asks, result, cause, value, unit }: Evidence): string {
  const what = area === undefined ? fact : `${fact} of the ${area}`;
  const seen = value === undefined ? '' : ` ${String(value)}${unit === undefined ? '' : ` ${unit}`}`;
  const why = cause === undefined ? '' : `, ${cause}`;
  return `${what}${seen} ${asks}: ${result}${why}`;
}
