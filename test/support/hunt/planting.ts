import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { FactDefinition } from '../../../src/core/pathway/facts.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { Contraindication, Interval } from '../../../src/core/pathway/rules.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { type Step, step } from '../../../src/core/plan/step.ts';
import { plainly } from '../plain.ts';
import type { PATHWAYS } from '../simulated-pathways.ts';
import type { Stepper } from '../simulation.ts';

/** A core that does one thing wrong, and the breach that gives it away in the words of the inspector. */
export interface Planted {
  readonly bug: string;
  readonly breach: RegExp;
  readonly step: Stepper;
  /** Where it shows; absent: everywhere. */
  readonly among?: typeof PATHWAYS;
}

export const withState = (taken: Step, change: Partial<PlanState>): Step => ({
  ...taken,
  state: { ...taken.state, ...change },
});

export const withStages = (
  pathway: Pathway,
  change: (stage: StageDefinition) => StageDefinition,
): Pathway => ({
  ...pathway,
  stages: pathway.stages.map(change),
  stage: (name) => {
    const stage = pathway.stage(name);
    return stage && change(stage);
  },
  contraindicationsOf: ({ stage }) => {
    const original = pathway.stage(stage);
    return original ? pathway.contraindicationsOf(original) : [];
  },
});

export const withRules = (
  pathway: Pathway,
  change: (rules: readonly Contraindication[]) => readonly Contraindication[],
): Pathway => ({ ...pathway, contraindicationsOf: (stage) => change(pathway.contraindicationsOf(stage)) });

/** A core that reads the pathway otherwise; the same pathway is read in the same way every time. */
export function reading(change: (pathway: Pathway) => Pathway): Stepper {
  const read = new Map<Pathway, Pathway>();
  return (pathway, state, event, now) => {
    let changed = read.get(pathway);
    if (!changed) {
      changed = change(pathway);
      read.set(pathway, changed);
    }
    return step(changed, state, event, now);
  };
}

export const readingFacts = (change: (fact: FactDefinition) => FactDefinition): Stepper =>
  reading((pathway) => {
    const facts = new Map(pathway.facts.map((fact) => [fact.fact, change(fact)]));
    return { ...pathway, facts: [...facts.values()], fact: (name) => facts.get(name) };
  });

export const readingIntervals = (change: (interval: Interval) => Interval): Stepper =>
  reading((pathway) => ({ ...pathway, intervals: pathway.intervals.map((rule) => change(plainly(rule))) }));

/** A gate that was refused is asked again of a core that looks away, where only such reasons keep it closed. */
export function lookingAway(
  isMinded: (reason: Reasons[number]) => boolean,
  away: (pathway: Pathway) => Pathway,
): Stepper {
  return (pathway, state, event, now) => {
    const taken = step(pathway, state, event, now);
    const { answer } = taken;
    if (answer.outcome !== 'refused' || answer.code !== 'CC3001') return taken;
    return answer.reasons.every(isMinded) ? step(away(pathway), state, event, now) : taken;
  };
}

type Reasons = Extract<Step['answer'], { outcome: 'refused' }>['reasons'];

/** What the core makes of a step, changed before anybody sees it. */
export const afterwards =
  (change: (taken: Step, before: PlanState | undefined, event: PlanEvent) => Step): Stepper =>
  (pathway, state, event, now) =>
    change(step(pathway, state, event, now), state, event);
