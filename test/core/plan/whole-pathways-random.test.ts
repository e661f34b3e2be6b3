import { step } from '../../../src/core/plan/step.ts';
import { timeFor } from '../../support/play.ts';
import { fromEnvironment } from '../../support/random.ts';
import { playWhole } from '../../support/whole/play.ts';
import { REPOSITORY } from '../../support/whole/repository.ts';
import { WHOLE } from '../../support/whole/sample.ts';

/** Each sequence is as long as many of the other simulation. */
const SEQUENCES = Math.ceil(fromEnvironment('CARECHART_SEQUENCES', 20_000) / 200);
const SEED = fromEnvironment('CARECHART_SEED', 1);

const PATHWAYS = [...WHOLE, ...WHOLE, ...REPOSITORY];

it(
  `keeps whole pathways safe through ${SEQUENCES} random sequences of events from seed ${SEED}`,
  () => {
    const seen = new Map<string, number>();
    for (let seed = SEED; seed < SEED + SEQUENCES; seed += 1) {
      const pathway = PATHWAYS[seed % PATHWAYS.length] ?? PATHWAYS[0];
      if (!pathway) throw new Error('no pathway');
      const played = playWhole(seed, pathway, step);
      if (played.breach !== undefined)
        throw new Error(`${pathway.pathway}, seed ${seed}: ${played.breach}\n${JSON.stringify(played.last)}`);
      for (const [what, times] of played.seen) seen.set(what, (seen.get(what) ?? 0) + times);
    }
    if (SEQUENCES < 100) return;
    expect(SEEN.filter((one) => !seen.has(one))).toEqual([]);
  },
  timeFor(100 * SEQUENCES),
);

/** What has to happen in them: one that exercises nothing finds nothing. */
const SEEN: readonly string[] = [
  'gate of procedure opened',
  'level lowered',
  'option chosen by decision',
  'how-bad chosen by decision',
  'maintained',
  'track.started',
  'track.ended',
  'refused for S1',
  'refused for S2',
  'refused for S3',
  'refused for S4',
  'refused for phase',
  'report.withdrawn accepted',
  'fact.corrected accepted',
  'fact.withdrawn accepted',
  'unknown.accepted',
  'objective.changed',
  'goal achieved',
  'goal unknown',
  'barrier.recorded',
  'outcome.documented',
];
