import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

const OVERRIDE = 'override: { by: [surgeon], lasts: 48 hours, covers: one gate, reasons: [agreed] }';
const WINDOW = 'recommended: 4 to 6 weeks\n    latest: 3 months\n    ifLate: { ask: surgeon }';

describe('rules', () => {
  describeRows([
    [
      'CC1010',
      'a kind of rule that is misspelt',
      'ruleSet',
      { from: '- alert: red-wound', refused: `- ${HERE}alrt: red-wound`, taken: '- alert: wound-red' },
    ],
    [
      'CC1010',
      'two kinds in one rule',
      'ruleSet',
      {
        from: 'alert: red-wound',
        refused: `alert: red-wound\n    ${HERE}table: risk-of-wound`,
        taken: 'alert: risk-of-wound',
      },
    ],
    [
      'CC1010',
      'a key that another kind of rule has',
      'ruleSet',
      {
        from: 'within: 6 weeks after last session',
        refused: `within: 6 weeks after last session\n    ${HERE}strength: absolute`,
        taken: 'within: 5 weeks after last session',
      },
    ],
    [
      'CC1011',
      'a rule of no kind',
      'ruleSet',
      {
        from: '- eligibility: adult\n    title: Adults',
        refused: `- ${HERE}title: Adults`,
        taken: '- title: Adults\n    eligibility: adult',
      },
    ],
    [
      'CC1012',
      'a rule that is a sentence',
      'ruleSet',
      {
        from: '- eligibility: adult\n    title: Adults',
        refused: `- ${HERE}adults only\n  - eligibility: adult\n    title: Adults`,
        taken: '- title: Adults\n    eligibility: adult',
      },
    ],
    [
      'CC1011',
      'an override without a reason that may be given',
      'ruleSet',
      {
        from: OVERRIDE,
        refused: `override: ${HERE}{ by: [surgeon], lasts: 48 hours, covers: one gate }`,
        taken: OVERRIDE.replace('agreed', 'urgent'),
      },
    ],
    [
      'CC1021',
      'an override that lasts working days',
      'ruleSet',
      {
        from: OVERRIDE,
        refused: OVERRIDE.replace('48 hours', `${HERE}2 working days`),
        taken: OVERRIDE.replace('48 hours', '2 days'),
      },
    ],
    [
      'CC1014',
      'an override that covers what it likes',
      'ruleSet',
      {
        from: OVERRIDE,
        refused: OVERRIDE.replace('one gate', `${HERE}everything`),
        taken: OVERRIDE.replace('one gate', 'stage'),
      },
    ],
    [
      'CC1047',
      'a reason that may be given twice',
      'ruleSet',
      {
        from: OVERRIDE,
        refused: OVERRIDE.replace('[agreed]', `[agreed, ${HERE}agreed]`),
        taken: OVERRIDE.replace('[agreed]', '[agreed, urgent]'),
      },
    ],
    [
      'CC1040',
      'a signature of a role that nobody has',
      'ruleSet',
      {
        from: 'by signature of surgeon',
        refused: `${HERE}by signature of surgon`,
        taken: 'by signature of clinical-lead',
      },
    ],
    [
      'CC1014',
      'clearing by chance',
      'ruleSet',
      { from: 'by signature of surgeon', refused: `${HERE}by chance`, taken: 'by facts' },
    ],
    [
      'CC1014',
      'eligibility for something else than the pathway',
      'ruleSet',
      { from: 'for: pathway', refused: `for: ${HERE}excision`, taken: 'for: "pathway"' },
    ],
    [
      'CC1014',
      'an exit that there is not',
      'ruleSet',
      {
        from: 'otherwise: referral',
        refused: `otherwise: ${HERE}refferal`,
        taken: 'otherwise: further-evaluation',
      },
    ],
  ]);
});

