import fc from 'fast-check';
import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { LoweredCondition, LoweredLeaf } from '../../../src/core/pathway/facts.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { alter, EVERYTHING, sourcesOf } from './sample.ts';

/** One test as a clinician may write it: the fact, its sentence, and the fact that is asked. */
interface Written {
  readonly fact: string;
  readonly sentence: string;
  readonly asked: string;
}

const dateUnit = fc.constantFrom('days', 'weeks', 'months', 'years');
const span = fc.tuple(fc.integer({ min: 1, max: 90 }), dateUnit).map(([count, unit]) => `${count} ${unit}`);

/** Bounds between two numbers, in each of the six forms. */
const bounds = (low: number, high: number, unit: string) => {
  const within = fc.integer({ min: low + 1, max: high - 1 });
  const pair = fc
    .uniqueArray(within, { minLength: 2, maxLength: 2 })
    .map((two) => two.toSorted((a, b) => a - b));
  const suffix = unit === '' ? '' : ` ${unit}`;
  return fc.oneof(
    fc
      .tuple(fc.constantFrom('below', 'at most', 'at least', 'above'), within)
      .map(([how, x]) => `${how} ${x}${suffix}`),
    pair.map(([x, y]) => `${x} to below ${y}${suffix}`),
    pair.map(([x, y]) => `above ${x} to ${y}${suffix}`),
  );
};

const dated = (orNever: boolean) =>
  fc.oneof(
    span.map((time) => `within the last ${time}`),
    span.map((time) => `at least ${time} ago`),
    ...(orNever ? [span.map((time) => `at least ${time} ago or never`)] : []),
  );

const someOf = (words: readonly string[]) =>
  fc.subarray([...words], { minLength: 1 }).map((some) => {
    const last = some.at(-1) ?? '';
    return some.length > 1 ? `includes ${some.slice(0, -1).join(', ')} or ${last}` : `includes ${last}`;
  });

const area = fc.constantFrom('treatment', 'donor', 'any area of this stage', 'left breast', 'nose', 'breast');

const of = (fact: string, sentences: fc.Arbitrary<string>, asked = fact): fc.Arbitrary<Written> =>
  sentences.map((sentence) => ({ fact, sentence, asked }));

const written: fc.Arbitrary<Written> = fc.oneof(
  of('temperature', bounds(30, 45, 'Cel')),
  of('neuropathy', bounds(0, 4, '')),
  of('glucose', bounds(0, 60, 'mmol/L')),
  of('glucose', bounds(0, 1080, 'mg/dL')),
  of('glucoseFall', bounds(-60, 60, 'mmol/L')),
  of('glucosePart', bounds(-900, 100, '%')),
  of('glucoseSum', bounds(0, 9_000, 'mmol/L')),
  of('nadir', bounds(0, 60, 'mmol/L')),
  of('neuropathyFall', bounds(-4, 4, '')),
  of(
    'age',
    span.map((time) => `at least ${time}`),
    'birthDate',
  ),
  of(
    'age',
    span.map((time) => `below ${time}`),
    'birthDate',
  ),
  of('smokes', fc.constantFrom('is yes', 'is no')),
  of(
    'pregnancy',
    fc.constantFrom('is pregnant', 'is one of not pregnant', 'is not one of pregnant, not pregnant'),
  ),
  of('wound', fc.constantFrom('is red', 'is not red', 'is one of red, open')),
  of('birthDate', dated(false)),
  of('nicotine', dated(true)),
  of('radiotherapy', dated(true)),
  of('medicines', someOf(['anticoagulant', 'insulin', 'lithium'])),
  of('rash', someOf(['hives', 'blisters'])),
  of(
    'skin',
    fc.tuple(someOf(['infection', 'eczema', 'herpes']), area).map(([some, where]) => `${some} in ${where}`),
  ),
);

const taken = fc.option(
  fc.constantFrom('within 7 days', 'within 48 hours', 'since last session', 'since this stage'),
  { nil: undefined },
);

const leavesOf = (condition: LoweredCondition): LoweredLeaf[] => {
  if ('fact' in condition) return [condition];
  if ('not' in condition) return leavesOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(leavesOf);
};

it('every sentence of the grammar is taken, becomes questions of its fact, and keeps its words', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(written, taken), {
        minLength: 1,
        maxLength: 6,
        selector: ([{ fact, sentence }]) => `${fact}: ${sentence}`,
      }),
      fc.constantFrom('all', 'any', 'none'),
      (tests, join) => {
        const members = tests.map(
          ([{ fact, sentence }, fresh]) =>
            `{ ${fact}: "${sentence}"${fresh === undefined ? '' : `, taken: ${fresh}`} }`,
        );
        const { texts: narrow } = alter(EVERYTHING, 'ruleSet', 'of: [surgery, dressing]', 'of: [surgery]');
        const condition = `{ ${join}: [ ${members.join(', ')} ] }`;
        const { texts } = alter(narrow, 'ruleSet', '{ temperature: at least 38 Cel }', condition);
        const { compiled, problems } = compilePathway(sourcesOf(texts));
        expect(problems).toEqual([]);
        const parsed = CompiledPathway.parse(compiled);
        loadPathway(parsed);
        const when = parsed.contraindications[0]?.when;
        const kept = when ? leavesOf(when).map(({ fact, name }) => `${fact}: ${name}`) : [];
        expect(new Set(kept)).toEqual(new Set(tests.map(([{ asked, sentence }]) => `${asked}: ${sentence}`)));
      },
    ),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 100) },
  );
}, 60_000);
