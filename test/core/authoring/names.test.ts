import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { describeRefusals } from './refusals.ts';
import { alter, EVERYTHING, HERE, sourcesOf } from './sample.ts';

describeRefusals({ from: 'CC1040', to: 'CC1048' }, [
  [
    'CC1040',
    'a task of a role that nobody has',
    'pathway',
    {
      from: 'title: Dressing, role: nurse',
      refused: `title: Dressing, role: ${HERE}nurze`,
      taken: 'title: Dressing, role: patient',
    },
  ],
  [
    'CC1040',
    'a fact that nobody can be asked for',
    'catalogue',
    { from: 'ask: { role: coordinator', refused: `ask: { role: ${HERE}owner`, taken: 'ask: { role: patient' },
  ],
  [
    'CC1041',
    'a test of a fact that nobody records',
    'ruleSet',
    { from: '{ smokes: is yes }', refused: `{ ${HERE}smoks: is yes }`, taken: '{ smokes: is no }' },
  ],
  [
    'CC1041',
    'a record of a fact that there is not',
    'pathway',
    { from: 'records: [birthDate,', refused: `records: [${HERE}birthdate,`, taken: 'records: [height,' },
  ],
  [
    'CC1042',
    'a procedure that the catalogue lacks',
    'pathway',
    { from: 'procedure: dressing', refused: `procedure: ${HERE}surgeries`, taken: 'procedure: "dressing"' },
  ],
  [
    'CC1042',
    'a rule about a trait that nothing has',
    'ruleSet',
    { from: 'of: [surgery,', refused: `of: [${HERE}surgary,`, taken: 'of: [excision,' },
  ],
  [
    'CC1043',
    'a ladder that there is not',
    'pathway',
    { from: 'ladder: emergency', refused: `ladder: ${HERE}urgent`, taken: 'ladder: standard' },
  ],
  [
    'CC1044',
    'a calendar that there is not',
    'clinic',
    {
      from: 'calendar: always\n    steps',
      refused: `calendar: ${HERE}allways\n    steps`,
      taken: 'calendar: clinic-hours\n    steps',
    },
  ],
  [
    'CC1045',
    'a rule that cites nothing',
    'ruleSet',
    {
      from: 'cause: Fever may mean an infection.\n    source: protocol',
      refused: `cause: Fever.\n    source: ${HERE}guideline`,
      taken: 'cause: Fever.\n    source: protocol',
    },
  ],
  [
    'CC1046',
    'rules that nobody wrote',
    'pathway',
    { from: 'uses: [surgery]', refused: `uses: [surgery, ${HERE}skin]`, taken: 'uses: ["surgery"]' },
  ],
  [
    'CC1047',
    'two tasks of one name in one phase',
    'pathway',
    {
      from: 'tasks:\n    - { task: look,',
      refused: `tasks:\n    - { task: look, title: A, role: nurse, due: 1 day after assessment }\n    - { task: ${HERE}look,`,
      taken: 'tasks:\n    - { task: history,',
    },
  ],
  [
    'CC1047',
    'two rules of one name',
    'ruleSet',
    {
      from: 'contraindication: smoking',
      refused: `contraindication: ${HERE}fever`,
      taken: 'contraindication: smoke',
    },
  ],
  [
    'CC1047',
    'a pathway called as a rule set is',
    'pathway',
    { from: 'pathway: mole', refused: `pathway: ${HERE}surgery`, taken: 'pathway: moles' },
  ],
  [
    'CC1047',
    'hours of one day twice',
    'clinic',
    { from: ', friday: 08:00', refused: `, ${HERE}tuesday: 08:00`, taken: ', sunday: 08:00' },
  ],
  [
    'CC1048',
    'a clinic that nobody leads',
    'clinic',
    {
      from: 'roles: [surgeon, nurse, coordinator, clinical-lead, patient]',
      refused: `roles: ${HERE}[surgeon, nurse, coordinator, patient]`,
      taken: 'roles: [clinical-lead, surgeon, nurse, coordinator, patient]',
    },
  ],
  [
    'CC1047',
    'a trait that is a procedure too',
    'catalogue',
    {
      from: 'traits: [surgery]',
      refused: `traits: [surgery, ${HERE}dressing]`,
      taken: 'traits: [surgery, dressings]',
    },
  ],
  [
    'CC1047',
    'a word twice in one test',
    'ruleSet',
    {
      from: 'smokes: is yes',
      refused: `pregnancy: ${HERE}"is one of pregnant, pregnant"`,
      taken: 'pregnancy: is one of pregnant',
    },
  ],
]);

it('refuses a rule set called as the shared lists are, which texts could not tell apart', () => {
  const { texts, at } = alter(EVERYTHING, 'ruleSet', 'ruleSet: surgery\n', `ruleSet: ${HERE}packs\n`);
  const { problems } = compilePathway(sourcesOf(texts));
  expect(problems.map(({ code, file, line, column }) => [code, file, `${line}:${column}`])).toContainEqual([
    'CC1015',
    texts.ruleSet.file,
    at,
  ]);
});
