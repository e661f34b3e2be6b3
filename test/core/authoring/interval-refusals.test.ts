import { describeRows } from './refusals.ts';
import { HERE } from './sample.ts';

const WINDOW = 'recommended: 4 to 6 weeks\n    latest: 3 months\n    ifLate: { ask: surgeon }';

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
      'CC1100',
      'an interval over all plans of a patient from a date, which no plan performs',
      'ruleSet',
      {
        from: 'from: radiotherapy\n    to: start of excision\n    area: same',
        refused: `from: radiotherapy\n    to: start of excision\n    area: same\n    ${HERE}otherPlans: yes`,
        taken: 'from: end of excision\n    to: start of excision\n    area: same\n    otherPlans: yes',
      },
    ],
    [
      'CC1100',
      'an interval over all plans of a patient from a stage of this pathway',
      'pathway',
      {
        from: 'from: end of cut\n    to: start of fill',
        refused: `from: end of cut\n    to: start of fill\n    ${HERE}otherPlans: yes`,
        taken: 'from: end of surgery\n    to: start of fill\n    otherPlans: yes',
      },
    ],
    [
      'CC1014',
      'all plans of a patient, in another word than `yes`',
      'ruleSet',
      {
        from: 'sameDay: allowed',
        refused: `sameDay: allowed\n    otherPlans: ${HERE}all`,
        taken: 'sameDay: allowed\n    otherPlans: yes',
      },
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
