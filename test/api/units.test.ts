import { join } from 'node:path';
import { assert, constantFrom, double, property } from 'fast-check';
import type { PlanEvent, SentObservation } from '../../src/core/model/event.schema.ts';
import { bodyAsSent } from '../../src/core/model/sent-as.ts';
import { loadPathway } from '../../src/core/pathway/pathway.ts';
import { compileFolder } from '../../src/engine/content.ts';
import { conversionBetween } from '../../src/engine/ucum.ts';
import { inCatalogueUnits } from '../../src/engine/units.ts';
import { factOf, pathwayWith } from '../support/pathways.ts';
import { eventOf } from '../support/plan.ts';

const numberIn = (unit: string, from = -1e9, to = 1e9) => ({ kind: 'number' as const, unit, from, to });

/** Facts of the kinds that laboratories send, each in its own unit. */
const compiled = pathwayWith({
  rules: [],
  facts: [
    factOf('temperature', numberIn('Cel')),
    factOf('haemoglobin', numberIn('g/dL')),
    factOf('glucose', numberIn('mg/dL'), {
      alsoIn: [{ unit: 'mmol/L', factor: 18.0156, source: 'molar mass of glucose, 180.156 g/mol' }],
    }),
    factOf('hba1c', numberIn('%')),
    factOf('egfr', numberIn('mL/min')),
    factOf('neutrophils', numberIn('10*9/L')),
    factOf('weight', numberIn('kg')),
    factOf('lesions', numberIn('count')),
    factOf('mentalScore', numberIn('{score}')),
    factOf('thyrotropin', numberIn('m[iU]/L')),
    factOf('bloodThinner', { kind: 'date or never' }),
    factOf('pain', { kind: 'grade', from: 0, to: 10 }),
  ],
});
const pathway = loadPathway(compiled);

const stating = (...observations: SentObservation[]): PlanEvent =>
  eventOf('observation.recorded', { observations });

/** What becomes of one number: `37 Cel`, or `as sent`. */
function standsAs(fact: string, value: number, unit?: string): string {
  const event = stating({ fact, value, ...(unit === undefined ? {} : { unit }) });
  const taken = inCatalogueUnits(pathway, event);
  if (taken === event) return 'as sent';
  if (taken.type !== 'observation.recorded') throw new Error('another type');
  const [stands] = taken.data.observations;
  return `${stands?.value} ${stands?.unit}`;
}

test.each<[title: string, fact: string, value: number, unit: string, stands: string]>([
  ['a fever in Fahrenheit', 'temperature', 100.4, '[degF]', '38 Cel'],
  ['just below a fever in Fahrenheit', 'temperature', 100.3, '[degF]', '37.9444444444 Cel'],
  ['a normal temperature in Fahrenheit', 'temperature', 98.6, '[degF]', '37 Cel'],
  ['the freezing point in Fahrenheit', 'temperature', 32, '[degF]', '0 Cel'],
  ['kelvin', 'temperature', 310.15, 'K', '37 Cel'],
  ['haemoglobin in g/L', 'haemoglobin', 135, 'g/L', '13.5 g/dL'],
  ['haemoglobin in g%', 'haemoglobin', 13.5, 'g%', '13.5 g/dL'],
  ['glucose in mmol/L, by the catalogue', 'glucose', 7, 'mmol/L', '126.1092 mg/dL'],
  ['glucose in g/L, by UCUM', 'glucose', 1.26, 'g/L', '126 mg/dL'],
  ['neutrophils per microlitre', 'neutrophils', 1500, '/uL', '1.5 10*9/L'],
  ['neutrophils in thousands', 'neutrophils', 1.5, '10*3/uL', '1.5 10*9/L'],
  ['neutrophils with the other sign of a power', 'neutrophils', 1.5, '10^9/L', '1.5 10*9/L'],
  ['pounds', 'weight', 154, '[lb_av]', '69.85322498 kg'],
  ['nothing of it', 'weight', 0, 'g', '0 kg'],
  ['below zero', 'temperature', -40, '[degF]', '-40 Cel'],
])('%s is understood', (_title, fact, value, unit, stands) => {
  expect(standsAs(fact, value, unit)).toBe(stands);
});

