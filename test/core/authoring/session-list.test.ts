import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { formatProblem } from '../../../src/core/authoring/problem.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { COURSE } from './course-sample.ts';
import { describeRows } from './refusals.ts';
import { alter, HERE, sourcesOf, type Texts } from './sample.ts';

const FIRST =
  '- { session: first, title: First, procedures: [dressing, excision], say: Two things on one day. }';
const SECOND = '- { session: second, title: Second, procedures: [graft] }';
const BETWEEN = `- decision: does-it-work
        title: Does it work?
        by: surgeon and patient
        due: 7 days after session
        needs: [glucose]
        outcomes: { go-on: go, once-more: { again: 1, then: end } }`;
const BEFORE = `decision: fit
        title: Fit today?
        by: nurse
        due: 1 day after asked
        outcomes: { fit: go, unwell: { wait: 7 days, atMost: 2, then: { decide: problem } } }`;
const AFTER = `decision: borne
        title: How was it borne?
        by: surgeon
        due: 3 days after session
        outcomes: { well: go, badly: { exit: conservative } }`;

const BY_TABLE = `by: { table: risk }
        outcomes: { standard: go, high: { wait: 7 days, atMost: 2, then: { decide: problem } } }`;

/** Sessions that differ, with a decision between them, one before each and one after each. */
const CHANGES = [
  ['    procedure: dressing\n    in: treatment\n    anaesthesia: sedation\n', '    in: treatment\n'],
  ['sessions: up to 6\n', `sessions:\n      ${FIRST}\n      ${BETWEEN}\n      ${SECOND}\n`],
  [BY_TABLE, BEFORE],
  ['records: [wound], clears: anaesthesia }', 'records: [wound] }'],
  ['    afterEach:\n', `    afterEach:\n      decision:\n        ${AFTER}\n`],
] as const;

const LISTED: Texts = {
  ...COURSE,
  pathway: {
    ...COURSE.pathway,
    text: CHANGES.reduce((text, [from, to]) => text.replace(from, to), COURSE.pathway.text),
  },
};

function compiledWith(from = 'A series', to = from): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(alter(LISTED, 'pathway', from, to).texts));
  expect(problems.map(formatProblem)).toEqual([]);
  return CompiledPathway.parse(compiled);
}

describe('sessions that a stage lists', () => {
  const compiled = compiledWith();
  const fill = compiled.stages.find(({ stage }) => stage === 'fill');

  it('keep their order, each with all that is done at it, and the traits of all of that', () => {
    expect(fill?.list).toEqual([
      {
        kind: 'session',
        session: 'first',
        title: 'First',
        procedures: ['dressing', 'excision'],
        traits: ['surgery'],
        say: 'Two things on one day.',
      },
      { kind: 'decision', decision: 'does-it-work' },
      {
        kind: 'session',
        session: 'second',
        title: 'Second',
        procedures: ['graft'],
        traits: ['surgery', 'transplant'],
      },
    ]);
  });

  it('are as many as stand there; the stage is all that is done at any', () => {
    expect(fill).toMatchObject({
      sessions: 2,
      procedures: ['dressing', 'excision', 'graft'],
      traits: ['surgery', 'transplant'],
    });
  });

  it('may end early, though they have a number', () => {
    expect(fill?.untilWhen).toBeDefined();
  });

  it('bring the decisions around them among those of the pathway', () => {
    expect(fill).toMatchObject({ decidedBefore: 'fit', decidedAfter: 'borne' });
    expect(fill?.table).toBeUndefined();
    const named = compiled.decisions.map(({ decision }) => decision);
    expect(named).toEqual(expect.arrayContaining(['fit', 'does-it-work', 'borne']));
    expect(compiled.decisions.find(({ decision }) => decision === 'does-it-work')).toMatchObject({
      by: { kind: 'roles', roles: ['surgeon', 'patient'] },
      due: { to: { count: 7, unit: 'day' }, after: 'session' },
      needs: ['glucose'],
      outcomes: { 'go-on': [{ do: 'go' }], 'once-more': [{ do: 'again', atMost: 1 }, { do: 'end' }] },
    });
    expect(compiled.facts.map(({ fact }) => fact)).toContain('glucose');
  });

  it('may be one, of two procedures on one day', () => {
    const one = compiledWith(`${FIRST}\n      ${BETWEEN}\n      ${SECOND}`, FIRST);
    expect(one.stages.find(({ stage }) => stage === 'fill')).toMatchObject({
      sessions: 1,
      procedures: ['dressing', 'excision'],
    });
  });

  it('need a decision before each by no table: a board decides as well', () => {
    const board = '{ board: [surgeon, nurse], quorum: 2, agree: all }';
    const noQuorum = 'noQuorum: { exit: referral }';
    const decided = compiledWith(
      'title: Fit today?\n        by: nurse',
      `title: Fit today?\n        by: ${board}\n        ${noQuorum}`,
    );
    expect(decided.decisions.find(({ decision }) => decision === 'fit')?.by).toMatchObject({ kind: 'board' });
  });
});

