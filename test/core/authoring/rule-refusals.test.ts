import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

const OVERRIDE = 'override: { by: [surgeon], lasts: 48 hours, covers: one gate, reasons: [agreed] }';

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