test.each<[title: string, fact: string, value: number, unit: string | undefined]>([
  ['the unit of the catalogue', 'temperature', 37, 'Cel'],
  ['the unit of the catalogue, which UCUM does not know', 'lesions', 12, 'count'],
  ['an annotation, word for word', 'mentalScore', 12, '{score}'],
  ['no unit', 'temperature', 37, undefined],
  ['an unknown fact', 'shoeSize', 43, 'cm'],
  ['a unit of another kind', 'temperature', 37, 'kg'],
  ['an unknown unit', 'temperature', 37, 'degrees'],
  ['a unit that the library would guess: degF', 'temperature', 98.6, 'degF'],
  ['a unit that the library would guess: pound', 'weight', 154, 'pound'],
  ['a unit that the library would guess: 2kg', 'weight', 3, '2kg'],
  ['a unit in other letters', 'haemoglobin', 13.5, 'G/DL'],
  ['spaces in a unit', 'haemoglobin', 13.5, 'g / dL'],
  ['moles for a mass of an unknown substance', 'haemoglobin', 8, 'mmol/L'],
  ['moles for a mass in a unit beside that of the catalogue', 'glucose', 7000, 'umol/L'],
  ['mmol/mol of HbA1c, which is no percentage of it', 'hba1c', 53, 'mmol/mol'],
  ['a fraction for a percentage', 'hba1c', 0.07, '1'],
  ['a percentage of something said', 'hba1c', 7, '%{HbA1c}'],
  ['arbitrary units for a percentage', 'hba1c', 7, "[arb'U]"],
  ['a filtration rate for a body of 1.73 square metres', 'egfr', 60, 'mL/min/{1.73_m2}'],
  ['a filtration rate per square metre', 'egfr', 60, 'mL/min/m2'],
  ['counts by UCUM for a unit that it does not know', 'lesions', 12, '{count}'],
  ['one annotation for another', 'mentalScore', 12, '{points}'],
  ['international units of another size', 'thyrotropin', 2, 'u[iU]/mL'],
  ['a number as a factor', 'weight', 2, '5.kg'],
  ['a factor of nothing', 'weight', 2, '0.kg'],
  ['a power beyond all numbers', 'weight', 2, '10*400.kg'],
  ['a power below all numbers', 'weight', 2, '10*-400.kg'],
  ['a scale that the library has wrong', 'temperature', 30, '[degRe]'],
  ['a scale in brackets', 'temperature', 37, '(Cel)'],
  ['an unclosed bracket', 'weight', 2, '(kg'],
  ['a name of the language', 'weight', 2, 'constructor'],
  ['a name of all objects', 'weight', 2, '__proto__'],
])('%s stays as it was sent', (_title, fact, value, unit) => {
  expect(standsAs(fact, value, unit)).toBe('as sent');
});

test('a value that is no number, and a fact that has no unit, stay as they were sent', () => {
  const event = stating(
    { fact: 'temperature', value: '98.6', unit: '[degF]' },
    { fact: 'bloodThinner', value: 'never', unit: 'd' },
    { fact: 'pain', value: 3, unit: '1' },
  );
  expect(inCatalogueUnits(pathway, event)).toBe(event);
});

test('a number too large for the unit of the catalogue stays as it was sent', () => {
  expect(standsAs('weight', 1e308, 'kg')).toBe('as sent');
  expect(standsAs('glucose', 1e308, 'mmol/L')).toBe('as sent');
  expect(standsAs('neutrophils', 1e308, '10*12/mL')).toBe('as sent');
});

test('what was sent is kept beside each number that was converted, by its place', () => {
  const event = stating(
    { fact: 'temperature', value: 37, unit: 'Cel' },
    { fact: 'temperature', value: 98.6, unit: '[degF]', area: 'left breast' },
    { fact: 'bloodThinner', value: 'never' },
    { fact: 'glucose', value: 7, unit: 'mmol/L' },
  );
  const taken = inCatalogueUnits(pathway, event);
  expect(taken).toMatchObject({
    id: event.id,
    actor: event.actor,
    data: {
      observations: [
        { fact: 'temperature', value: 37, unit: 'Cel' },
        { fact: 'temperature', value: 37, unit: 'Cel', area: 'left breast' },
        { fact: 'bloodThinner', value: 'never' },
        { fact: 'glucose', value: 126.1092, unit: 'mg/dL' },
      ],
    },
    sentAs: { 1: { value: 98.6, unit: '[degF]' }, 3: { value: 7, unit: 'mmol/L' } },
  });
  expect(Object.keys(taken.sentAs ?? {})).toEqual(['1', '3']);
  expect(bodyAsSent(taken)).toEqual(event.data);
});

test('a correction is converted as an observation is', () => {
  const on = '2026-03-02';
  const event = eventOf('fact.corrected', {
    fact: 'temperature',
    on,
    value: 100.4,
    unit: '[degF]',
    reason: 'typing mistake',
  });
  const taken = inCatalogueUnits(pathway, event);
  expect(taken).toMatchObject({
    data: { fact: 'temperature', on, value: 38, unit: 'Cel' },
    sentAs: { 0: { value: 100.4, unit: '[degF]' } },
  });
  expect(bodyAsSent(taken)).toEqual(event.data);
  const own = eventOf('fact.corrected', { fact: 'temperature', on, value: 38, unit: 'Cel', reason: 'a' });
  expect(inCatalogueUnits(pathway, own)).toBe(own);
});

