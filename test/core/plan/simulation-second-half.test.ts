import { play, SEED, shareOf, timeFor } from '../../support/play.ts';
import { SEEN } from '../../support/seen.ts';

/** The other half of what `simulation.test.ts` begins. */
const share = shareOf(1, 2);

it(
  `keeps S1 to S7 through ${share.count} random sequences of events from seed ${SEED + share.first}`,
  () => {
    const { opened, seen } = play(share);
    if (share.count < 2_000) return;
    expect(opened).toBeGreaterThan(share.count / 4);
    expect(SEEN.filter((one) => !seen.has(one))).toEqual([]);
  },
  timeFor(share.count),
);
