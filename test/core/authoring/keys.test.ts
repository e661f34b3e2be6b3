import { describeRefusals } from './refusals.ts';
import { HERE } from './sample.ts';

describeRefusals({ from: 'CC1010', to: 'CC1016' }, [
  [
    'CC1010',
    'a key that the format does not know',
    'pathway',
    { from: 'team:', refused: `${HERE}teem:`, taken: '"team":' },
  ],
  [
    'CC1010',
    'a key that another kind of thing has',
    'catalogue',
    {
      from: '{ procedure: dressing }',
      refused: `{ procedure: dressing, ${HERE}ladder: standard }`,
      taken: '{ procedure: dressing, traits: [clean] }',
    },
  ],
  [
    'CC1010',
    'a key that would reach into the program',
    'clinic',
    {
      from: 'clinic: north',
      refused: `clinic: north\n${HERE}__proto__: { polluted: 1 }`,
      taken: 'clinic: south',
    },
  ],
  [
    'CC1011',
    'a task without a role',
    'pathway',
    {
      from: '- { task: history, title: History, role: surgeon, ',
      refused: `- ${HERE}{ task: history, title: History, `,
      taken: '- { task: history, role: surgeon, title: History, ',
    },
  ],
  [
    'CC1011',
    'a calendar of no hours',
    'clinic',
    {
      from: '- calendar: always\nladders',
      refused: `- calendar: always\n  - ${HERE}calendar: nights\nladders`,
      taken: '- calendar: always\n  - { calendar: nights, open: { sunday: 20:00 to 24:00 } }\nladders',
    },
  ],
  [
    'CC1012',
    'one thing where a list is meant',
    'ruleSet',
    { from: 'tell: [patient]', refused: `tell: ${HERE}patient`, taken: 'tell: [nurse]' },
  ],
  [
    'CC1012',
    'a number where text is meant',
    'pathway',
    { from: 'title: Look again', refused: `title: ${HERE}2`, taken: 'title: "2"' },
  ],
  [
    'CC1013',
    'an item of a kind that is not executed',
    'pathway',
    {
      from: 'course:',
      refused: `alongside:\n  - track: beside\n    starts: with course\n    course:\n      - ${HERE}maintenance: rest\n        title: Rest\ncourse:`,
      taken: 'alongside: [ { task: ring, title: Ring, role: nurse, due: 3 days after course } ]\ncourse:',
    },
  ],
  [
    'CC1014',
    'a strength that there is not',
    'ruleSet',
    {
      from: 'strength: relative\n    then: further-evaluation',
      refused: `strength: ${HERE}relatve\n    then: further-evaluation`,
      taken: 'strength: absolute\n    then: further-evaluation',
    },
  ],
  [
    'CC1014',
    'a service that would state consent',
    'clinic',
    {
      from: 'states: [observation.recorded]',
      refused: `states: [${HERE}consent.recorded]`,
      taken: 'states: [observation.recorded, task.completed, procedure.performed]',
    },
  ],
  [
    'CC1015',
    'a name with a blank in it',
    'pathway',
    { from: 'task: stitches', refused: `task: ${HERE}stitches out`, taken: 'task: stitches-out' },
  ],
  [
    'CC1015',
    'a stage named as a phase is',
    'pathway',
    { from: 'stage: look-again', refused: `stage: ${HERE}recovery`, taken: 'stage: recovering' },
  ],
  [
    'CC1015',
    'a stage named as the end of a plan that is prescribed only',
    'pathway',
    { from: 'stage: look-again', refused: `stage: ${HERE}prescribed`, taken: 'stage: prescription' },
  ],
  [
    'CC1015',
    'a stage named as a span of time is',
    'pathway',
    { from: 'stage: look-again', refused: `stage: ${HERE}period`, taken: 'stage: periods' },
  ],
  [
    'CC1015',
    'a pathway called as the shared lists are',
    'pathway',
    { from: 'pathway: mole', refused: `pathway: ${HERE}packs`, taken: 'pathway: pack' },
  ],
  [
    'CC1015',
    'a fact that a condition would misread',
    'catalogue',
    { from: 'fact: height', refused: `fact: ${HERE}any`, taken: 'fact: anyone' },
  ],
  [
    'CC1015',
    'a fact that every object of the language has',
    'catalogue',
    { from: 'fact: height', refused: `fact: ${HERE}constructor`, taken: 'fact: builder' },
  ],
  [
    'CC1015',
    'a role that nobody can hold',
    'clinic',
    {
      from: 'roles: [surgeon,',
      refused: `roles: [${HERE}owner, surgeon,`,
      taken: 'roles: [homeowner, surgeon,',
    },
  ],
  [
    'CC1016',
    'an escalation above the highest level',
    'clinic',
    { from: 'raise: 3', refused: `raise: ${HERE}4`, taken: 'raise: 2' },
  ],
  [
    'CC1016',
    'a title of more than 200 characters',
    'pathway',
    {
      from: 'title: A mole',
      refused: `title: ${HERE}${'x'.repeat(201)}`,
      taken: `title: ${'x'.repeat(200)}`,
    },
  ],
  [
    'CC1016',
    'conditions four deep',
    'ruleSet',
    {
      from: '{ temperature: at least 38 Cel }',
      refused: `{ all: [ { any: [ { all: [ { none: ${HERE}[ { smokes: is no } ] } ] } ] } ] }`,
      taken: '{ all: [ { any: [ { none: [ { smokes: is no } ] } ] } ] }',
    },
  ],
  [
    'CC1016',
    'a list of more than a thousand',
    'pathway',
    {
      from: 'team: [surgeon, nurse]',
      refused: `team: ${HERE}[${Array.from({ length: 1_001 }, (_, at) => `r${at}`).join(', ')}]`,
      taken: 'team: [nurse]',
    },
  ],
]);
