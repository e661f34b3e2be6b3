import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRows } from './refusals.ts';
import { EVERYTHING, HERE, sourcesOf, type Texts } from './sample.ts';

const FEWER =
  '{ objective: fewer, measure: glucosePart, target: at least 20 %, by: 6 months after plan start, ineffectiveWhen: { glucosePart: below 5 % }, from: 3 months after first session }';
const CLOSED =
  '{ objective: closed, title: Wound closed, measure: wound, target: is clean, by: 14 days after last session }';

const GOALS: Texts = {
  ...EVERYTHING,
  pathway: {
    ...EVERYTHING.pathway,
    text: `${EVERYTHING.pathway.text}goals:
  - goal: healthy
    title: To feel well
    say: You tell us.
    objectives:
      - ${FEWER}
  - goal: whole
    title: A closed wound
    role: nurse
    objectives:
      - ${CLOSED}
`,
  },
};

describe('goals', () => {
  describeRows(
    [
      [
        'CC1041',
        'a measure that nobody knows',
        'pathway',
        {
          from: 'measure: glucosePart,',
          refused: `measure: ${HERE}glucosPart,`,
          taken: 'measure: glucosePart,',
        },
      ],
      [
        'CC1110',
        'a date as a measure',
        'pathway',
        {
          from: 'measure: wound, target: is clean',
          refused: `measure: ${HERE}nicotine, target: within the last 7 days`,
          taken: 'measure: smokes, target: is no',
        },
      ],
      [
        'CC1110',
        'findings as a measure',
        'pathway',
        {
          from: 'measure: wound, target: is clean',
          refused: `measure: ${HERE}rash, target: includes hives`,
          taken: 'measure: neuropathy, target: below 2',
        },
      ],
      [
        'CC1110',
        'a time since something as a measure',
        'pathway',
        {
          from: 'measure: wound, target: is clean',
          refused: `measure: ${HERE}age, target: at least 18 years`,
          taken: 'measure: pregnancy, target: is pregnant',
        },
      ],
      [
        'CC1061',
        'a target in a unit that the measure has not',
        'pathway',
        {
          from: 'target: at least 20 %',
          refused: `target: ${HERE}at least 20 mmol/L`,
          taken: 'target: at least 25 %',
        },
      ],
      [
        'CC1062',
        'a target that is no word of the measure',
        'pathway',
        { from: 'target: is clean', refused: `target: ${HERE}is closed`, taken: 'target: is red' },
      ],
      [
        'CC1023',
        'a target that is no test',
        'pathway',
        { from: 'target: is clean', refused: `target: ${HERE}clean`, taken: 'target: is not open' },
      ],
      [
        'CC1051',
        'a goal that is due after what each stage has of its own',
        'pathway',
        {
          from: '14 days after last session',
          refused: `${HERE}14 days after stage`,
          taken: '14 days after course',
        },
      ],
      [
        'CC1050',
        'a goal that is due after nothing there is',
        'pathway',
        {
          from: '14 days after last session',
          refused: `${HERE}14 days after surgery`,
          taken: 'first session',
        },
      ],
      [
        'CC1022',
        'a goal that is due in a window',
        'pathway',
        {
          from: '14 days after last session',
          refused: `${HERE}7 to 14 days after last session`,
          taken: '2 weeks after last session',
        },
      ],
      [
        'CC1047',
        'two objectives of one name',
        'pathway',
        { from: 'objective: closed', refused: `objective: ${HERE}fewer`, taken: 'objective: clean' },
      ],
      [
        'CC1047',
        'two goals of one name',
        'pathway',
        { from: 'goal: whole', refused: `goal: ${HERE}healthy`, taken: 'goal: well' },
      ],
      [
        'CC1040',
        'a role that the clinic has not',
        'pathway',
        {
          from: 'role: nurse\n    objectives',
          refused: `role: ${HERE}nures\n    objectives`,
          taken: 'objectives',
        },
      ],
      [
        'CC1054',
        'a patient who is asked why it is late',
        'pathway',
        {
          from: 'role: nurse\n    objectives',
          refused: `role: ${HERE}patient\n    objectives`,
          taken: 'role: surgeon\n    objectives',
        },
      ],
      [
        'CC1066',
        'an effect that is known by area, of a goal that is not',
        'pathway',
        {
          from: '{ glucosePart: below 5 % }',
          refused: `{ wound: ${HERE}is open }`,
          taken: '{ glucose: above 11 mmol/L }',
        },
      ],
      [
        'CC1069',
        'when to look at an effect of which nothing is said',
        'pathway',
        {
          from: 'by: 14 days after last session }',
          refused: `by: 14 days after last session, ${HERE}from: 7 days after last session }`,
          taken:
            'by: 14 days after last session, ineffectiveWhen: { wound: is open }, from: 7 days after last session }',
        },
      ],
      [
        'CC1069',
        'an effect that is looked at once the goal is due',
        'pathway',
        {
          from: 'from: 3 months after first session',
          refused: `from: ${HERE}6 months after plan start`,
          taken: 'from: 5 months after plan start',
        },
      ],
    ],
    GOALS,
  );
});

describe('a goal as it is compiled', () => {
  const compiled = () => {
    const { compiled: made, problems } = compilePathway(sourcesOf(GOALS));
    expect(problems).toEqual([]);
    return made;
  };

  it('is the whole sentence, and asked of whoever leads the team where nobody is named', () => {
    expect(compiled()?.goals).toEqual([
      {
        goal: 'healthy',
        title: 'To feel well',
        role: 'surgeon',
        say: 'You tell us.',
        objectives: [
          {
            objective: 'fewer',
            title: 'To feel well',
            measure: 'glucosePart',
            target: {
              all: [
                { fact: 'glucosePart', operator: 'greaterThanInclusive', value: 20, name: 'at least 20 %' },
              ],
            },
            by: { by: { count: 6, unit: 'month' }, after: 'plan start' },
            ineffectiveWhen: {
              all: [{ fact: 'glucosePart', operator: 'lessThan', value: 5, name: 'below 5 %' }],
            },
            from: { by: { count: 3, unit: 'month' }, after: 'first session' },
          },
        ],
      },
      {
        goal: 'whole',
        title: 'A closed wound',
        role: 'nurse',
        objectives: [
          {
            objective: 'closed',
            title: 'Wound closed',
            measure: 'wound',
            target: { all: [{ fact: 'wound', operator: 'equal', value: 'clean', name: 'is clean' }] },
            by: { by: { count: 14, unit: 'day' }, after: 'last session' },
          },
        ],
      },
    ]);
  });

  it('brings along what it is measured by, though no rule asks it', () => {
    const made = compiled();
    expect(made?.derived.map(({ derived }) => derived)).toContain('glucosePart');
    expect(made?.facts.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['glucose', 'transfusion']));
  });
});

it('the outcome of a task is compiled in its own word', () => {
  const text = GOALS.pathway.text.replace('title: Look at it,', 'title: Look at it, outcome: photographs,');
  const { compiled } = compilePathway(sourcesOf({ ...GOALS, pathway: { ...GOALS.pathway, text } }));
  expect(compiled?.assessment[0]?.outcome).toBe('photographs');
});
