import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { alter, EVERYTHING, sourcesOf, type Texts } from './sample.ts';

function compile(texts: Texts = EVERYTHING): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  return CompiledPathway.parse(compiled);
}

const inRules = (from: string, to: string) => compile(alter(EVERYTHING, 'ruleSet', from, to).texts);
const inPathway = (from: string, to: string) => compile(alter(EVERYTHING, 'pathway', from, to).texts);

const for_ = (count: number, unit: string) => ({ count, unit });
const CITED = { ruleSet: 'surgery', version: '1.0.0', source: 'Protocol 4 (figures are examples)' };

describe('every rule carries its set, its version and the citation itself:', () => {
  const { contraindications, eligibility, tables, intervals, alerts } = compile();
  it.each([
    ['a contraindication', contraindications, 'infected', 'Infected where we operate'],
    ['an interval', intervals, 'between-cuts', 'From one cut to the next'],
    ['a table', tables, 'risk', 'Risk'],
    ['an alert', alerts, 'red-wound', 'A red wound'],
    ['eligibility', eligibility, 'adult', 'Adults'],
  ])('%s', (_kind, rules, name, title) => {
    expect(rules.find(({ rule }) => rule === name)).toMatchObject({ ...CITED, title });
  });
});

describe('a contraindication', () => {
  const infected = ({ contraindications }: CompiledPathway) =>
    contraindications.find(({ rule }) => rule === 'infected');

  it('clears by a signature, is overridden on its terms, and passes unknown, where it says so', () => {
    expect(infected(compile())).toMatchObject({
      strength: 'relative',
      response: 'conservative',
      clears: { by: 'signature', of: 'surgeon' },
      override: {
        by: ['surgeon'],
        second: 'clinical-lead',
        lasts: for_(14, 'day'),
        covers: 'stage',
        coversUnknown: true,
        reasons: ['urgent', 'agreed'],
      },
      ifUnknown: 'accept',
    });
  });

  it('clears by facts alone, is not overridden, and holds while unknown, where it says nothing', () => {
    const [fever] = compile().contraindications;
    expect(fever).toMatchObject({ clears: { by: 'facts' }, ifUnknown: 'hold' });
    expect(fever).not.toHaveProperty('override');
  });

  it.each([
    ['one gate', 'one gate', false],
    ['stage', 'stage', false],
    ['"one gate, unknown too"', 'one gate', true],
    ['"stage, unknown too"', 'stage', true],
  ])('overridden for %s', (written, covers, coversUnknown) => {
    const compiled = inRules('covers: "stage, unknown too"', `covers: ${written}`);
    expect(infected(compiled)?.override).toMatchObject({ covers, coversUnknown });
  });
});

describe('an interval', () => {
  const named = (name: string, { intervals }: CompiledPathway) => intervals.find(({ rule }) => rule === name);

  it('has all that is written', () => {
    expect(named('between-cuts', compile())).toEqual({
      ...CITED,
      rule: 'between-cuts',
      title: 'From one cut to the next',
      from: { kind: 'procedure', edge: 'end', of: 'surgery' },
      to: { kind: 'procedure', of: 'graft' },
      area: 'same',
      counts: 'every',
      minimum: for_(3, 'week'),
      recommended: { from: for_(4, 'week'), to: for_(6, 'week') },
      latest: for_(3, 'month'),
      ifLate: { ask: 'surgeon' },
      grace: for_(2, 'day'),
      ifEarly: 'does not count',
      sameDay: true,
      onlyWhen: { all: [{ fact: 'wound', operator: 'equal', value: 'open', name: 'is open' }] },
    });
  });

  it('is of any area, counts from the last, and is not excused, where nothing is written', () => {
    expect(named('fill-after-cut', compile())).toEqual({
      rule: 'fill-after-cut',
      ruleSet: 'mole',
      version: '2.1.0',
      title: 'fill-after-cut',
      source: 'A mole',
      from: { kind: 'stage', edge: 'end', stage: 'cut' },
      to: { kind: 'stage', stage: 'fill' },
      area: 'any',
      counts: 'last',
      minimum: for_(2, 'week'),
      ifEarly: 'counts',
      sameDay: false,
    });
  });

  it('counts from what any plan of the patient has performed where it says so, in rules and in a pathway', () => {
    expect(named('between-cuts', compile())).not.toHaveProperty('otherPlans');
    const inAny = inRules('sameDay: allowed', 'sameDay: allowed\n    otherPlans: yes');
    expect(named('between-cuts', inAny)).toMatchObject({ otherPlans: true });
    const own = inPathway('from: end of cut\n', 'from: end of surgery\n    otherPlans: yes\n');
    expect(named('fill-after-cut', own)).toMatchObject({ otherPlans: true, to: { kind: 'stage' } });
  });

  it('of a pathway may cite a source of the rules that it uses, and count from procedures', () => {
    expect(named('fill-again', compile())).toMatchObject({
      ruleSet: 'mole',
      title: 'Filling again',
      source: CITED.source,
      from: { kind: 'procedure', edge: 'start', of: 'graft' },
      counts: 'first',
    });
  });

  it('counts from the date that a fact holds, and takes one length as a window of a day', () => {
    expect(named('after-radiotherapy', compile())).toMatchObject({
      from: { kind: 'fact', fact: 'radiotherapy' },
      recommended: { from: for_(7, 'month'), to: for_(7, 'month') },
    });
  });

  it('that leads to no stage of the pathway is left out; its name stays taken', () => {
    const compiled = inPathway('procedure: graft\n', 'procedure: dressing\n');
    expect(compiled.intervals.map(({ rule }) => rule)).toEqual([
      ...['after-radiotherapy', 'fill-after-cut', 'fill-again'],
    ]);
  });

  it.each([
    ['1 month', '28 days', 'a month may be no longer'],
    ['1 month', '30 days', 'a month may be shorter'],
    ['3 months', '12 weeks', 'three months may be no longer'],
    ['1 year', '12 months', 'a year is twelve months'],
  ])('of at least %s may be over after %s: %s', (minimum, latest) => {
    const compiled = inPathway(
      'minimum: 2 weeks',
      `minimum: ${minimum}\n    latest: ${latest}\n    ifLate: { ask: surgeon }`,
    );
    expect(named('fill-after-cut', compiled)?.latest).toBeDefined();
  });

  it.each(['1 day', '27 days'])('of a month may be excused by %s', (grace) => {
    const compiled = inPathway('minimum: 2 weeks', `minimum: 1 month\n    grace: ${grace}`);
    expect(named('fill-after-cut', compiled)?.grace).toBeDefined();
  });
});

