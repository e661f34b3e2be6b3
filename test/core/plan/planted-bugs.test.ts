import { PLANTED } from '../../support/planted-bugs.ts';
import { fromEnvironment } from '../../support/random.ts';
import { simulate, type Violation } from '../../support/simulation.ts';

const SEED = fromEnvironment('CARECHART_SEED', 1);
const AT_MOST = 1_500;

describe('the simulation finds', () => {
  it.each(PLANTED)(
    '$bug',
    ({ step, breach, among }) => {
      let violation: Violation | undefined;
      for (let index = 0; index < AT_MOST && !violation; index += 1)
        violation = simulate(SEED + index, step, among).violation;
      expect(violation?.breach).toMatch(breach);
    },
    120_000,
  );
});
