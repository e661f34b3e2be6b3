import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { CARED } from './care-sample.ts';
import { describeRows, type Row } from './refusals.ts';
import { HERE, sourcesOf } from './sample.ts';

const { compiled, problems } = compilePathway(sourcesOf(CARED));

it('home care compiles', () => {
  expect(problems.map(formatProblem)).toEqual([]);
  expect(CompiledPathway.safeParse(compiled).error).toBeUndefined();
});

const careOf = (name: string) => compiled?.care.find(({ care }) => care === name);

describe('home care of a pathway', () => {
  it('is as its file says: its days, for whom it is, its lines, its figure, and who hears of a setback', () => {
    expect(careOf('home')).toEqual({
      care: 'home',
      belongsTo: 'course',
      title: 'Home care',
      from: { by: { count: 0, unit: 'day' }, after: 'first session' },
      until: { by: { count: 4, unit: 'week' }, after: 'last session' },
      onlyFor: [{ choice: 'soapy', values: ['with-soap'] }],
      morning: [{ text: 'mild soap', note: 'No scent.' }, { text: 'zinc cream twice' }],
      evening: [{ figure: 'ointment' }],
      weekly: [{ text: 'zinc cream for the night' }],
      setback: { after: 3, ask: 'nurse', within: { count: 2, unit: 'working day' } },
      say: 'Wash gently.',
      because: 'Clean skin heals.',
    });
  });

  it('lasts as long as the plan, and asks the coordinator after two poor reports, where nothing else is said', () => {
    const care = careOf('home-too');
    expect(care?.until).toBeUndefined();
    expect(care?.setback).toEqual({
      after: 2,
      ask: 'coordinator',
      within: { count: 2, unit: 'working day' },
    });
  });

  it('that a pack brings along belongs to the phase that uses the pack', () => {
    expect(careOf('wound-care')).toMatchObject({
      belongsTo: 'cut.recovery',
      from: { after: 'procedure' },
      until: { by: { count: 10, unit: 'day' }, after: 'procedure' },
      evening: [{ text: 'mild soap', note: 'No scent.' }, { figure: 'ointment' }],
    });
  });

  it('is stopped by the rules that name it, and by those alone', () => {
    const pathway = compiled && loadPathway(compiled);
    const rules = (care: string) => pathway?.rulesStopping(care).map(({ rule }) => rule);
    expect([rules('home'), rules('home-too'), rules('wound-care')]).toEqual([['sore'], [], []]);
  });
});