describeRows(
  [
    [
      'CC1080',
      'a procedure of the stage beside those of its sessions',
      'pathway',
      {
        from: 'title: Fill\n',
        refused: `title: Fill\n    ${HERE}procedure: dressing\n`,
        taken: 'title: "Fill"\n',
      },
    ],
    [
      'CC1080',
      'a decision before any session',
      'pathway',
      {
        from: `${FIRST}\n      ${BETWEEN}`,
        refused: BETWEEN.replace('decision:', `${HERE}decision:`),
        taken: `${FIRST}\n      ${BETWEEN}`,
      },
    ],
    [
      'CC1011',
      'a stage of neither a procedure nor sessions',
      'pathway',
      {
        from: '- stage: transplant\n    title: Transplant\n    procedure: graft\n',
        refused: `- ${HERE}stage: transplant\n    title: Transplant\n`,
        taken:
          '- stage: transplant\n    title: Transplant\n    sessions: [ { session: third, title: Third, procedures: [graft] } ]\n',
      },
    ],
    [
      'CC1011',
      'an item of a list that is of no kind',
      'pathway',
      { from: SECOND, refused: `- ${HERE}{ title: Second, procedures: [graft] }`, taken: SECOND },
    ],
    [
      'CC1008',
      'a list of no sessions',
      'pathway',
      {
        from: '    procedure: graft\n',
        refused: `    sessions: ${HERE}[]\n`,
        taken: '    sessions: [ { session: third, title: Third, procedures: [graft] } ]\n',
      },
    ],
    [
      'CC1042',
      'a procedure that there is not, at one of the sessions',
      'pathway',
      {
        from: 'procedures: [dressing, excision]',
        refused: `procedures: [dressing, ${HERE}exision]`,
        taken: 'procedures: [excision, dressing]',
      },
    ],
    [
      'CC1047',
      'the same procedure twice at one session',
      'pathway',
      {
        from: 'procedures: [dressing, excision]',
        refused: `procedures: [dressing, ${HERE}dressing]`,
        taken: 'procedures: [dressing, graft]',
      },
    ],
    [
      'CC1047',
      'two sessions of one name',
      'pathway',
      { from: 'session: second', refused: `session: ${HERE}first`, taken: 'session: third' },
    ],
    [
      'CC1047',
      'a session that is called as a stage is',
      'pathway',
      { from: 'session: second', refused: `session: ${HERE}cut`, taken: 'session: cut-2' },
    ],
    [
      'CC1047',
      'a session that is called as a decision is',
      'pathway',
      { from: 'session: second', refused: `session: ${HERE}borne`, taken: 'session: well-borne' },
    ],
    [
      'CC1015',
      'a session that is called as a phase is',
      'pathway',
      { from: 'session: second', refused: `session: ${HERE}recovery`, taken: 'session: the-recovery' },
    ],
    [
      'CC1075',
      'a session that is only for a value of no choice',
      'pathway',
      {
        from: 'procedures: [graft] }',
        refused: `procedures: [graft], onlyFor: [${HERE}severe] }`,
        taken: 'procedures: [graft, dressing] }',
      },
    ],
    [
      'CC1051',
      'a decision before each session that counts from a session',
      'pathway',
      {
        from: 'by: nurse\n        due: 1 day after asked',
        refused: `by: nurse\n        due: ${HERE}1 day after session`,
        taken: 'by: nurse\n        due: 1 day after stage',
      },
    ],
    [
      'CC1011',
      'a person who decides before each session, and a decision of no name',
      'pathway',
      {
        from: BEFORE,
        refused: `${HERE}title: Fit today?\n        by: nurse\n        due: 1 day after asked\n        outcomes: { fit: go, unwell: { decide: problem } }`,
        taken: BEFORE,
      },
    ],
  ],
  LISTED,
);