test('an event without numbers of a fact stays as it is', () => {
  for (const event of [
    eventOf('startProcedure', { stage: 'excision' }),
    eventOf('fact.withdrawn', { fact: 'temperature', on: '2026-03-02', reason: 'of somebody else' }),
    eventOf('wake', { generation: 1 }),
  ]) {
    expect(inCatalogueUnits(pathway, event)).toBe(event);
    expect(bodyAsSent(event)).toBe(event.data);
  }
});

const COMMENSURABLE: [fact: string, units: string[]][] = [
  ['temperature', ['[degF]', 'K', 'Cel']],
  ['haemoglobin', ['g/L', 'mg/dL', 'g/mL', 'kg/m3', 'g%', 'ug/mL']],
  ['weight', ['g', 'mg', '[lb_av]', '[oz_av]', '[stone_av]', 't']],
  ['neutrophils', ['/uL', '10*3/uL', '10*6/mL', '/mm3', '10*12/L', '/L']],
  ['egfr', ['mL/s', 'L/d', 'L/h', 'uL/min', 'dL/min']],
];
const some = double({ min: -1e6, max: 1e6, noNaN: true });

test('a number that goes into the unit of the catalogue and back is the same number', () => {
  for (const [fact, units] of COMMENSURABLE) {
    const own = compiled.facts.find((one) => one.fact === fact)?.is;
    if (own?.kind !== 'number') throw new Error(`${fact} is a number`);
    assert(
      property(constantFrom(...units), some, (unit, value) => {
        const there = conversionBetween({ from: unit, to: own.unit })?.(value);
        const back = conversionBetween({ from: own.unit, to: unit })?.(there ?? Number.NaN);
        expect(Math.abs((back ?? Number.NaN) - value)).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(value)),
        );
      }),
      { numRuns: 2_000 },
    );
  }
});

test('a larger number is never a smaller one in another unit', () => {
  for (const [fact, units] of COMMENSURABLE) {
    const facts = compiled.facts.find((one) => one.fact === fact)?.is;
    if (facts?.kind !== 'number') throw new Error(`${fact} is a number`);
    assert(
      property(constantFrom(...units), some, some, (unit, one, other) => {
        const convert = conversionBetween({ from: unit, to: facts.unit });
        const [low = Number.NaN, high = Number.NaN] = [Math.min(one, other), Math.max(one, other)].map(
          (value) => convert?.(value),
        );
        expect(low).toBeLessThanOrEqual(high);
      }),
    );
  }
});

test('asked again of what it has converted, it changes nothing', () => {
  assert(
    property(constantFrom('[degF]', 'K', 'Cel', 'kg', '%'), some, (unit, value) => {
      const once = inCatalogueUnits(pathway, stating({ fact: 'temperature', value, unit }));
      expect(inCatalogueUnits(pathway, once)).toBe(once);
    }),
  );
});

test('where the catalogue and UCUM both know a conversion, they agree', () => {
  const facts = compileFolder(join(__dirname, '../..')).flatMap((one) => one.facts);
  for (const { fact, is, alsoIn } of facts) {
    for (const { unit, factor } of alsoIn) {
      const byUcum = is.kind === 'number' ? conversionBetween({ from: unit, to: is.unit })?.(1) : undefined;
      expect({ fact, unit, factor: byUcum ?? factor }).toEqual({ fact, unit, factor });
    }
  }
});

test('no text that is sent as a unit breaks it, and none is written to the terminal', () => {
  const said = jest.spyOn(console, 'log').mockImplementation();
  const pieces = [
    '(',
    ')',
    '.',
    '/',
    '{',
    '}',
    '[',
    ']',
    '1',
    '10*',
    'g',
    'Cel',
    'mol',
    ' ',
    '^',
    '-',
    '"',
    '%',
  ];
  const names = [
    'constructor',
    '__proto__',
    'toString',
    '{x}8',
    'ahasOwnProperty',
    '<()_<uL:',
    'é',
    '\u{1F600}',
  ];
  let seed = 1;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const made = Array.from({ length: 3_000 }, () =>
    Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join(''),
  );
  for (const unit of [...names, ...made]) {
    const stands = standsAs('haemoglobin', 1, unit.slice(0, 40));
    expect(stands).toMatch(/^as sent$|^[\d.e+-]+ g\/dL$/);
  }
  expect(said).not.toHaveBeenCalled();
  said.mockRestore();
});

test('more pairs of units than are kept are still converted', () => {
  for (let power = -1_200; power < 1_200; power += 1) conversionBetween({ from: `10*${power}.g`, to: 'kg' });
  expect(standsAs('temperature', 98.6, '[degF]')).toBe('37 Cel');
});
