import { step } from '../../../src/core/plan/step.ts';
import { fromEnvironment } from '../../support/random.ts';
import { simulate } from '../../support/simulation.ts';

const SEQUENCES = fromEnvironment('CARECHART_SEQUENCES', 2_000);
const SEED = fromEnvironment('CARECHART_SEED', 1);

/** Sequence n is played from seed + n: one that fails is played alone by its own seed and a count of 1. */
it(`keeps S1, S2, S6 and S7 through ${SEQUENCES} random sequences of events from seed ${SEED}`, () => {
  const seen = new Set<string>();
  let opened = 0;
  for (let index = 0; index < SEQUENCES; index += 1) {
    const outcome = simulate(SEED + index, step);
    if (outcome.violation) {
      const { seed, breach } = outcome.violation;
      throw new Error(
        `${breach}\nagain: CARECHART_SEED=${seed} CARECHART_SEQUENCES=1\n${JSON.stringify(outcome.violation, null, 2)}`,
      );
    }
    opened += outcome.gatesOpened;
    for (const one of outcome.seen) seen.add(one);
  }
  if (SEQUENCES < 500) return;
  expect(opened).toBeGreaterThan(SEQUENCES / 10);
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'cancelPlan accepted',
      'cancelPlan refused',
      'cancelPlan rejected',
      'consent.recorded accepted',
      'consent.recorded rejected',
      'consent.withdrawn accepted',
      'deviation.raised',
      'effect.failed accepted',
      'escalation.raised',
      'gate.opened',
      'hold.cleared',
      'hold.raised',
      'message.refused accepted',
      'observation.recorded accepted',
      'observation.recorded rejected',
      'plan.ended',
      'procedure.performed accepted',
      'procedure.performed rejected',
      'startPlan rejected',
      'startProcedure accepted',
      'startProcedure refused',
      'startProcedure rejected',
      'task.cancelled',
      'task.completed accepted',
      'task.completed rejected',
      'wake accepted',
    ]),
  );
}, 120_000);
