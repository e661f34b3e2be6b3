import type { ChangeOf } from '../model/plan-change.schema.ts';
import { Refused } from '../model/refused.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { readPlaceName } from '../pathway/place-names.ts';
import { listed } from './border.ts';
import { hasBegun } from './chosen-stages.ts';
import { mayRevise } from './may-revise.ts';
import { isBehind } from './plan-lists.ts';
import { against, type Changed, type Problem, type Revising, unknown, withOverlay } from './revising.ts';

/** Stages of the course that one patient is done without, or that are done for one patient beside it. */

export function skipStage(revising: Revising, { stage: name }: ChangeOf<'stage-skipped'>): Changed {
  const { pathway, state } = revising;
  const stage = pathway.stage(name);
  if (!stage) return [noStage(pathway, name)];
  const { title } = stage;
  const isUnderWay = hasBegun(revising, name) || isBehind(revising, `${name}.ready`);
  const problems = [
    ...mayRevise(pathway, revising.actor),
    ...(stage.skipped ? [against(`${title} is left out already.`)] : []),
    ...(isUnderWay ? [against(`${title} is behind, or has begun: it is not left out any more.`)] : []),
  ];
  if (problems.length > 0) return problems;
  const { skippedStages } = state.overlay;
  return {
    state: withOverlay(state, { skippedStages: [...skippedStages, name] }),
    says: `${title} (${name}): left out`,
    leftOut: { title, about: name },
  };
}

export function addStage(revising: Revising, change: ChangeOf<'stage-added'>): Changed {
  const { pathway, state } = revising;
  const { stage, like, title, after } = change;
  const model = pathway.stage(like);
  if (!model) return [noStage(pathway, like)];
  const items = [...pathway.course, ...pathway.tracks.flatMap(({ course }) => course)];
  const before = items.find(({ name }) => name === after);
  const problems = [...mayRevise(pathway, revising.actor), ...misnamed(pathway, stage)];
  if (!before || before.kind === 'maintenance') {
    const known = items.flatMap(({ kind, name }) => (kind === 'maintenance' ? [] : [name]));
    problems.push(unknown(`Nothing is added after ${after}; the course has: ${listed(known)}.`));
  } else if (before.whether !== undefined)
    problems.push(against(`${after} decides whether ${before.whether} is done, which comes right after it.`));
  else if (isBehind(revising, before.kind === 'stage' ? `${after}.reassessment` : `${after}.decision`))
    problems.push(against(`${after} is behind: a stage is added where the plan is, or ahead of it.`));
  if (model.list) problems.push(against(`The sessions of ${model.title} differ: such a stage stands once.`));
  if (problems.length > 0) return problems;
  const added = { stage, like, ...(title === undefined ? {} : { title }), after };
  return {
    state: withOverlay(state, { addedStages: [...state.overlay.addedStages, added] }),
    says: `${title ?? model.title} (${stage}): added after ${after}, done as ${model.title}`,
  };
}

const noStage = ({ stages }: Pathway, name: string): Problem =>
  unknown(`The pathway has no stage ${name}; it has: ${listed(stages.map(({ stage }) => stage))}.`);

function misnamed(pathway: Pathway, name: string): Problem[] {
  return !(readPlaceName(name) instanceof Refused) && !isTaken(pathway, name)
    ? []
    : [
        unknown(
          `${name} cannot name a stage: it means something else, or is no name of letters, digits and dashes.`,
        ),
      ];
}

/** A name that the plan's records, its chart or its rules know something by. */
export function isTaken({ compiled, procedures, namesOf }: Pathway, name: string): boolean {
  const { stages, decisions, tracks, maintenance, facts } = compiled;
  const taken = new Set<string>([
    ...stages.flatMap(({ stage, list = [] }) => [
      stage,
      ...list.flatMap((item) => (item.kind === 'session' ? [item.session] : [])),
    ]),
    ...decisions.map(({ decision }) => decision),
    ...tracks.map(({ track }) => track),
    ...maintenance.map((one) => one.maintenance),
    ...facts.map(({ fact }) => fact),
    ...namesOf(procedures),
  ]);
  return taken.has(name);
}
