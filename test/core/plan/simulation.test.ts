import { play, SEED, shareOf, timeFor } from '../../support/play.ts';
import { SEEN } from '../../support/seen.ts';

/**
 * Beside this file, another plays the other half, at the same time. No more than two: each has to be compiled anew, and
 * is slow until it is.
 */
const share = shareOf(0, 2);

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