describe('intervals', () => {
  describeRows([
    [
      'CC1011',
      'a latest day of which nobody is asked',
      'ruleSet',
      {
        from: '- interval: between-cuts\n    title: From one cut to the next\n    from: end of surgery\n    to: start of graft\n    area: same\n    counts: every\n    minimum: 3 weeks\n    recommended: 4 to 6 weeks\n    latest: 3 months\n    ifLate: { ask: surgeon }',
        refused: `- ${HERE}interval: between-cuts\n    title: From one cut to the next\n    from: end of surgery\n    to: start of graft\n    area: same\n    counts: every\n    minimum: 3 weeks\n    recommended: 4 to 6 weeks\n    latest: 3 months`,
        taken:
          '- interval: between-cuts\n    title: From one cut to the next\n    from: end of surgery\n    to: start of graft\n    area: same\n    counts: every\n    minimum: 3 weeks',
      },
    ],
    [
      'CC1011',
      'somebody who is asked after no day',
      'pathway',
      {
        from: '- interval: fill-after-cut\n    from: end of cut\n    to: start of fill\n    minimum: 2 weeks',
        refused: `- ${HERE}interval: fill-after-cut\n    from: end of cut\n    to: start of fill\n    minimum: 2 weeks\n    ifLate: { ask: surgeon }`,
        taken:
          '- interval: fill-after-cut\n    from: end of cut\n    to: start of fill\n    minimum: 2 weeks\n    latest: 3 weeks\n    ifLate: { ask: surgeon }',
      },
    ],
    [
      'CC1021',
      'a minimum of hours, which no date has',
      'ruleSet',
      { from: 'minimum: 3 weeks', refused: `minimum: ${HERE}48 hours`, taken: 'minimum: 21 days' },
    ],
    [
      'CC1021',
      'a window of hours',
      'ruleSet',
      {
        from: WINDOW,
        refused: WINDOW.replace('4 to 6 weeks', `${HERE}40 to 60 hours`),
        taken: WINDOW.replace('4 to 6 weeks', '4 weeks'),
      },
    ],
    [
      'CC1022',
      'a window from more to less',
      'ruleSet',
      {
        from: WINDOW,
        refused: WINDOW.replace('4 to 6 weeks', `${HERE}6 to 4 weeks`),
        taken: WINDOW.replace('4 to 6 weeks', '4 to 5 weeks'),
      },
    ],
    [
      'CC1040',
      'a role that nobody has, asked when it is late',
      'ruleSet',
      {
        from: 'ifLate: { ask: surgeon }',
        refused: `ifLate: { ask: ${HERE}surgon }`,
        taken: 'ifLate: { ask: clinical-lead }',
      },
    ],
    [
      'CC1014',
      'what is done when it is late, in words of its own',
      'ruleSet',
      { from: 'ifLate: { ask: surgeon }', refused: `ifLate: ${HERE}panic`, taken: 'ifLate: { ask: nurse }' },
    ],
    [
      'CC1041',
      'an interval from a date that nobody records',
      'ruleSet',
      {
        from: 'from: radiotherapy\n    to: start of excision\n    area: same',
        refused: `from: ${HERE}radiation\n    to: start of excision\n    area: same`,
        taken: 'from: birthDate\n    to: start of excision',
      },
    ],
    [
      'CC1060',
      'an interval from what is no date',
      'ruleSet',
      {
        from: 'from: radiotherapy\n    to: start of excision\n    area: same',
        refused: `from: ${HERE}glucose\n    to: start of excision`,
        taken: 'from: nicotine\n    to: start of excision',
      },
    ],
    [
      'CC1060',
      'an interval from an age, and not from the birth',
      'ruleSet',
      {
        from: 'from: radiotherapy\n    to: start of excision\n    area: same',
        refused: `from: ${HERE}age\n    to: start of excision`,
        taken: 'from: birthDate\n    to: start of excision',
      },
    ],
    [
      'CC1042',
      'an interval in a rule set from a stage of some pathway',
      'ruleSet',
      { from: 'from: end of surgery', refused: `from: ${HERE}end of cut`, taken: 'from: end of excision' },
    ],
    [
      'CC1042',
      'an interval in a pathway from what there is not',
      'pathway',
      { from: 'from: end of cut', refused: `from: ${HERE}end of cuts`, taken: 'from: end of excision' },
    ],
    [
      'CC1063',
      'a name that is a stage and a procedure',
      'pathway',
      {
        from: '- stage: look-again\n    title: Look again\n    procedure: dressing\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }\n  - stage: fill\n    title: Fill\n    procedure: graft\n    in: treatment\n    andIn: donor\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    beforeEach:\n      decision:\n        by: { table: risk }\n        outcomes: { standard: go, high: { ask: surgeon } }\nareas: { treatment: "any of left breast, right breast", donor: abdomen }\nintervals:\n  - interval: fill-after-cut\n    from: end of cut',
        refused: `- stage: dressing\n    title: Look again\n    procedure: dressing\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }\n  - stage: fill\n    title: Fill\n    procedure: graft\n    in: treatment\n    andIn: donor\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    beforeEach:\n      decision:\n        by: { table: risk }\n        outcomes: { standard: go, high: { ask: surgeon } }\nareas: { treatment: "any of left breast, right breast", donor: abdomen }\nintervals:\n  - interval: fill-after-cut\n    from: ${HERE}end of dressing`,
        taken:
          '- stage: dressing\n    title: Look again\n    procedure: dressing\n    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 1 year }\n  - stage: fill\n    title: Fill\n    procedure: graft\n    in: treatment\n    andIn: donor\n    consent: { form: fill-consent, by: patient, covers: course, lasts: 1 year }\n    beforeEach:\n      decision:\n        by: { table: risk }\n        outcomes: { standard: go, high: { ask: surgeon } }\nareas: { treatment: "any of left breast, right breast", donor: abdomen }\nintervals:\n  - interval: fill-after-cut\n    from: end of cut',
      },
    ],
    [
      'CC1045',
      'an interval of a pathway that cites no source of its rules',
      'pathway',
      {
        from: 'onlyWhen: { age: at least 60 years }, source: protocol',
        refused: `onlyWhen: { age: at least 60 years }, source: ${HERE}handbook`,
        taken: 'onlyWhen: { age: at least 60 years }, source: "protocol"',
      },
    ],
    [
      'CC1047',
      'an interval of a pathway that is named as a rule is',
      'pathway',
      {
        from: 'interval: fill-after-cut',
        refused: `interval: ${HERE}between-cuts`,
        taken: 'interval: between-stages',
      },
    ],
  ]);
});

