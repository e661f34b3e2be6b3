import { CompiledPathway, type StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { TaskDefinition } from '../../../src/core/pathway/work.schema.ts';
import { for_, taskOf } from '../pathways.ts';
import type { Random } from '../random.ts';

type Change = (random: Random, compiled: CompiledPathway) => CompiledPathway;

/** Another version of a pathway, with so much of it changed; it is one that could be published. */
export function anotherVersion(random: Random, compiled: CompiledPathway, version: string): CompiledPathway {
  const times = random.between(0, 4);
  let changed: CompiledPathway = { ...compiled, version };
  for (let time = 0; time < times; time += 1) changed = random.pick(CHANGES)(random, changed);
  return CompiledPathway.parse(changed);
}

const without = <One>(random: Random, all: readonly One[]): One[] => {
  const one = all.length === 0 ? undefined : random.pick(all);
  return all.filter((other) => other !== one);
};

const LISTS = ['consultation', 'assessment', 'alongside'] as const;
const OF_STAGES = ['beforeEach', 'afterEach', 'prep', 'closure', 'recovery'] as const;

/** One list of work, somewhere in the pathway. */
function inSomeList(
  random: Random,
  compiled: CompiledPathway,
  change: (tasks: readonly TaskDefinition[]) => TaskDefinition[],
): CompiledPathway {
  if (random.chance(0.3)) {
    const list = random.pick([...LISTS]);
    return { ...compiled, [list]: change(compiled[list]) };
  }
  const stage = random.pick(compiled.stages);
  const list = random.pick([...OF_STAGES]);
  const tasks = stage[list];
  if (!tasks) return compiled;
  const changed: StageDefinition = { ...stage, [list]: change(tasks) };
  return { ...compiled, stages: compiled.stages.map((one) => (one === stage ? changed : one)) };
}

const changedTask = (random: Random, task: TaskDefinition): TaskDefinition => {
  const { when } = task;
  if (random.chance(0.3)) return { ...task, role: 'nurse', title: `${task.title}, again` };
  if ('every' in when) return { ...task, when: { ...when, every: for_(random.between(1, 40), 'day') } };
  const { from: _before, ...due } = when.due;
  return { ...task, when: { due: { ...due, to: for_(random.between(1, 20), 'day') } } };
};

/** Nothing else of the pathway speaks of it. */
function withoutStage(random: Random, compiled: CompiledPathway): CompiledPathway {
  const { stage } = random.pick(compiled.stages);
  const isOther = ({ name }: { readonly name: string }): boolean => name !== stage;
  const rest: CompiledPathway = {
    ...compiled,
    stages: compiled.stages.filter((one) => one.stage !== stage),
    course: compiled.course.filter(isOther),
    tracks: compiled.tracks.map((track) => ({ ...track, course: track.course.filter(isOther) })),
  };
  const isEmpty =
    rest.stages.length === 0 ||
    rest.course.length === 0 ||
    rest.tracks.some(({ course }) => course.length === 0);
  return isEmpty || JSON.stringify(rest).includes(`"${stage}"`) ? compiled : rest;
}

const CHANGES: readonly Change[] = [
  (random, one) => inSomeList(random, one, (tasks) => without(random, tasks)),
  (random, one) =>
    inSomeList(random, one, (tasks) =>
      tasks.map((task) => (random.chance(0.5) ? changedTask(random, task) : task)),
    ),
  (random, one) => inSomeList(random, one, (tasks) => [...tasks, taskOf(`added-${random.between(1, 3)}`)]),
  withoutStage,
  (random, one) => ({ ...one, contraindications: without(random, one.contraindications) }),
  (random, one) => ({
    ...one,
    contraindications: one.contraindications.map((rule) =>
      random.chance(0.3) ? { ...rule, version: one.version, clears: { by: 'facts' } } : rule,
    ),
  }),
  (random, one) => ({ ...one, alerts: without(random, one.alerts) }),
  (random, one) => ({ ...one, intervals: without(random, one.intervals) }),
  (random, one) => ({
    ...one,
    intervals: one.intervals.map((rule) =>
      random.chance(0.5) || rule.recommended || rule.latest
        ? rule
        : { ...rule, minimum: for_(random.between(0, 60), 'day') },
    ),
  }),
  (random, one) => ({ ...one, reviews: without(random, one.reviews) }),
  (random, one) => ({
    ...one,
    stages: one.stages.map((stage) =>
      typeof stage.sessions === 'number' && !stage.list && random.chance(0.5)
        ? { ...stage, sessions: random.between(1, 4) }
        : stage,
    ),
  }),
  (random, one) => ({
    ...one,
    facts: one.facts.map((fact) =>
      fact.is.kind === 'grade' && random.chance(0.3)
        ? { ...fact, is: { ...fact.is, to: fact.is.to + 1 } }
        : fact,
    ),
  }),
  (random, one) => ({
    ...one,
    decisions: one.decisions.map((decision) =>
      random.chance(0.2) &&
      decision.by.kind === 'roles' &&
      !one.choices.some(({ choice }) => choice === decision.decision)
        ? { ...decision, outcomes: { ...decision.outcomes, another: [{ do: 'go' }] } }
        : decision,
    ),
  }),
];
