import { compilePathway } from '../../../src/core/authoring/compile.ts';
import { checkGates } from '../../../src/core/checker/check-gates.ts';
import { loadPathway, type Pathway } from '../../../src/core/pathway/pathway.ts';
import { lookAtGate } from '../../../src/core/plan/gate.ts';
import type { Reason } from '../../../src/core/plan/outcome.schema.ts';
import { BREAST, sourcesOf, type Texts } from '../authoring/sample.ts';
import { SOUND } from './sample.ts';

function pathwayOf(texts: Texts): Pathway {
  const { compiled, problems } = compilePathway(sourcesOf(texts));
  if (!compiled) throw new Error(JSON.stringify(problems));
  return loadPathway(compiled);
}

const sound = pathwayOf(SOUND);
const breast = pathwayOf(BREAST);

/** An engine that overlooks some reasons. */
const without =
  (isOverlooked: (reason: Reason) => boolean): typeof lookAtGate =>
  (...asked) => {
    const decision = lookAtGate(...asked);
    return { ...decision, reasons: decision.reasons.filter((reason) => !isOverlooked(reason)) };
  };

describe('the checker asks the gates of the engine about made-up plans', () => {
  it('finds nothing where the engine is right, and says how often it asked', () => {
    expect(checkGates(sound)).toEqual({
      findings: [],
      explored: [
        '2 gates, asked about 25 made-up plans: with all in order, and with one thing that is not (consent, clearance, each rule met and unknown, each interval before, at and after)',
      ],
    });
    expect(checkGates(breast).findings).toEqual([]);
  });

  it.each<[string, Pathway, (reason: Reason) => boolean, RegExp]>([
    ['S1', sound, ({ invariant }) => invariant === 'S1', /opens without consent/],
    ['S1', sound, ({ says }) => says.includes('expired'), /the day after consent has ended/],
    ['S2', sound, ({ finding }) => finding?.rule === 'fever' && finding.result === 'met', /`fever` is met/],
    [
      'S2',
      sound,
      ({ finding }) => finding?.rule === 'smoking' && finding.result === 'unknown',
      /`smoking` is unknown/,
    ],
    ['S3', sound, ({ interval }) => interval?.result === 'too early', /the day before the minimum of/],
    ['S3', sound, ({ interval }) => interval?.result === 'too late', /the day after the latest day of/],
    ['S4', sound, ({ finding }) => finding?.rule === 'adult', /`adult` is met/],
    ['S4', sound, ({ invariant, table }) => invariant === 'S4' && table !== undefined, /`risk` says `high`/],
    ['S5', breast, ({ invariant }) => invariant === 'S5', /without clearance for anaesthesia/],
  ])('would find an engine that breaches %s', (_invariant, pathway, isOverlooked, says) => {
    const { findings } = checkGates(pathway, without(isOverlooked));
    expect(findings.map((one) => one.says).join('\n')).toMatch(says);
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['CC1207']));
  });

  it('shows the patient for whom a gate would open', () => {
    const overlooked = without(({ finding }) => finding?.rule === 'fever' && finding.result === 'met');
    expect(checkGates(sound, overlooked).findings[0]?.example).toEqual([
      expect.stringMatching(/^temperature: \d+(\.\d+)? Cel/),
    ]);
  });
});
