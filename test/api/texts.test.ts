import {
  clearingLines,
  evidenceLines,
  evidenceText,
  problemText,
  reasonLines,
  valueText,
} from '../../src/cli/reason-text.ts';
import { daysText, dayText, deadline, spanText } from '../../src/cli/text.ts';
import { appointmentLines, windowText } from '../../src/cli/window-text.ts';
import type { Evidence } from '../../src/core/model/verdict.schema.ts';

const ZONE = 'America/New_York';

test.each([
  ['2026-04-07', '2026-05-05', '7 Apr to 5 May 2026'],
  ['2026-04-07', '2026-04-21', '7 to 21 Apr 2026'],
  ['2026-12-07', '2027-01-05', '7 Dec 2026 to 5 Jan 2027'],
  ['2026-04-07', '2027-04-07', '7 Apr 2026 to 7 Apr 2027'],
  ['2026-04-07', '2026-04-07', 'on 7 Apr 2026'],
])('from %s to %s is told as %s', (from, to, text) => {
  expect(daysText({ from, to })).toBe(text);
});

test('every month is told in three letters', () => {
  const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}-15`);
  expect(months.map((day) => dayText(day).split(' ')[2]).join(' ')).toBe(
    'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  );
});

test('what took one day is told as that day', () => {
  expect(spanText('2026-03-02', undefined)).toBe('Mon 2 Mar 2026');
  expect(spanText('2026-03-02', '2026-03-02')).toBe('Mon 2 Mar 2026');
  expect(spanText('2026-03-02', '2026-03-04')).toBe('Mon 2 Mar 2026 to Wed 4 Mar 2026');
});

test('what is due at midnight is due by the end of the day before', () => {
  expect(deadline('2026-03-03T05:00:00.000Z', ZONE)).toBe('end of Mon 2 Mar 2026');
  expect(deadline('2026-03-03T05:01:00.000Z', ZONE)).toBe('Tue 3 Mar 2026 00:01');
});

test('the days of an interval are told, as far as they are known', () => {
  const earliest = '2026-03-07';
  const recommended = { from: '2026-04-07', to: '2026-05-05' };
  const latest = '2026-08-07';
  expect(windowText({ earliest, recommended, latest })).toBe(
    'may start from Sat 7 Mar 2026; best 7 Apr to 5 May 2026; no later than Fri 7 Aug 2026',
  );
  expect(windowText({ earliest })).toBe('may start from Sat 7 Mar 2026');
  expect(windowText({ earliest, latest })).toBe(
    'may start from Sat 7 Mar 2026; no later than Fri 7 Aug 2026',
  );
  expect(windowText({})).toBeUndefined();
});

test('an appointment names the rules that bind it, and those that cannot be counted yet', () => {
  expect(
    appointmentLines({
      earliest: '2026-03-07',
      boundBy: { earliest: ['one'], recommended: [], latest: ['other', 'one'] },
      unknown: ['implant-after-radiotherapy'],
      intervals: [],
    }),
  ).toEqual(['  may start from Sat 7 Mar 2026 (one, other)', '  not known yet: implant-after-radiotherapy']);
  expect(appointmentLines({ boundBy: {}, unknown: [], intervals: [] })).toEqual([]);
  expect(appointmentLines(undefined)).toEqual([]);
});

test.each([
  [37, 'Cel', '37 Cel'],
  ['never', undefined, 'never'],
  [true, undefined, 'true'],
  [['infection', 'herpes'], undefined, 'infection, herpes'],
  [[], undefined, 'none'],
])('the value %p in %p is told as %s', (value, unit, text) => {
  expect(valueText(value, unit)).toBe(text);
});

const seen: Evidence = {
  fact: 'skin',
  asks: 'includes infection',
  result: 'met',
  value: ['infection'],
  source: 'clinician',
  observedAt: '2026-03-02T14:00:00.000Z',
};

test.each<[title: string, leaf: Evidence, text: string]>([
  ['a fact', seen, 'skin infection (clinician, Mon 2 Mar 2026 09:00); includes infection: yes'],
  [
    'a fact of one site',
    { ...seen, area: 'left breast' },
    'skin of the left breast: infection (clinician, Mon 2 Mar 2026 09:00); includes infection: yes',
  ],
  [
    'nothing found',
    { ...seen, area: 'left breast', value: [], result: 'unmet' },
    'skin of the left breast: none (clinician, Mon 2 Mar 2026 09:00); includes infection: no',
  ],
  [
    'a fact too old',
    { ...seen, result: 'unknown', cause: 'stale' },
    'skin infection (clinician, Mon 2 Mar 2026 09:00); includes infection: stale',
  ],
  [
    'a fact that nobody has',
    { fact: 'skin', area: 'left breast', asks: 'includes infection', result: 'unknown', cause: 'missing' },
    'skin of the left breast is missing; the rule asks: includes infection',
  ],
])('%s is told with what is asked of it', (_title, leaf, text) => {
  expect(evidenceText(leaf, ZONE)).toBe(text);
});

test('what clears is told as ways, and each way with all that it needs', () => {
  expect(
    clearingLines([
      [{ kind: 'date', on: '2026-03-07' }],
      [
        { kind: 'fact', fact: 'skin', area: 'left breast', needs: 'not includes infection', role: 'nurse' },
        { kind: 'fact', fact: 'bmi', needs: 'below 35 kg/m2', cause: 'stale', role: 'surgeon' },
        { kind: 'event', type: 'releaseHold', needs: 'the signature of the surgeon', role: 'surgeon' },
      ],
      [{ kind: 'override', by: ['surgeon', 'oncologist'], second: 'clinical-lead' }],
    ]),
  ).toEqual([
    'clears: by itself on Sat 7 Mar 2026',
    '    or: the nurse states skin of the left breast (not includes infection); and the surgeon states bmi ' +
      '(below 35 kg/m2; now stale); and the surgeon sends releaseHold: the signature of the surgeon',
    '    or: an override by the surgeon or the oncologist, countersigned by the clinical-lead',
  ]);
  expect(clearingLines([])).toEqual([]);
});

const asksTwo = 'includes infection or herpes';
const fitness: Evidence = { ...seen, fact: 'fitness', value: 3, asks: '3 to below 4' };

test.each<[title: string, leaves: Evidence[], says: RegExp]>([
  [
    'one of two words',
    [
      { ...seen, asks: asksTwo },
      { ...seen, asks: asksTwo, result: 'unmet' },
    ],
    /: yes$/,
  ],
  ['neither of two words', Array(2).fill({ ...seen, asks: asksTwo, result: 'unmet' }), /: no$/],
  ['both bounds of a range', [fitness, fitness], /: yes$/],
  ['one bound of a range', [{ ...fitness, result: 'unmet' }, fitness], /: no$/],
])('a sentence of which %s hold is told once, with its one answer', (_title, leaves, says) => {
  expect(evidenceLines(leaves, ZONE)).toEqual([expect.stringMatching(says)]);
});

test('the same finding in two sites is told of each', () => {
  const left: Evidence = { ...seen, area: 'left breast' };
  const right: Evidence = { ...seen, area: 'right breast', result: 'unmet', value: [] };
  expect(evidenceLines([left, right], ZONE)).toHaveLength(2);
});

test('sources that differ are settled by a correction, not by one more statement', () => {
  expect(
    clearingLines([[{ kind: 'fact', fact: 'bmi', needs: 'known', cause: 'in conflict', role: 'nurse' }]]),
  ).toEqual(['clears: the nurse corrects bmi (known; now in conflict)']);
});

test('what two facts wait for is asked once', () => {
  const transfusion = { kind: 'fact' as const, fact: 'transfusion', needs: 'never', role: 'nurse' };
  expect(clearingLines([[transfusion, transfusion]])).toEqual([
    'clears: the nurse states transfusion (never)',
  ]);
});

const rule = { rule: 'r', ruleSet: 's', version: '1', title: 'Expander to implant' };

test('a reason by an interval gives its days, and a reason by a table each fact once', () => {
  const bmi: Evidence = { ...seen, fact: 'bmi', value: 36, unit: 'kg/m2', asks: 'at least 35 kg/m2' };
  const reasons = reasonLines(
    [
      {
        invariant: 'S3',
        says: 'Too early.',
        interval: {
          ...rule,
          result: 'too early',
          anchor: '2026-03-02',
          from: 'end of placement',
          earliest: '2026-06-02',
          evidence: [],
          clears: [],
        },
        clears: [[{ kind: 'date', on: '2026-06-02' }]],
      },
      {
        invariant: 'S4',
        says: 'Risk: high.',
        table: { ...rule, answer: 'high', evidence: [bmi, bmi], clears: [] },
        clears: [],
      },
    ],
    ZONE,
  );
  expect(reasons).toEqual([
    '  1. Too early.',
    '     may start from Tue 2 Jun 2026',
    '     clears: by itself on Tue 2 Jun 2026',
    '  2. Risk: high.',
    '     bmi 36 kg/m2 (clinician, Mon 2 Mar 2026 09:00); at least 35 kg/m2: yes',
  ]);
});

test('a failure of Carechart itself gives the instance to tell', () => {
  const problem = {
    type: '/errors/CC9002',
    title: 'Failed.',
    status: 500,
    code: 'CC9002',
    remedy: 'Tell us.',
  };
  expect(problemText({ ...problem, detail: 'Failed.', instance: 'urn:uuid:1' }, 'UTC')).toBe(
    'error: CC9002 Failed.\nhelp: Tell us.\ninstance: urn:uuid:1',
  );
});
