import { NO_OVERLAY } from '../../../src/core/pathway/overlay.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { afterwards, type Planted, withState } from './planting.ts';

/** Cores that take a revision, and forget of it what matters. */
export const PLANTED_IN_REVISIONS: readonly Planted[] = [
  {
    bug: 'a gate that asks the pathway, and not what the plan has otherwise',
    breach:
      /^S3: |startProcedure is to be refused|bookAppointment is to be|every reason|^a plan wakes|deviation/,
    step: (pathway, state, event, now) => {
      if (!state || event.type === 'revisePlan') return step(pathway, state, event, now);
      const taken = step(pathway, { ...state, overlay: NO_OVERLAY }, event, now);
      return withState(taken, { overlay: state.overlay });
    },
  },
  {
    bug: 'an override that outlives the version of the plan for which it was granted',
    breach: /^S2: the override .* has ended, and lives on/,
    step: afterwards((taken, before, event) =>
      before && event.type === 'revisePlan' ? withState(taken, { overrides: before.overrides }) : taken,
    ),
  },
  {
    bug: 'an interval that a revision makes shorter',
    breach: /^revisePlan is to be refused|^S3: /,
    step: (pathway, state, event, now) => {
      const taken = step(pathway, state, event, now);
      const [change] = event.type === 'revisePlan' ? event.data.changes : [];
      if (change?.change !== 'interval' || taken.answer.outcome !== 'refused') return taken;
      return { ...taken, answer: { outcome: 'accepted', phase: taken.state.chart, says: 'Shorter.' } };
    },
  },
];
