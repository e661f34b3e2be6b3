import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { withState } from '../../support/hunt/planting.ts';
import type { Stepper } from '../../support/simulation.ts';
import { type Played, playWhole } from '../../support/whole/play.ts';
import { REPOSITORY } from '../../support/whole/repository.ts';

const AT_MOST = 60;

/** A core after which the state is otherwise. */
const otherwise =
  (change: (state: PlanState) => Partial<PlanState>): Stepper =>
  (pathway, state, event, now) => {
    const taken = step(pathway, state, event, now);
    return withState(taken, change(taken.state));
  };

const BUGS: readonly (readonly [bug: string, step: Stepper, breach: RegExp])[] = [
  [
    'a goal that is reached with three quarters of the way to go',
    otherwise(({ objectives }) => ({
      objectives: Object.fromEntries(
        Object.entries(objectives).map(([id, one]) => [
          id,
          one.achievement === 'improving' ? { ...one, achievement: 'achieved' as const } : one,
        ]),
      ),
    })),
    /^goals: .* is unmet, and called achieved/,
  ],
  [
    'a goal whose day has come, of which nobody is asked what is not known',
    otherwise(({ tasks, waits }) => {
      const isSeen = ([id]: [string, unknown]): boolean => !/plan\/goal\/.*\/unknown$/.test(id);
      return {
        tasks: Object.fromEntries(Object.entries(tasks).filter(isSeen)),
        waits: Object.fromEntries(Object.entries(waits).filter(isSeen)),
      };
    }),
    /^goals: nobody is asked for/,
  ],
];

describe('the hunt through the pathways of the repository finds', () => {
  it.each(BUGS)(
    '%s',
    (_bug, broken, breach) => {
      const pathways = REPOSITORY.filter(({ goals }) => goals.length > 0);
      let played: Played | undefined;
      for (let seed = 1; seed <= AT_MOST && played?.breach === undefined; seed += 1) {
        const pathway = pathways[seed % pathways.length];
        if (pathway) played = playWhole(seed, pathway, broken);
      }
      expect(played?.breach).toMatch(breach);
    },
    240_000,
  );
});