describe('a table', () => {
  const within = { taken: { within: for_(3, 'day') } };
  const [risk] = compile().tables;

  it('has its answers in their order, and its rows with what each gives', () => {
    expect(risk?.answers).toEqual(['high', 'standard']);
    expect(risk?.rows.map(({ answer }) => answer)).toEqual(['high', 'high', 'standard']);
  });

  it('asks all facts of a row, each as fresh as the table says', () => {
    expect(risk?.rows[1]?.when).toEqual({
      all: [
        { fact: 'glucose', operator: 'greaterThan', value: 11, params: within, name: 'above 11 mmol/L' },
        {
          fact: 'nicotine',
          operator: 'withinTheLast',
          value: for_(4, 'week'),
          params: within,
          name: 'within the last 4 weeks',
        },
      ],
    });
  });

  it('keeps a window of one fact together with the other facts of the row', () => {
    const compiled = inRules('glucose: above 11 mmol/L, nicotine', 'glucose: 4 to below 11 mmol/L, nicotine');
    expect(compiled.tables[0]?.rows[1]?.when).toMatchObject({
      all: [{ all: [{ value: 4 }, { value: 11 }] }, { fact: 'nicotine' }],
    });
  });

  it('is overridden on its terms', () => {
    expect(risk?.override).toMatchObject({
      lasts: for_(48, 'hour'),
      covers: 'one gate',
      coversUnknown: false,
    });
  });

  it('that no stage asks is left out, with the facts that only it asks', () => {
    const compiled = inPathway(
      '    beforeEach:\n      decision:\n        by: { table: risk }\n        outcomes: { standard: go, high: { ask: surgeon } }\n',
      '',
    );
    expect(compiled.tables).toEqual([]);
    expect(compiled.facts.map(({ fact }) => fact)).not.toContain('neuropathy');
  });

  it('is bound to a stage with what each answer leads to', () => {
    expect(compile().stages.find(({ stage }) => stage === 'fill')?.table).toEqual({
      table: 'risk',
      outcomes: { standard: [{ do: 'go' }], high: [{ do: 'ask', role: 'surgeon' }] },
    });
  });

  it('of a rule set that the pathway does not use is none of its tables', () => {
    const { ruleSets, ...others } = sourcesOf(EVERYTHING);
    const text = `ruleSet: other
version: "1.0.0"
title: Others
sources: [ { source: a, cite: A } ]
rules:
  - { table: elsewhere, title: T, answers: [x, y], rows: [ { smokes: is yes, then: x }, { smokes: is no, then: y } ], source: a }
`;
    const pathway = alter(EVERYTHING, 'pathway', '{ table: risk }', '{ table: elsewhere }').texts.pathway;
    const { problems } = compilePathway({
      ...others,
      ruleSets: [...ruleSets, { file: 'other.rules.yaml', text }],
      pathway,
    });
    expect(problems).toMatchObject([{ code: 'CC1052', line: 37, help: 'known: risk, unbound' }]);
  });
});

describe('an alert', () => {
  it('calls everyone that it names, on the first ladder where it names none', () => {
    expect(compile().alerts).toMatchObject([
      {
        rule: 'red-wound',
        of: ['surgery'],
        within: for_(6, 'week'),
        do: [
          {
            task: 'see-wound',
            role: 'surgeon',
            due: for_(24, 'hour'),
            ladder: 'emergency',
            records: ['wound'],
          },
          { task: 'tell-lead', due: for_(1, 'working day'), ladder: 'standard', records: [] },
        ],
        say: 'Call us.',
      },
    ]);
  });

  it('watches the plan as a whole, and as long as it runs, where it says nothing', () => {
    const compiled = inRules(
      'when: { wound: is red }\n    of: [surgery]\n    within: 6 weeks after last session\n',
      'when: { smokes: is yes }\n',
    );
    expect(compiled.alerts[0]?.of).toEqual([]);
    expect(compiled.alerts[0]).not.toHaveProperty('within');
  });

  it('brings along the facts that its tasks record', () => {
    const compiled = inRules('ladder: emergency, records: [wound]', 'ladder: emergency, records: [height]');
    expect(compiled.facts.map(({ fact }) => fact)).toContain('height');
  });
});

it('eligibility says where a plan goes that is not eligible', () => {
  expect(compile().eligibility).toMatchObject([
    {
      rule: 'adult',
      when: { all: [{ fact: 'birthDate', operator: 'atLeastAgo', value: for_(18, 'year') }] },
      otherwise: 'referral',
    },
  ]);
});

it('consent may cover a course', () => {
  expect(compile().stages.map(({ consent }) => consent?.covers)).toEqual([
    ...['one procedure', 'one procedure', 'course'],
  ]);
});

it('the traits of all procedures are kept, for what was done elsewhere', () => {
  expect(compile().procedures).toEqual({
    excision: ['surgery'],
    graft: ['surgery', 'transplant'],
    dressing: [],
  });
});
