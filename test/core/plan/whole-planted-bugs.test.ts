import { fromEnvironment } from '../../support/random.ts';
import { PLANTED_IN_WHOLE } from '../../support/whole/planted.ts';
import { type Played, playWhole } from '../../support/whole/play.ts';
import { WHOLE } from '../../support/whole/sample.ts';

const SEED = fromEnvironment('CARECHART_SEED', 1);
const AT_MOST = 150;

describe('the hunt through whole pathways finds', () => {
  it.each(PLANTED_IN_WHOLE)(
    '$bug',
    ({ step, breach, of }) => {
      const pathway = WHOLE.find((one) => one.pathway === of);
      if (!pathway) throw new Error(`no sample ${of}`);
      let played: Played | undefined;
      for (let index = 0; index < AT_MOST && played?.breach === undefined; index += 1)
        played = playWhole(SEED + index, pathway, step);
      expect(played?.breach).toMatch(breach);
    },
    240_000,
  );
});
