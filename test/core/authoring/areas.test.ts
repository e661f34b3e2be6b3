import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { areasOf } from '../../../src/core/pathway/areas.ts';
import { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import { describeRows } from './refusals.ts';
import { alter, EVERYTHING, HERE, sourcesOf, type Texts } from './sample.ts';

function compile(texts: Texts = EVERYTHING): CompiledPathway {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([]);
  return CompiledPathway.parse(compiled);
}

const problemsOf = (texts: Texts) =>
  compilePathway(sourcesOf(texts)).problems.map(({ code, line, column }) => [code, `${line}:${column}`]);

describe("the clinic's areas", () => {
  it('are kept with their sides and parts, and give every site its name', () => {
    const { areas } = compile().clinic;
    expect(areas).toEqual([
      { area: 'breast', sides: ['left', 'right'], parts: [] },
      { area: 'abdomen', sides: [], parts: [] },
      { area: 'face', sides: [], parts: ['upper face', 'nose'] },
    ]);
    expect(areasOf(areas).sites).toEqual([
      ...['breast', 'left breast', 'right breast', 'abdomen', 'face', 'upper face', 'nose'],
    ]);
  });

  it('may be left out where no pathway is about one', () => {
    const { texts } = alter(
      EVERYTHING,
      'clinic',
      'areas:\n  - { area: breast, sides: [left, right] }\n  - { area: abdomen }\n  - { area: face, parts: [upper face, nose] }\n',
      '',
    );
    const { problems } = compilePathway(sourcesOf(texts));
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['mole.pathway.yaml', 'CC1049'],
      ['mole.pathway.yaml', 'CC1049'],
      ['mole.pathway.yaml', 'CC1049'],
    ]);
  });

  const BREAST = '{ area: breast, sides: [left, right] }';
  const FACE = '{ area: face, parts: [upper face, nose] }';
  describeRows([
    [
      'CC1047',
      'an area twice',
      'clinic',
      {
        from: '{ area: abdomen }',
        refused: `{ area: abdomen }\n  - { area: ${HERE}breast }`,
        taken: '{ area: abdomen, parts: [belly] }',
      },
    ],
    [
      'CC1047',
      'a part that is an area',
      'clinic',
      {
        from: FACE,
        refused: `{ area: face, parts: [nose, ${HERE}abdomen] }`,
        taken: '{ area: face, parts: [nose, upper face, chin] }',
      },
    ],
    [
      'CC1047',
      'a side twice',
      'clinic',
      {
        from: BREAST,
        refused: `{ area: breast, sides: [left, right, ${HERE}left] }`,
        taken: '{ area: breast, sides: [right, left] }',
      },
    ],
    [
      'CC1047',
      'a part twice',
      'clinic',
      { from: FACE, refused: `{ area: face, parts: [nose, ${HERE}nose] }`, taken: FACE },
    ],
    [
      'CC1047',
      'two areas that one name would mean',
      'clinic',
      {
        from: '{ area: abdomen }',
        refused: `{ area: abdomen }\n  - { area: ${HERE}left breast }`,
        taken: '{ area: abdomen }\n  - { area: left side }',
      },
    ],
    [
      'CC1047',
      'a part of two areas',
      'clinic',
      {
        from: FACE,
        refused: `${FACE}\n  - { area: ${HERE}back, parts: [nose] }`,
        taken: `${FACE}\n  - { area: back, parts: [upper back] }`,
      },
    ],
    [
      'CC1015',
      'an area that a sentence would take apart',
      'clinic',
      {
        from: '{ area: abdomen }',
        refused: `{ area: abdomen }\n  - { area: ${HERE}arm or leg }`,
        taken: '{ area: abdomen }\n  - { area: back of the hand }',
      },
    ],
    [
      'CC1015',
      'an area that a plan calls its own',
      'clinic',
      {
        from: '{ area: abdomen }',
        refused: `{ area: abdomen }\n  - { area: ${HERE}donor }`,
        taken: '{ area: abdomen }\n  - { area: donors }',
      },
    ],
    [
      'CC1015',
      'an area named by signs',
      'clinic',
      {
        from: '{ area: abdomen }',
        refused: `{ area: abdomen }\n  - { area: ${HERE}"arm, leg" }`,
        taken: '{ area: abdomen }\n  - { area: Unterarm links }',
      },
    ],
    [
      'CC1016',
      'more sides than anything has',
      'clinic',
      {
        from: BREAST,
        refused: `{ area: breast, sides: ${HERE}[left, right, upper, lower, inner] }`,
        taken: '{ area: breast, sides: [left, right, upper, lower] }',
      },
    ],
  ]);
});