const MORNING = 'morning: [mild soap, zinc cream twice]';
const STOPS = 'stops: [procedure, care]\n    of: [graft, home]';
const ROWS: readonly Row[] = [
  [
    'CC1130',
    'a name that the catalogue lacks',
    'pathway',
    { from: 'care: home\n', refused: `care: ${HERE}hom\n`, taken: 'care: home\n' },
  ],
  [
    'CC1131',
    "a product that is not on the clinic's list",
    'pathway',
    { from: MORNING, refused: `morning: [${HERE}mild soup]`, taken: 'morning: [mild soap in water]' },
  ],
  [
    'CC1047',
    'a product that stands there twice',
    'pathway',
    { from: MORNING, refused: `morning: [mild soap, ${HERE}mild soap]`, taken: 'morning: [mild soap]' },
  ],
  [
    'CC1077',
    'a figure that there is not',
    'pathway',
    {
      from: 'evening: [the ointment]',
      refused: `evening: [${HERE}the cream]`,
      taken: 'evening: [the ointment]',
    },
  ],
  [
    'CC1051',
    'a beginning that moves with each session',
    'pathway',
    {
      from: 'from: first session\n',
      refused: `from: ${HERE}last session\n`,
      taken: 'from: 3 days after first session\n',
    },
  ],
  [
    'CC1050',
    'an end that there is not',
    'pathway',
    {
      from: 'until: 4 weeks after last session',
      refused: `until: ${HERE}4 weeks after the moon`,
      taken: 'until: 2 weeks after first session',
    },
  ],
  [
    'CC1050',
    'an end after the end of the plan',
    'pathway',
    {
      from: 'until: 4 weeks after last session',
      refused: `until: ${HERE}4 weeks after end of plan`,
      taken: 'until: end of plan',
    },
  ],
  [
    'CC1011',
    'no end',
    'pathway',
    {
      from: '- { care: home-too, title: More of it, from: plan start, until: end of plan, say: Drink water. }',
      refused: `- ${HERE}{ care: home-too, title: More of it, from: plan start, say: Drink water. }`,
      taken: '- { care: home-too, title: More of it, from: plan start, until: end of plan, say: Drink. }',
    },
  ],
  [
    'CC1011',
    'nothing that is done',
    'pathway',
    {
      from: '- { care: home-too, title: More of it, from: plan start, until: end of plan, say: Drink water. }',
      refused: `- ${HERE}{ care: home-too, title: More of it, from: plan start, until: end of plan, because: So. }`,
      taken:
        '- { care: home-too, title: More of it, from: plan start, until: end of plan, weekly: [mild soap] }',
    },
  ],
  [
    'CC1075',
    'a value that no choice has',
    'pathway',
    { from: 'onlyFor: [with-soap]', refused: `onlyFor: [${HERE}with-soup]`, taken: 'onlyFor: [without]' },
  ],
  [
    'CC1040',
    'a role that hears of setbacks and that there is not',
    'pathway',
    { from: 'ask: nurse, within', refused: `ask: ${HERE}nurze, within`, taken: 'ask: surgeon, within' },
  ],
  [
    'CC1016',
    'a setback after no report',
    'pathway',
    { from: 'after: 3,', refused: `after: ${HERE}0,`, taken: 'after: 1,' },
  ],
  [
    'CC1047',
    'home care of one name twice',
    'pathway',
    { from: 'care: home-too', refused: `care: ${HERE}home`, taken: 'care: home-too' },
  ],
  [
    'CC1069',
    'a rule that stops home care, and names none',
    'ruleSet',
    {
      from: STOPS,
      refused: `stops: [procedure, ${HERE}care]\n    of: [graft]`,
      taken: 'stops: [procedure, care]',
    },
  ],
  [
    'CC1069',
    'a rule that stops procedures, and names none',
    'ruleSet',
    {
      from: STOPS,
      refused: `stops: [${HERE}procedure, care]\n    of: [home]`,
      taken: 'stops: [care]\n    of: [home]',
    },
  ],
  [
    'CC1069',
    'a rule that names home care, and stops none',
    'ruleSet',
    {
      from: STOPS,
      refused: `stops: [procedure]\n    of: [graft, ${HERE}home]`,
      taken: 'stops: [procedure]\n    of: [graft]',
    },
  ],
  [
    'CC1042',
    'a rule that stops what there is not',
    'ruleSet',
    { from: STOPS, refused: `stops: [procedure, care]\n    of: [home, ${HERE}hom]`, taken: STOPS },
  ],
  [
    'CC1069',
    'an override of what stops home care alone',
    'ruleSet',
    {
      from: `${STOPS}\n    strength: relative`,
      refused: `stops: [care]\n    of: [home]\n    ${HERE}override: { by: [surgeon], lasts: 1 day, covers: stage, reasons: [so] }\n    strength: relative`,
      taken: `${STOPS}\n    override: { by: [surgeon], lasts: 1 day, covers: stage, reasons: [so] }\n    strength: relative`,
    },
  ],
  [
    'CC1047',
    'home care by the name of a procedure',
    'catalogue',
    {
      from: 'care: [home, home-too, wound-care]',
      refused: `care: [home, home-too, wound-care, ${HERE}surgery]`,
      taken: 'care: [home, home-too, wound-care, rest]',
    },
  ],
  [
    'CC1011',
    'a pack of nothing',
    'packs',
    { from: 'packs:\n', refused: `packs:\n  - ${HERE}pack: nothing\n`, taken: 'packs:\n' },
  ],
  [
    'CC1050',
    "an anchor of a pack's care that there is not anywhere",
    'packs',
    { from: 'from: procedure,', refused: `from: ${HERE}the moon,`, taken: 'from: last session,' },
  ],
  [
    'CC1047',
    'a product that is on the list twice',
    'clinic',
    {
      from: '  - { product: zinc cream }\n',
      refused: `  - { product: zinc cream }\n  - { product: ${HERE}zinc cream }\n`,
      taken: '  - { product: zinc cream }\n  - { product: water }\n',
    },
  ],
];

describeRows(ROWS, CARED);

it('a pack whose care names a figure that the pathway lacks is refused where the pathway uses it', () => {
  const text = CARED.packs.text.replace('[mild soap, the ointment]', '[mild soap, the salve]');
  const found = compilePathway(sourcesOf({ ...CARED, packs: { ...CARED.packs, text } })).problems;
  expect(found.map(({ file, code, message }) => [file, code, message])).toEqual([
    ['mole.pathway.yaml', 'CC1077', 'the care `wound-care` of this pack: there is no figure `salve`'],
  ]);
});

it('home care is refused where a rule stops it by what is known of an area, and the pathway has none', () => {
  const text = CARED.ruleSet.text.replace(
    'when: { rash: includes blisters }',
    'when: { skin: includes eczema in donor }',
  );
  const sources = { ...CARED, ruleSet: { ...CARED.ruleSet, text } };
  expect(compilePathway(sourcesOf(sources)).problems).toEqual([]);
  const pathway = {
    ...CARED.pathway,
    text: CARED.pathway.text.replace(', donor: abdomen', '').replace('    andIn: donor\n', ''),
  };
  const codes = compilePathway(sourcesOf({ ...sources, pathway })).problems.map(({ message }) => message);
  expect(codes).toContain(
    '`sore` stops the care `home` by what is known of an area, and the pathway has none',
  );
});
