import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { Pathway } from '../../../src/core/pathway/pathway.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import { step } from '../../../src/core/plan/step.ts';
import { afterwards, lookingAway, reading, withRules, withState } from '../hunt/planting.ts';
import type { Stepper } from '../simulation.ts';

interface Planted {
  readonly bug: string;
  readonly breach: RegExp;
  readonly step: Stepper;
  /** The sample in which it shows. */
  readonly of: 'medicine' | 'programme';
}

/** A change of the whole plan's pathway, and of the pathway of each of its lines. */
function onEachLine(change: (pathway: Pathway) => Pathway): (pathway: Pathway) => Pathway {
  return (pathway) => {
    const lines = new Map<string | undefined, Pathway>();
    const line = (track: string | undefined): Pathway => {
      const known = lines.get(track) ?? change(pathway.line(track));
      lines.set(track, known);
      return known;
    };
    return { ...change(pathway), line };
  };
}

const readingLines = (change: (pathway: Pathway) => Pathway): Stepper => reading(onEachLine(change));
const ruleless = onEachLine((pathway) => withRules(pathway, () => []));

const forAll = ({ onlyFor: _forSome, ...stage }: StageDefinition): StageDefinition => ({
  ...stage,
  ...(stage.list
    ? { list: stage.list.map((item) => (item.kind === 'session' ? withoutChoice(item) : item)) }
    : {}),
});

const withoutChoice = <Item extends { onlyFor?: unknown }>({ onlyFor: _forSome, ...item }: Item) => item;

const isLowered = ({ levels }: PlanState, before: PlanState | undefined): boolean =>
  levels.dose !== undefined && levels.dose.level !== (before?.levels.dose?.level ?? 'full');

/** Cores that each do one thing wrong, and the breach that gives them away. */
export const PLANTED_IN_WHOLE: readonly Planted[] = [
  {
    bug: 'a session that is done for whom it is not, whatever was chosen',
    of: 'programme',
    breach: /^choice: /,
    step: readingLines((pathway) => {
      const stages = pathway.stages.map(forAll);
      return { ...pathway, stages, stage: (name) => stages.find(({ stage }) => stage === name) };
    }),
  },
  {
    bug: 'a session whose rules are those of its stage',
    of: 'programme',
    breach: /^S2: .* does not bear on the next session/,
    step: readingLines((pathway) => ({
      ...pathway,
      contraindicationsOf: (stage) => pathway.contraindicationsOf(pathway.stage(stage.stage) ?? stage),
    })),
  },
  {
    bug: 'a session whose own rules nobody asks',
    of: 'programme',
    breach: /^S2: /,
    step: lookingAway(({ invariant }) => invariant === 'S2', ruleless),
  },
  {
    bug: 'a level that is lowered twice',
    of: 'medicine',
    breach: /^levels: /,
    step: afterwards((taken, before, event) => {
      const { dose } = taken.state.levels;
      if (event.type !== 'startProcedure' || !dose || !isLowered(taken.state, before)) return taken;
      const further = dose.level === 'three quarters' ? 'half' : dose.level;
      return withState(taken, { levels: { ...taken.state.levels, dose: { ...dose, level: further } } });
    }),
  },
  {
    bug: 'a track whose hold nobody looks at',
    of: 'medicine',
    breach: /^S2: a gate of month-of-tablets/,
    step: (pathway, state, event, now) => {
      const isOfTrack = event.type === 'startProcedure' && pathway.trackOf(event.data.stage) !== undefined;
      const taken = step(pathway, state, event, now);
      const { answer } = taken;
      const isHeld =
        answer.outcome === 'refused' && answer.reasons.every(({ invariant }) => invariant === 'S2');
      if (!isOfTrack || !isHeld) return taken;
      const blind = ruleless(pathway);
      return step(blind, state, event, now);
    },
  },
  {
    bug: 'a maintenance that never ends',
    of: 'medicine',
    breach: /^maintenance: /,
    step: readingLines((pathway) => {
      return {
        ...pathway,
        maintenance: (name) => {
          const one = pathway.maintenance(name);
          return one && { ...one, lasts: { count: 90, unit: 'year' } };
        },
      };
    }),
  },
  {
    bug: 'a figure that counts with the shorter of its values',
    of: 'programme',
    breach: /^S3: visits opened/,
    step: readingLines((pathway) => ({
      ...pathway,
      figure: (name) => {
        const one = pathway.figure(name);
        if (name !== 'gap' || !('values' in one.is) || !one.is.values.mild) return one;
        return { ...one, is: { value: one.is.values.mild } };
      },
    })),
  },
];
