import type { FactValue, SentObservation } from '../model/event.schema.ts';
import type { FactDefinition } from '../pathway/facts.schema.ts';
import type { Report } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import type { Stated, StatedFacts, WrittenTime, WrittenValue } from './stated.schema.ts';
import { checkKnown } from './vocabulary.ts';

/** A stated value in the form in which it is sent. */
export interface Observed extends Omit<SentObservation, 'observedAt' | 'from'> {
  readonly from: string;
  readonly taken?: WrittenTime;
}

interface Known {
  readonly facts: readonly FactDefinition[];
  readonly sites: readonly string[] | undefined;
  readonly path: Path;
  readonly report: Report;
}

/** What is stated, each value measured by the catalogue; less what was reported. */
export function lowerStated(stated: StatedFacts, known: Known): Observed[] {
  return Object.entries(stated).flatMap(([fact, values]) => {
    const path = [...known.path, fact];
    const definition = known.facts.find((one) => one.fact === fact);
    if (!definition) {
      const all = known.facts.map((one) => one.fact);
      known.report(path, new Refused('CC1041', `there is no fact \`${fact}\``, didYouMean(fact, all)), 'key');
      return [];
    }
    return values.flatMap((one, index) =>
      lowerOne(one, definition, { ...known, path: values.length > 1 ? [...path, index] : path }),
    );
  });
}

function lowerOne(stated: Stated, definition: FactDefinition, { sites, path, report }: Known): Observed[] {
  const { fact, is, byArea, from: trusted } = definition;
  const { in: area, taken, from = trusted[0] ?? 'clinician' } = stated;
  if (byArea !== (area !== undefined)) {
    const says = byArea ? `\`${fact}\` is known by area` : `\`${fact}\` is not known by area`;
    const help = byArea ? 'write `{ value: …, in: left breast }`' : 'leave out `in`';
    report(path, new Refused('CC1066', says, help));
    return [];
  }
  if (area !== undefined) checkKnown('area', { name: area, known: sites, path: [...path, 'in'] }, report);
  if (!trusted.includes(from)) {
    const says = `\`${fact}\` is not taken from \`${from}\``;
    report([...path, 'from'], new Refused('CC1060', says, didYouMean(from, trusted)));
  }
  const value = factValue(stated.value, is);
  if (value instanceof Refused) {
    report(path, value);
    return [];
  }
  const unit = is.kind === 'number' ? { unit: is.unit } : {};
  return [
    { fact, value, ...unit, from, ...(area === undefined ? {} : { area }), ...(taken ? { taken } : {}) },
  ];
}

/** No list is written that is empty: `none` says that there are none. */
const NONE = 'none';

function factValue(written: WrittenValue, is: FactDefinition['is']): FactValue | Refused {
  const isNumber = typeof written === 'number';
  switch (is.kind) {
    case 'number':
    case 'grade':
      if (!isNumber || (is.kind === 'grade' && !Number.isInteger(written))) return wrong(written, is.kind);
      return written < is.from || written > is.to
        ? new Refused('CC1062', `${written} lies outside ${is.from} to ${is.to}`)
        : written;
    case 'code':
      return typeof written === 'string' && is.codes.includes(written)
        ? written
        : notOneOf(written, is.codes);
    case 'yes or no':
      return written === 'yes' || written === 'no' ? written === 'yes' : notOneOf(written, ['yes', 'no']);
    case 'findings':
    case 'list':
      return wordsOf(written, is.kind === 'findings' ? is.codes : is.words);
    case 'date':
    case 'date or never':
      if (written === 'never' && is.kind === 'date or never') return written;
      return typeof written === 'string' && /^\d{4}-\d\d-\d\d$/.test(written)
        ? written
        : wrong(written, is.kind);
  }
}

function wordsOf(written: WrittenValue, known: readonly string[] | undefined): FactValue | Refused {
  if (written === NONE) return [];
  const words = typeof written === 'object' ? written : [String(written)];
  const stranger = known && words.find((word) => !known.includes(word));
  return stranger === undefined ? [...words] : notOneOf(stranger, [...(known ?? []), NONE]);
}

const wrong = (written: WrittenValue, kind: string): Refused =>
  new Refused('CC1060', `\`${String(written)}\` is not of the kind \`${kind}\``);

const notOneOf = (written: WrittenValue, words: readonly string[]): Refused =>
  new Refused(
    'CC1062',
    `\`${String(written)}\` is no value of this fact`,
    didYouMean(String(written), words),
  );
