import type { Path } from '../authoring/source.ts';
import type { CompiledPathway, StageDefinition } from '../pathway/compiled.schema.ts';
import { tasksIn } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { TaskDefinition } from '../pathway/work.schema.ts';

/** A condition that a pathway asks itself, beside those of its rules. */
export interface OwnCondition {
  readonly kind: 'task' | 'stage' | 'choice';
  readonly name: string;
  /** Where it stands in that. */
  readonly below: Path;
  readonly when: LoweredCondition;
  /** The stage in which it is asked; undefined: it is asked of the patient, wherever the plan is. */
  readonly stage: StageDefinition | undefined;
}

/** Of work, of series that may end early, of what is offered. */
export const ownConditions = (compiled: CompiledPathway): OwnCondition[] => [
  ...compiled.stages.flatMap((stage): OwnCondition[] => {
    const { beforeEach, prep = [], closure, recovery, afterEach, untilWhen } = stage;
    const work = [...beforeEach, ...prep, ...closure, ...recovery, ...afterEach];
    const until = { kind: 'stage' as const, name: stage.stage, below: ['untilWhen'], stage };
    return [
      ...work.flatMap((task) => ofTask(task, stage)),
      ...(untilWhen ? [{ ...until, when: untilWhen }] : []),
    ];
  }),
  ...tasksIn({ ...compiled, stages: [] }).flatMap((task) => ofTask(task, undefined)),
  ...compiled.choices.flatMap(({ choice, values }) =>
    values.flatMap(({ value, offeredWhen: when }): OwnCondition[] => {
      const below = ['values', value, 'offeredWhen'];
      return when ? [{ kind: 'choice', name: choice, below, when, stage: undefined }] : [];
    }),
  ),
];

const ofTask = (
  { task, needs, onlyWhen }: TaskDefinition,
  stage: StageDefinition | undefined,
): OwnCondition[] =>
  Object.entries({ needs, onlyWhen }).flatMap(([key, when]) =>
    when ? [{ kind: 'task' as const, name: task, below: [key], when, stage }] : [],
  );