describe("a pathway's areas", () => {
  const choice = (written: string) =>
    compile(alter(EVERYTHING, 'pathway', '"any of left breast, right breast"', written).texts).areas;

  it.each([
    ['left breast', 'all', ['left breast']],
    ['breast', 'all', ['breast']],
    ['left breast or right breast', 'one', ['left breast', 'right breast']],
    ['breast or left breast or nose', 'one', ['breast', 'left breast', 'nose']],
    ['"any of left breast, right breast"', 'any', ['left breast', 'right breast']],
    ['"any of nose,upper face , abdomen"', 'any', ['nose', 'upper face', 'abdomen']],
  ])('%s', (written, choose, sites) => {
    expect(choice(written)).toEqual({
      treatment: { choose, sites },
      donor: { choose: 'all', sites: ['abdomen'] },
    });
  });

  it('may be left out where no stage takes place in one', () => {
    const { texts } = alter(
      EVERYTHING,
      'pathway',
      'areas: { treatment: "any of left breast, right breast", donor: abdomen }\n',
      '',
    );
    expect(problemsOf(texts).map(([code]) => code)).toEqual(['CC1049', 'CC1049', 'CC1049']);
    expect(new Set(problemsOf(texts).map(([, at]) => at)).size).toBe(3);
  });

  it.each([
    ['in', 'in: treatment'],
    ['andIn', 'andIn: donor'],
  ])('give a stage its %s', (key, line) => {
    const stage = compile().stages.find((one) => one.stage === 'fill');
    expect(stage).toMatchObject({ [key]: line.split(': ')[1] });
  });

  it('without a donor, no stage looks at one, and no rule asks of one', () => {
    const { texts } = alter(EVERYTHING, 'pathway', ', donor: abdomen }', ' }');
    const { texts: marked, at } = alter(texts, 'pathway', 'andIn: donor', `andIn: ${HERE}donor`);
    expect(problemsOf(marked)).toEqual([['CC1049', at]]);
    const { texts: without } = alter(texts, 'pathway', '    andIn: donor\n', '');
    compile(without);
    const { texts: asked } = alter(without, 'ruleSet', 'any area of this stage', 'donor');
    expect(compilePathway(sourcesOf(asked)).problems).toMatchObject([
      {
        code: 'CC1066',
        file: 'mole.pathway.yaml',
        line: 13,
        message: expect.stringMatching(/`infected`.*`cut`/),
      },
      {
        code: 'CC1066',
        file: 'mole.pathway.yaml',
        line: 29,
        message: expect.stringMatching(/`infected`.*`fill`/),
      },
    ]);
  });

  describeRows([
    [
      'CC1011',
      'a second area of a stage that has no first',
      'pathway',
      {
        from: '- stage: look-again\n    title: Look again',
        refused: `- ${HERE}stage: look-again\n    title: Look again\n    andIn: donor`,
        taken: '- stage: look-again\n    title: Look again\n    in: treatment\n    andIn: donor',
      },
    ],
    [
      'CC1047',
      'the same area twice at one stage',
      'pathway',
      {
        from: 'in: treatment\n    andIn: donor',
        refused: `in: treatment\n    andIn: ${HERE}treatment`,
        taken: 'in: donor\n    andIn: treatment',
      },
    ],
    [
      'CC1047',
      'the same area twice in one choice',
      'pathway',
      {
        from: 'treatment: "any of left breast, right breast"',
        refused: `treatment: ${HERE}left breast or left breast`,
        taken: 'treatment: left breast or breast',
      },
    ],
    [
      'CC1010',
      'areas of a third role',
      'pathway',
      {
        from: ', donor: abdomen }',
        refused: `, donor: abdomen, ${HERE}flap: abdomen }`,
        taken: ', donor: nose }',
      },
    ],
    [
      'CC1011',
      'areas without the one that is treated',
      'pathway',
      {
        from: 'areas: { treatment: "any of left breast, right breast", donor: abdomen }',
        refused: `areas: ${HERE}{ donor: abdomen }`,
        taken: 'areas: { donor: abdomen, treatment: nose }',
      },
    ],
  ]);
});

it('names in one line all rules that miss an area at a stage', () => {
  const { texts } = alter(
    EVERYTHING,
    'pathway',
    '    in: treatment\n  - stage: look-again',
    '  - stage: look-again',
  );
  const { problems } = compilePathway(sourcesOf(texts));
  expect(problems).toEqual([
    {
      file: 'mole.pathway.yaml',
      line: 13,
      column: 5,
      code: 'CC1066',
      message:
        '`infected`, `red-wound`, `after-radiotherapy` are asked by area, and the stage `cut` names none',
      help: 'add `in: treatment`, or `in: donor`',
    },
  ]);
});

it('asks of a part by its name also at a stage that takes place nowhere', () => {
  const { texts } = alter(
    EVERYTHING,
    'ruleSet',
    'when: { temperature: at least 38 Cel }',
    'when: { skin: includes infection in nose }',
  );
  expect(compile(texts).contraindications[0]?.of).toEqual(['surgery', 'dressing']);
});
