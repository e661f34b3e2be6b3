import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { loadPathway } from '../../../src/core/pathway/pathway.ts';
import { filesEnding, sourcesFor } from '../../support/content-files.ts';

/** What the library promises as a whole: each programme is there, tried out, and safe for the seven reasons to wait. */
const pathways = filesEnding('pathways', '.pathway.yaml').flatMap((file) => {
  const { compiled } = compilePathway(sourcesFor(file));
  return compiled ? [loadPathway(compiled)] : [];
});
const scenarios = filesEnding('pathways', '.scenario.yaml').map(({ text }) => /^of: (\S+)$/m.exec(text)?.[1]);

const PROGRAMMES = [
  ...['acne-resolution', 'breast-reconstruction', 'depression', 'facial-rejuvenation', 'mole-removal'],
  ...['neoadjuvant-ac-t', 'orthodontics', 'post-procedure-recovery', 'rhinoplasty', 'scar-revision'],
  ...['skin-tightening', 'type-2-diabetes'],
];

it('every example programme ships', () => {
  expect(pathways.map(({ id }) => id)).toEqual(PROGRAMMES);
});

it.each(PROGRAMMES)('%s is tried out by four made-up patients or more', (programme) => {
  expect(scenarios.filter((of) => of === programme).length).toBeGreaterThanOrEqual(4);
});

/** Each reason not to go on, and the rules that say it. */
const REASONS: readonly (readonly [reason: string, rules: readonly string[]])[] = [
  ['medical instability or acute illness', ['acutely-ill', 'sick-day']],
  ['insufficient diagnostic information', ['not-examined', 'notes-missing']],
  ['unrealistic expectations', ['expectations', 'body-dysmorphia']],
  ['inability to give informed consent', ['cannot-consent']],
  ['active infection in the area', ['infection-in-field', 'skin-infection']],
  ['uncontrolled inflammatory disease of the skin in the area', ['inflamed-skin']],
  ['scarring or healing risk not yet evaluated', ['scar-risk', 'open-skin']],
  ['poor fit of what matters to the patient with the option', ['poor-fit']],
];

describe('each reason not to go on keeps a gate closed while it is met or unknown:', () => {
  it.each(REASONS.flatMap(([reason, rules]) => rules.map((rule) => [reason, rule] as const)))(
    '%s (%s)',
    (_reason, rule) => {
      const bearing = pathways
        .flatMap((pathway) => pathway.stages.flatMap((stage) => pathway.contraindicationsOf(stage)))
        .filter((one) => one.rule === rule && one.ifUnknown === 'hold' && one.stops.includes('procedure'));
      expect(bearing.length).toBeGreaterThan(0);
    },
  );
});
