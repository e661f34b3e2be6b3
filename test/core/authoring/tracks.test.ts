import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { HERE, sourcesOf, type Texts } from './sample.ts';

/** The other sample with two tracks beside its course: one that begins with it, and one that its board starts. */
const TRACKS: Texts = {
  ...COURSE,
  pathway: {
    file: 'tracks.pathway.yaml',
    text: COURSE.pathway.text
      .replace('suitable: go,', 'suitable: { start: rays, then: go },')
      .replace('go-on: go, leave-out', 'go-on: go, rays: { start: rays }, leave-out')
      .concat(`alongside:
  - track: rays
    starts: by decision
    course:
      - { stage: radiation, procedure: graft, elsewhere: yes, in: treatment }
      - decision: after-rays
        title: And now?
        by: surgeon
        due: 14 days after last session
        outcomes: { well: go, once-more: { to: radiation, atMost: 1, then: end } }
  - track: dressings
    title: Dressings by the month
    starts: with course
    course:
      - stage: dress-monthly
        title: Dressing
        procedure: dressing
        in: treatment
        consent: { form: dressing-consent, by: patient, covers: course, lasts: 1 year }
        sessions: 3
        spacing: { from: end, minimum: 3 weeks, latest: 8 weeks, ifLate: { decide: late } }
        reassess: { decision: dressed, title: Enough?, by: nurse, due: 7 days after last session, outcomes: { enough: go, more: { again: 1, then: end } } }
`),
  },
};

describe('a track', () => {
  const { compiled, problems } = compilePathway(sourcesOf(TRACKS));
  const pathway = CompiledPathway.parse(compiled);

  it('is a course of its own, beside the main one', () => {
    expect(problems).toEqual([]);
    expect(pathway.tracks).toEqual([
      {
        track: 'rays',
        title: 'Rays',
        starts: 'by decision',
        course: [
          { kind: 'stage', name: 'radiation' },
          { kind: 'decision', name: 'after-rays' },
        ],
      },
      {
        track: 'dressings',
        title: 'Dressings by the month',
        starts: 'with course',
        course: [{ kind: 'stage', name: 'dress-monthly' }],
      },
    ]);
    expect(pathway.course.map(({ name }) => name)).toEqual(['cut', 'half-way', 'fill', 'transplant']);
  });

  it('has its stages and decisions among all others, those of the course first', () => {
    expect(pathway.stages.map(({ stage }) => stage)).toEqual([
      ...['cut', 'fill', 'transplant', 'radiation', 'dress-monthly'],
    ]);
    expect(pathway.decisions.map(({ decision }) => decision)).toEqual(
      expect.arrayContaining(['after-rays', 'dressed']),
    );
  });

  it('keeps the distance between its sessions', () => {
    expect(pathway.intervals.find(({ rule }) => rule === 'dress-monthly-spacing')).toMatchObject({
      from: { kind: 'stage', edge: 'end', stage: 'dress-monthly' },
      ifLate: { decide: 'late' },
    });
  });

  it.each([
    ['from a stage of it to one of the course', 'end of radiation', 'start of fill'],
    ['from a stage of the course to one of it', 'end of fill', 'start of radiation'],
  ])('may be what an interval lies between: %s, for between the two there is no order', (_name, from, to) => {
    const { file, text } = TRACKS.pathway;
    const between = `  - { interval: apart, from: ${from}, to: ${to}, minimum: 6 weeks }\n`;
    const written = text.includes('\nintervals:\n')
      ? text.replace('\nintervals:\n', `\nintervals:\n${between}`)
      : text.replace('\nalongside:\n', `\nintervals:\n${between}alongside:\n`);
    const made = compilePathway(sourcesOf({ ...TRACKS, pathway: { file, text: written } }));
    expect(made.problems).toEqual([]);
  });

  it('may be started on the way to something else', () => {
    const board = pathway.decisions.find(({ decision }) => decision === 'board');
    expect(board?.outcomes.suitable).toEqual([{ do: 'start', track: 'rays' }, { do: 'go' }]);
    const problem = pathway.decisions.find(({ decision }) => decision === 'problem');
    expect(problem?.outcomes.rays).toEqual([{ do: 'start', track: 'rays' }, { do: 'go' }]);
  });

  it('may have stages that others see to: they have no consent, and are called by their names', () => {
    const radiation = pathway.stages.find(({ stage }) => stage === 'radiation');
    expect(radiation).toMatchObject({ title: 'Radiation', elsewhere: true, sessions: 1 });
    expect(radiation).not.toHaveProperty('consent');
  });
});

