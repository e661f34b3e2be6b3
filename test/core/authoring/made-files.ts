import fc from 'fast-check';
import { EVERYTHING, type Texts } from './sample.ts';

/** Files made by the grammar: rules and pathways that nobody wrote, most of which can be executed. */

type Words = fc.Arbitrary<string>;

const among = (...words: string[]): Words => fc.constantFrom(...words);
const maybe = (words: Words): Words => fc.oneof({ weight: 2, arbitrary: fc.constant('') }, words);
const joined = (separator: string, ...parts: Words[]): Words =>
  fc.tuple(...parts).map((texts) => texts.filter((text) => text !== '').join(separator));
const several = (one: Words, separator: string, most: number): Words =>
  fc.array(one, { minLength: 1, maxLength: most }).map((texts) => [...new Set(texts)].join(separator));
const number = (from: number, to: number): Words => fc.integer({ min: from, max: to }).map(String);
const row = (...parts: Words[]): Words => joined(', ', ...parts).map((text) => `{ ${text} }`);
const key = (name: string, value: Words): Words =>
  value.map((text) => (text === '' ? '' : `${name}: ${text}`));

const days = number(1, 60).map((count) => `${count} days`);
const length = fc.oneof(
  days,
  number(1, 12).map((count) => `${count} months`),
  among('2 weeks', '1 year'),
);

const comparison = among('below', 'at most', 'at least', 'above');
const ofPatient: Words = fc.oneof(
  joined(' ', comparison, number(31, 44), fc.constant('Cel')).map((text) => `temperature: ${text}`),
  joined(' ', comparison, number(1, 59), fc.constant('mmol/L')).map((text) => `glucose: ${text}`),
  number(32, 37).map((low) => `temperature: ${low} to below 40 Cel`),
  among('at least', 'below').chain((how) => number(1, 90).map((age) => `age: ${how} ${age} years`)),
  joined(' ', among('within the last', 'at least'), length).map((text) =>
    text.startsWith('at') ? `nicotine: ${text} ago or never` : `nicotine: ${text}`,
  ),
  among('is yes', 'is no').map((text) => `smokes: ${text}`),
  among('aspirin', 'steroid or insulin').map((text) => `medicines: includes ${text}`),
  joined(' ', among('at least', 'below'), number(1, 4)).map((text) => `neuropathy: ${text}`),
  number(1, 40).map((fall) => `glucoseFall: at least ${fall} mmol/L`),
);
const test: Words = fc.oneof(
  { weight: 5, arbitrary: ofPatient },
  among('is red', 'is not red', '"is one of red, open"').map((text) => `wound: ${text}`),
  several(among('infection', 'eczema', 'herpes'), ' or ', 2).map(
    (text) => `skin: includes ${text} in any area of this stage`,
  ),
);
const conditionOf = (one: Words): Words =>
  fc.oneof(
    { weight: 3, arbitrary: one.map((text) => `{ ${text} }`) },
    fc
      .tuple(
        among('all', 'any', 'none'),
        several(
          one.map((text) => `{ ${text} }`),
          ', ',
          3,
        ),
      )
      .map(([how, members]) => `{ ${how}: [ ${members} ] }`),
  );
const condition = conditionOf(test);
const conditionOfPatient = conditionOf(ofPatient);

const named = (kind: string, name: Words): Words => name.map((text) => `${kind}: ${text}, title: "${text}"`);
const SOURCE = fc.constant('source: protocol');
const of = maybe(key('of', among('[surgery]', '[graft]', '[excision, dressing]')));
const stops = key('stops', among('[procedure]', '[prep, procedure]'));
const override = among('', 'override: { by: [surgeon], lasts: 7 days, covers: one gate, reasons: [urgent] }');
const rule = (at: number): Words => {
  const name = (kind: string) => named(kind, fc.constant(`${kind}-${at}`));
  const common = [of, key('when', condition), SOURCE];
  return fc.oneof(
    fc
      .tuple(among('absolute', 'relative'), override, among('', 'ifUnknown: hold', 'ifUnknown: accept'))
      .chain(([strength, terms, unknown]) =>
        row(
          ...[name('contraindication'), stops, ...common, fc.constant(`strength: ${strength}`)],
          ...[key('then', among('postponement', 'referral', 'conservative')), fc.constant('tell: [patient]')],
          ...[key('clears', among('by facts', 'by signature of surgeon')), fc.constant('because: Example.')],
          ...(strength === 'relative' ? [fc.constant(terms), fc.constant(unknown)] : []),
        ),
      ),
    row(
      ...[
        name('interval'),
        among(
          'from: end of excision',
          'from: start of surgery, counts: first',
          'from: radiotherapy, area: same',
        ),
      ],
      ...[key('to', among('start of graft', 'start of dressing')), key('minimum', length), SOURCE],
      ...[fc.constant('ifEarly: counts')],
      ...[
        maybe(fc.constant('grace: 1 day')),
        maybe(key('onlyWhen', conditionOfPatient)),
        maybe(fc.constant('latest: 5 years, ifLate: { ask: surgeon }')),
      ],
    ),
    row(
      ...[name('alert'), ...common, maybe(fc.constant('within: 6 weeks after last session'))],
      fc.constant(`do: [ { task: see-${at}, title: See, role: surgeon, due: 1 day after alert } ]`),
    ),
    row(
      name('eligibility'),
      fc.constant('for: pathway'),
      key('when', conditionOfPatient),
      fc.constant('otherwise: referral'),
      SOURCE,
    ),
  );
};