describe('tables', () => {
  const ROW = '- { neuropathy: at least 3, then: high }';
  describeRows([
    [
      'CC1016',
      'a table of one answer',
      'ruleSet',
      {
        from: 'answers: [a, b]\n    rows: [ { rash: includes hives, then: a }, { age: below 18 years, then: b } ]',
        refused: `answers: ${HERE}[a]\n    rows: [ { rash: includes hives, then: a } ]`,
        taken:
          'answers: [b, a]\n    rows: [ { rash: includes hives, then: a }, { age: below 16 years, then: b } ]',
      },
    ],
    [
      'CC1016',
      'a row of four facts',
      'ruleSet',
      {
        from: ROW,
        refused: `- ${HERE}{ neuropathy: at least 3, smokes: is yes, rash: includes hives, age: below 90 years, then: high }`,
        taken: '- { neuropathy: at least 3, smokes: is yes, rash: includes hives, then: high }',
      },
    ],
    [
      'CC1024',
      'a row of no fact',
      'ruleSet',
      {
        from: ROW,
        refused: `${ROW}\n      - ${HERE}{ then: high }`,
        taken: `${ROW}\n      - { smokes: is yes, then: high }`,
      },
    ],
    [
      'CC1024',
      'a row of conditions',
      'ruleSet',
      {
        from: ROW,
        refused: `- { ${HERE}any: [ { neuropathy: at least 3 } ], then: high }`,
        taken: '- { neuropathy: at least 4, then: high }',
      },
    ],
    [
      'CC1024',
      'freshness of one row',
      'ruleSet',
      {
        from: ROW,
        refused: `- { neuropathy: at least 3, ${HERE}taken: within 2 days, then: high }`,
        taken: '- { neuropathy: 3 to below 4, then: high }',
      },
    ],
    [
      'CC1024',
      'freshness of a whole table in other words',
      'ruleSet',
      { from: 'taken: within 3 days', refused: `taken: ${HERE}3 days`, taken: 'taken: since last session' },
    ],
    [
      'CC1011',
      'a row without its answer',
      'ruleSet',
      {
        from: ROW,
        refused: `- ${HERE}{ neuropathy: at least 3 }\n      ${ROW}`,
        taken: `${ROW}\n      ${ROW}`,
      },
    ],
    [
      'CC1041',
      'a row of a fact that nobody records',
      'ruleSet',
      {
        from: ROW,
        refused: `${ROW}\n      - { ${HERE}nuropathy: at least 4, then: high }`,
        taken: `${ROW}\n      - { neuropathy: at least 4, then: high }`,
      },
    ],
    [
      'CC1047',
      'an answer twice',
      'ruleSet',
      {
        from: 'answers: [a, b]',
        refused: `answers: [a, b, ${HERE}a]`,
        taken: 'answers: [a, "b"]',
      },
    ],
  ]);
});

describe('alerts', () => {
  const CALL = '{ task: tell-lead, title: Tell the lead, role: nurse, due: 1 working day after alert }';
  describeRows([
    [
      'CC1022',
      'a call that is due some time',
      'ruleSet',
      {
        from: CALL,
        refused: CALL.replace('1 working', `${HERE}1 working`).replace(' after alert', ''),
        taken: CALL,
      },
    ],
    [
      'CC1040',
      'a call to a role that nobody has',
      'ruleSet',
      { from: CALL, refused: CALL.replace('nurse', `${HERE}nurze`), taken: CALL.replace('nurse', 'patient') },
    ],
    [
      'CC1043',
      'a call on a ladder that there is not',
      'ruleSet',
      {
        from: CALL,
        refused: CALL.replace(' }', `, ladder: ${HERE}urgent }`),
        taken: CALL.replace(' }', ', ladder: standard }'),
      },
    ],
    [
      'CC1041',
      'a call that records what is only derived',
      'ruleSet',
      {
        from: 'records: [wound]',
        refused: `records: [wound, ${HERE}age]`,
        taken: 'records: [wound, birthDate]',
      },
    ],
    [
      'CC1047',
      'two calls of one name',
      'ruleSet',
      {
        from: CALL,
        refused: CALL.replace('task: tell-lead', `task: ${HERE}see-wound`),
        taken: CALL.replace('task: tell-lead', 'task: tell'),
      },
    ],
    [
      'CC1042',
      'an alert about a procedure that there is not',
      'ruleSet',
      {
        from: 'of: [surgery]\n    within',
        refused: `of: [surgery, ${HERE}cuts]\n    within`,
        taken: 'of: [surgery, transplant]\n    within',
      },
    ],
    [
      'CC1021',
      'an alert that watches for hours, and sessions have days',
      'ruleSet',
      {
        from: 'within: 6 weeks after last session',
        refused: `within: ${HERE}72 hours after last session`,
        taken: 'within: 3 days after last session',
      },
    ],
  ]);
});
