import type { DerivedDefinition } from '../pathway/facts.schema.ts';
import { Refused } from './problem.ts';
import { sentence } from './words.ts';

/** What a derived fact is taken from, and how. The time since a date is asked of the date itself. */
export interface DerivedWay {
  readonly of: string;
  readonly way: DerivedDefinition['way'] | { readonly kind: 'time since' };
}

const FORMS =
  'time since F, [percent] fall from baseline of F, highest|lowest of last N F, ' +
  'highest|lowest since last session of F, sum of F';

/** One of the closed list of ways; no arithmetic is written. */
export const derivedWay = sentence((written): DerivedWay | Refused => {
  const [, percent, fallen] = /^(percent )?fall from baseline of (\S+)$/.exec(written) ?? [];
  if (fallen !== undefined) return { of: fallen, way: { kind: 'fall', percent: percent !== undefined } };
  const [, since] = /^time since (\S+)$/.exec(written) ?? [];
  if (since !== undefined) return { of: since, way: { kind: 'time since' } };
  const [, summed] = /^sum of (\S+)$/.exec(written) ?? [];
  if (summed !== undefined) return { of: summed, way: { kind: 'sum' } };
  return (
    readExtreme(written) ??
    new Refused('CC1032', `\`${written}\` is no way to derive a fact`, `write one of: ${FORMS}`)
  );
});

const MOST_COUNTED = 100;

function readExtreme(written: string): DerivedWay | Refused | undefined {
  const [, word, number, counted, sinceSession] =
    /^(highest|lowest) (?:of last (\S+) (\S+)|since last session of (\S+))$/.exec(written) ?? [];
  if (word === undefined) return undefined;
  const kind = word === 'highest' ? ('highest' as const) : ('lowest' as const);
  if (sinceSession !== undefined) return { of: sinceSession, way: { kind, since: 'last session' } };
  const last = /^[1-9]\d{0,2}$/.test(number ?? '') ? Number(number) : 0;
  return counted !== undefined && last >= 2 && last <= MOST_COUNTED
    ? { of: counted, way: { kind, last } }
    : new Refused('CC1032', `\`${number}\` is not how many are looked at`, `write 2 to ${MOST_COUNTED}`);
}