const anchor = (extra: string[]): Words => among('plan start', ...extra);
const task = (name: string, anchors: string[]): Words =>
  row(
    ...[named('task', fc.constant(name)), key('role', among('surgeon', 'nurse'))],
    fc.oneof(
      joined(' after ', fc.oneof(days, among('1 to 4 weeks', '3 working days')), anchor(anchors)).map(
        (text) => `due: ${text}`,
      ),
      joined(' after ', days, anchor(anchors)).map(
        (text) => `every: 3 days, from: ${text}, until: 3 months after plan start`,
      ),
    ),
    maybe(key('records', among('[temperature, glucose]', '[wound]', '[birthDate]', '[neuropathy]'))),
    maybe(key('onlyWhen', conditionOfPatient)),
    maybe(fc.constant('ladder: emergency')),
  );
const tasks = (name: string, anchors: string[]): Words =>
  fc.oneof(
    task(name, anchors).map((one) => `[ ${one} ]`),
    fc.tuple(task(name, anchors), task(`${name}-too`, anchors)).map((both) => `[ ${both.join(', ')} ]`),
  );

const ending = (stages: readonly string[]): Words =>
  among(
    'go',
    'end',
    '{ exit: referral }',
    '{ exit: postponement }',
    '{ ask: surgeon }',
    `{ to: ${stages.at(-1)}, atMost: 1 }`,
  );
const action = (stages: readonly string[]): Words =>
  fc.oneof(
    ending(stages),
    fc
      .tuple(days, number(1, 3), ending(stages))
      .map(([wait, most, then]) => `{ wait: ${wait}, atMost: ${most}, then: ${then} }`),
    fc.tuple(number(1, 3), ending(stages)).map(([most, then]) => `{ again: ${most}, then: ${then} }`),
  );
const decider = fc.oneof(
  among('by: surgeon', 'by: surgeon and patient'),
  fc.constant(
    'by: { board: [surgeon, nurse], quorum: 2, agree: majority, tie: surgeon }, noQuorum: { exit: referral }',
  ),
);
const decision = (name: string, stages: readonly string[], due: string): Words =>
  row(
    ...[named('decision', fc.constant(name)), decider, fc.constant(`due: ${due}`)],
    fc
      .tuple(action(stages), action(stages))
      .map(([one, other]) => `outcomes: { well: go, unwell: ${one}, worse: ${other} }`),
    maybe(key('needs', among('[neuropathy]', '[glucose, temperature]'))),
  );

const sessions = fc.oneof(
  number(2, 5).map((count) => `sessions: ${count}`),
  number(2, 5).chain((count) => condition.map((until) => `sessions: up to ${count}, untilWhen: ${until}`)),
);
const stage = (name: string, stages: readonly string[]): Words =>
  row(
    ...[named('stage', fc.constant(name)), key('procedure', among('excision', 'graft', 'dressing'))],
    ...[fc.constant('in: treatment'), maybe(fc.constant('andIn: donor'))],
    fc
      .tuple(among('one procedure', 'course'), length)
      .map(
        ([covers, lasts]) =>
          `consent: { form: ${name}-consent, by: patient, covers: ${covers}, lasts: ${lasts} }`,
      ),
    maybe(among('anaesthesia: local', 'anaesthesia: general, prep: { packs: [before-narcosis] }')),
    maybe(
      joined(
        ', ',
        sessions,
        maybe(fc.constant('missed: skip')),
        maybe(fc.constant('spacing: { from: end, minimum: 1 week, recommended: 1 to 2 weeks }')),
      ),
    ),
    maybe(
      fc.constant(
        'beforeEach: { decision: { by: { table: risk }, outcomes: { standard: go, high: { ask: surgeon } } } }',
      ),
    ),
    maybe(tasks(`${name}-care`, ['procedure']).map((all) => `closure: { tasks: ${all} }`)),
    maybe(tasks(`${name}-rest`, ['procedure', 'last session']).map((all) => `recovery: { tasks: ${all} }`)),
    maybe(key('reassess', decision(`after-${name}`, stages, '14 days after last session'))),
  );

const NAMES = ['one', 'two', 'three', 'four'] as const;
const course: Words = number(1, 4).chain((count) => {
  const names = NAMES.slice(0, Number(count));
  const items = names.flatMap((name, index) => [
    stage(name, names).map((text) => `  - ${text}\n`),
    maybe(
      decision(`then-${name}`, names, '7 days after last session').map((text) =>
        index + 1 < names.length ? `  - ${text}\n` : '',
      ),
    ),
  ]);
  return joined('', ...items);
});

const pathway: Words = fc
  .tuple(
    tasks('history', ['consultation']),
    maybe(tasks('look', ['assessment'])),
    course,
    maybe(task('beside', [])),
  )
  .map(([history, look, items, beside]) =>
    [
      'pathway: made\nversion: "1.0.0"\ntitle: Made up\nuses: [surgery]\nteam: [surgeon, nurse]\n',
      'areas: { treatment: "any of left breast, right breast", donor: abdomen }\n',
      `consultation: { tasks: ${history} }\n`,
      look && `assessment: { tasks: ${look} }\n`,
      `course:\n${items}`,
      beside && `alongside:\n  - ${beside}\n`,
    ].join(''),
  );

const rules: Words = fc
  .integer({ min: 1, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => rule(at))))
  .map((all) => all.map((one) => `  - ${one}\n`).join(''));

/** A pathway and some more rules, beside the clinic and the catalogue of the sample. */
export const made: fc.Arbitrary<Texts> = fc.tuple(pathway, rules).map(([text, more]) => ({
  ...EVERYTHING,
  ruleSet: { ...EVERYTHING.ruleSet, text: `${EVERYTHING.ruleSet.text}${more}` },
  pathway: { file: 'made.pathway.yaml', text },
}));