describe('what runs beside the course', () => {
  const RADIATION = '- { stage: radiation, procedure: graft, elsewhere: yes, in: treatment }';
  const here = (more: string): string => RADIATION.replace(' }', `, ${more} }`);
  describeRows(
    [
      [
        'CC1082',
        'a track that nothing starts',
        'pathway',
        {
          from: '    title: Dressings by the month\n    starts: with course',
          refused: `    title: Dressings by the month\n    starts: ${HERE}by decision`,
          taken: '    title: Dressings by the month\n    starts: with course',
        },
      ],
      [
        'CC1082',
        'a track that there is not',
        'pathway',
        {
          from: 'rays: { start: rays }',
          refused: `rays: { start: ${HERE}ray }`,
          taken: 'rays: { start: dressings }',
        },
      ],
      [
        'CC1083',
        'a way out of a track into the main course',
        'pathway',
        {
          from: '{ to: radiation, atMost: 1,',
          refused: `{ to: ${HERE}cut, atMost: 1,`,
          taken: '{ to: radiation, atMost: 2,',
        },
      ],
      [
        'CC1083',
        'a way out of the main course into a track',
        'pathway',
        {
          from: 'once-more: { to: cut,',
          refused: `once-more: { to: ${HERE}radiation,`,
          taken: 'once-more: { to: cut,',
        },
      ],
      [
        'CC1083',
        'a way into the main course by a decision that a track asks too',
        'pathway',
        {
          from: 'outcomes: { go-on: go, more: { decide: problem } }',
          refused: `outcomes: { go-on: go, more: { to: ${HERE}transplant } }`,
          taken: 'outcomes: { go-on: go, more: { decide: problem } }',
        },
      ],
      ...[
        'consent: { form: a, by: patient, covers: course, lasts: 1 year }',
        'anaesthesia: local',
        'prep: { tasks: [ { task: t, title: T, role: nurse, due: 1 day after plan start } ] }',
        'sessions: 2',
        'missed: skip',
        'beforeEach: { tasks: [ { task: t, title: T, role: nurse, due: 1 day after plan start } ] }',
        'afterEach: { packs: [afterwards] }',
        'with: [dose]',
        'price: 20 USD',
      ].map(
        (key) =>
          [
            'CC1084',
            `what others see to: ${key.split(':')[0]}`,
            'pathway',
            { from: RADIATION, refused: here(`${HERE}${key}`), taken: here('say: They tell us.') },
          ] as const,
      ),
      [
        'CC1011',
        'a stage of a track that nobody consents to',
        'pathway',
        {
          from: RADIATION,
          refused: `- ${HERE}{ stage: radiation, title: R, procedure: graft, in: treatment }`,
          taken:
            '- { stage: radiation, title: R, procedure: graft, in: treatment, consent: { form: a, by: patient, covers: course, lasts: 1 year } }',
        },
      ],
      [
        'CC1011',
        'a stage of the course without a title',
        'pathway',
        {
          from: '  - stage: transplant\n    title: Transplant',
          refused: `  - ${HERE}stage: transplant`,
          taken: '  - stage: transplant\n    title: Other',
        },
      ],
      [
        'CC1047',
        'two tracks of one name',
        'pathway',
        { from: '- track: dressings', refused: `- track: ${HERE}rays`, taken: '- track: others' },
      ],
      [
        'CC1047',
        'a stage of a track with the name of another',
        'pathway',
        { from: '- stage: dress-monthly', refused: `- stage: ${HERE}cut`, taken: '- stage: dress' },
      ],
      [
        'CC1047',
        'a decision of a track with the name of another',
        'pathway',
        {
          from: '- decision: after-rays',
          refused: `- decision: ${HERE}half-way`,
          taken: '- decision: after',
        },
      ],
      [
        'CC1015',
        'a stage that is called as what has not begun is',
        'pathway',
        { from: '- stage: dress-monthly', refused: `- stage: ${HERE}waiting`, taken: '- stage: waits' },
      ],
      [
        'CC1051',
        'a due time of sessions before the first stage of the track',
        'pathway',
        {
          from: `${RADIATION}\n      - decision: after-rays`,
          refused: `- { decision: before, title: B, by: nurse, due: ${HERE}1 day after last session, outcomes: { on: go } }\n      ${RADIATION}\n      - decision: after-rays`,
          taken: `- { decision: before, title: B, by: nurse, due: 1 day after asked, outcomes: { on: go } }\n      ${RADIATION}\n      - decision: after-rays`,
        },
      ],
    ],
    TRACKS,
  );
});
