import { type Compilation, compilePathway } from '../../../src/core/authoring/compile.ts';
import { strayTexts } from '../../../src/core/authoring/lower-texts.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { CARED } from './care-sample.ts';
import { HERE, sourcesOf } from './sample.ts';

/** Files of texts, each with a mark where a problem is to be found. */
function compiledWith(...texts: readonly string[]): Compilation & { readonly at: readonly string[] } {
  const files = texts.map((text, index) => ({
    file: `${index}.es.texts.yaml`,
    text: text.replace(HERE, ''),
  }));
  const at = texts.flatMap((text, index) => {
    const lines = text.slice(0, text.indexOf(HERE)).split('\n');
    return text.includes(HERE)
      ? [`${index}.es.texts.yaml:${lines.length}:${(lines.at(-1) ?? '').length + 1}`]
      : [];
  });
  return { ...compilePathway({ ...sourcesOf(CARED), texts: files }), at };
}

const spanish = (says: string, of = 'mole'): string => `texts: ${of}\nlanguage: es\nsay:\n${says}`;
const WASH = '  alongside.home: { was: Wash gently., now: Lávese con suavidad. }\n';

const translated = ({ compiled }: Compilation, text: string): string | undefined =>
  compiled && loadPathway(compiled).translated('es', text);
const gaps = ({ untranslated }: Compilation, is: 'missing' | 'stale'): string[] =>
  untranslated.filter((one) => one.is === is).map(({ of, path, key }) => `${of} ${key} ${path}`);

describe('a translation', () => {
  it('stands in the place of what it was made of', () => {
    const done = compiledWith(spanish(WASH));
    expect(done.problems).toEqual([]);
    expect(translated(done, 'Wash gently.')).toBe('Lávese con suavidad.');
  });

  it.each([
    ['of a stage', 'course.cut', 'The mole is cut out.', 'mole'],
    ['of work in a phase of it', 'course.cut.stitches', 'Keep it dry.', 'mole'],
    ['of home care that a pack brings along', 'packs.at-home.wound-care', 'Keep it dry.', 'packs'],
    ['of a contraindication', 'rules.sore', 'Let it rest.', 'surgery'],
    ['of an alert', 'rules.red-wound', 'Call us.', 'surgery'],
  ])('%s is found under its section and its name: %s', (_says, path, was, of) => {
    const done = compiledWith(spanish(`  ${path}: { was: "${was}", now: hecho }\n`, of));
    expect(done.problems).toEqual([]);
    expect(translated(done, was)).toBe('hecho');
  });

  it.each([
    ['title', 'pathway', 'A mole'],
    ['title', 'choices.soapy.with-soap', 'Soap'],
    ['because', 'alongside.home', 'Clean skin heals.'],
  ])('of a %s is found, too: %s', (key, path, was) => {
    const done = compiledWith(`texts: mole\nlanguage: es\n${key}:\n  ${path}: { was: ${was}, now: hecho }\n`);
    expect(done.problems).toEqual([]);
    expect(translated(done, was)).toBe('hecho');
  });

  it('of other words is stale: what is said falls back to the first language', () => {
    const done = compiledWith(spanish(WASH.replace('Wash gently.', 'Wash well.')));
    expect(done.problems).toEqual([]);
    expect(translated(done, 'Wash gently.')).toBeUndefined();
    expect(gaps(done, 'stale')).toEqual(['mole say alongside.home']);
  });

  it('of a rule set that the pathway does not use is none of it', () => {
    const done = compiledWith(spanish('  rules.anything: { was: So., now: Así. }\n', 'dentistry'));
    expect([done.problems, done.compiled?.texts]).toEqual([[], [{ language: 'es', says: [] }]]);
  });
});

describe('what is not translated', () => {
  it('is listed by its path: all that is said, and why home care is so', () => {
    const missing = gaps(compiledWith(), 'missing');
    expect(missing).toEqual([
      'mole say course.cut',
      'mole say course.cut.stitches',
      'mole say alongside.home',
      'mole because alongside.home',
      'mole say alongside.home-too',
      'surgery say rules.fever',
      'surgery say rules.sore',
      'surgery say rules.red-wound',
      'packs say packs.at-home.wound-care',
    ]);
  });

  it('is a matter of safety where an alert or a hold says it, and there alone', () => {
    const { untranslated } = compiledWith();
    expect(untranslated.filter(({ isSafety }) => isSafety).map(({ path }) => path)).toEqual([
      'rules.fever',
      'rules.sore',
      'rules.red-wound',
    ]);
  });

  it('is listed no more once it is', () => {
    expect(gaps(compiledWith(spanish(WASH)), 'missing')).not.toContain('mole say alongside.home');
  });

  it('is nothing in a clinic of one language', () => {
    const clinic = { ...CARED.clinic, text: CARED.clinic.text.replace('[en, es]', '[en]') };
    const done = compilePathway(sourcesOf({ ...CARED, clinic }));
    expect([done.untranslated, done.compiled?.texts]).toEqual([[], []]);
  });
});

describe('two items of one name that say different things', () => {
  const twice = CARED.pathway.text.replace(
    'title: Dressing, role: nurse, due: 0 days after procedure }',
    'title: Dressing, role: nurse, due: 0 days after procedure, say: First. }\n        - { task: stitches, title: None, role: nurse, due: 0 days after procedure, say: Later. }',
  );
  const found = compilePathway(sourcesOf({ ...CARED, pathway: { ...CARED.pathway, text: twice } }));

  it('are told apart by their phases', () => {
    expect(found.problems).toEqual([]);
    const paths = found.untranslated.map(({ path }) => path).filter((path) => path.endsWith('stitches'));
    expect(paths).toEqual(['course.cut.closure.stitches', 'course.cut.recovery.stitches']);
  });
});

describe('a file of texts is refused for', () => {
  it.each([
    ['CC1134', 'a path that nothing is said under', [spanish(WASH.replace('alongside', `${HERE}alongsid`))]],
    [
      'CC1133',
      'a language that the clinic does not speak',
      [spanish(WASH).replace('language: es', `language: ${HERE}fr`)],
    ],
    [
      'CC1135',
      'two translations of the same words',
      [
        spanish('  course.cut.stitches: { was: Keep it dry., now: uno }\n'),
        spanish(`  packs.at-home.wound-care: { was: Keep it dry., now: ${HERE}dos }\n`, 'packs'),
      ],
    ],
    ['CC1010', 'a key that there is not', [`${spanish(WASH)}${HERE}risks: { a: b }\n`]],
  ] as const)('%s: %s', (code, _says, texts) => {
    const { problems, at } = compiledWith(...texts);
    expect(problems.map((one) => [one.code, `${one.file}:${one.line}:${one.column}`])).toEqual([
      [code, at[0]],
    ]);
  });

  it('CC1134 with the path that was meant', () => {
    const [problem] = compiledWith(spanish(WASH.replace('alongside', 'alongsid'))).problems;
    expect(problem?.help).toBe('did you mean `alongside.home`?');
  });

  it('CC1136: a name that no pathway and no rule set has', () => {
    const file = { file: 'a.es.texts.yaml', text: spanish(WASH, 'moles') };
    const found = strayTexts({ texts: [file], ruleSets: [CARED.ruleSet] }, ['mole']);
    expect(found.map(({ code, line, column, help }) => [code, `${line}:${column}`, help])).toEqual([
      ['CC1136', '1:8', 'did you mean `mole`?'],
    ]);
    expect(strayTexts({ texts: [file], ruleSets: [CARED.ruleSet] }, ['moles'])).toEqual([]);
  });
});
