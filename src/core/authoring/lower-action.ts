import type { Action, ActionStep } from '../pathway/decisions.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import { type ActionWithChange, isChange, LIMITLESS, MOST_TIMES, type WrittenAction } from './actions.ts';
import type { Report } from './issues.ts';
import { lowerChange } from './lower-change.ts';
import { type Figures, figureOf, reachOf } from './lower-figures.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkDecider, checkKnown, type Vocabulary } from './vocabulary.ts';

/**
 * Whose outcome it is. Places of the course count from 0, and those of each track on from there; what comes before it
 * stands at -1, a review anywhere.
 */
export type Asker =
  | {
      readonly kind: 'phase' | 'stage' | 'lasting stage' | 'course decision' | 'review';
      readonly at: number;
    }
  | { readonly kind: 'named decision'; readonly decision: string };

/** Where a review, or what an alert asks, is decided: wherever the plan is, its end included. */
export const ANYWHERE = Number.POSITIVE_INFINITY;

/** One step that an outcome can lead to, where it is written. */
export interface Lead {
  readonly asker: Asker;
  readonly step: ActionStep;
  /** Something is written to follow it. */
  readonly isFollowed?: boolean;
  readonly path: Path;
}

/** What an outcome may name of its own pathway. */
export interface CourseNames {
  readonly stages: readonly string[];
  /** Reached by name. */
  readonly named: readonly string[];
  readonly tracks: readonly string[];
  readonly choices: readonly string[];
}

export interface ActionPlace {
  readonly path: Path;
  readonly asker: Asker;
  readonly names: CourseNames;
  /** Takes every step that is lowered. */
  readonly leads: Lead[];
  readonly figures: Figures;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

const MOST_STEPS = 10;

/** A chain of steps. Where nothing is written to follow a number of times, the course goes on. */
export function lowerAction(written: WrittenAction, place: ActionPlace): Action {
  const chain = chainOf(written, place);
  if (chain.length <= MOST_STEPS) return chain;
  place.report(
    place.path,
    new Refused('CC1016', `${chain.length} steps follow one another, and ${MOST_STEPS} may`),
  );
  return chain.slice(0, MOST_STEPS);
}

function chainOf(written: WrittenAction, place: ActionPlace): Action {
  if (isChange(written)) return changeThen(written, place);
  const step = stepOf(written);
  checkStep(step, place);
  checkTimes(step, place);
  const isFollowed = 'then' in written && written.then !== undefined;
  place.leads.push({ asker: place.asker, step, isFollowed, path: place.path });
  if (step.do === 'revise') return [step, { do: 'go' }];
  const mayBeFollowed = ['to', 'choose', 'start', 'exit'].includes(step.do);
  if (!('atMost' in step || mayBeFollowed)) return [step];
  const then = 'then' in written ? written.then : undefined;
  const path = [...place.path, 'then'];
  const isEndless = step.do === 'again' && step.atMost === 'no limit';
  if (step.do === 'exit') return [step, ...(then ? chainOf(then, { ...place, path }) : [])];
  if (isEndless || !('atMost' in step || step.do === 'choose' || step.do === 'start')) {
    if (then) place.report(path, NOTHING_AFTER, 'key');
    return [step];
  }
  return [step, ...(then ? chainOf(then, { ...place, path }) : [{ do: 'go' as const }])];
}

/** What is changed, and what follows: the course goes on where nothing is written. */
function changeThen(written: ActionWithChange, place: ActionPlace): Action {
  const before = lowerChange(written, place, (atEnd, path) => chainOf(atEnd, { ...place, path }));
  for (const step of before) place.leads.push({ asker: place.asker, step, path: place.path });
  const { then } = written;
  const after = then ? chainOf(then, { ...place, path: [...place.path, 'then'] }) : [{ do: 'go' as const }];
  const changed = new Set(before.flatMap((step) => ('figure' in step ? [step.figure] : [])));
  const again = after.find((step) => 'figure' in step && changed.has(step.figure));
  if (again && 'figure' in again)
    place.report(place.path, new Refused('CC1069', `\`${again.figure}\` is changed twice in one go`));
  const ending = after.find((step) => !isOnTheWay(step));
  const isOfPeriod = place.asker.kind === 'lasting stage' && ending?.do !== 'to';
  if (written.for && ending && (ending.do === 'next stage' || ending.do === 'end' || isOfPeriod)) {
    const says = `no session of this stage comes next: what follows is \`${ending.do}\``;
    place.report([...place.path, 'for'], new Refused('CC1069', says, 'leave it out'), 'key');
  }
  return [...before, ...after];
}

const NOTHING_AFTER = new Refused(
  'CC1069',
  'the course goes there every time: nothing follows',
  'add `atMost: n`, or leave `then` out',
);

function stepOf(written: Exclude<WrittenAction, ActionWithChange>): ActionStep {
  switch (written.do) {
    case 'wait':
      return { do: 'wait', for: written.for, atMost: written.atMost };
    case 'again':
      return { do: 'again', atMost: written.atMost };
    case 'to': {
      const { stage, atMost } = written;
      return { do: 'to', stage, ...(atMost === undefined ? {} : { atMost }) };
    }
    case 'exit':
      return { do: 'exit', exit: written.exit };
    case 'start':
      return { do: 'start', track: written.track };
    case 'choose':
      return { do: 'choose', choice: written.choice };
    default:
      return written;
  }
}

/** A figure that says how often says once at least, and no more often than a number may. */
function checkTimes(step: ActionStep, { path, figures, report }: ActionPlace): void {
  const times = 'atMost' in step ? step.atMost : undefined;
  if (typeof times !== 'object') return;
  const at = [...path, step.do === 'again' ? 'again' : 'atMost'];
  const figure = figureOf(times.figure, 'number', { path: at, figures, report });
  const { least, most } = (figure && reachOf(figure)) ?? {};
  if (least?.kind !== 'number' || most?.kind !== 'number') return;
  if (least.number >= 1 && most.number <= MOST_TIMES) return;
  const says = `\`${times.figure}\` can be ${least.number} to ${most.number}, and this is done 1 to ${MOST_TIMES} times`;
  report(at, new Refused('CC1079', says));
}

function checkStep(step: ActionStep, { path, asker, names, vocabulary, report }: ActionPlace): void {
  const isNowhere = asker.kind === 'phase' || (asker.kind === 'course decision' && step.do === 'again');
  switch (step.do) {
    case 'to':
      checkKnown('stage', { name: step.stage, known: names.stages, path: [...path, 'to'] }, report);
      break;
    case 'decide': {
      const named = { name: step.decision, known: names.named, path: [...path, 'decide'] };
      checkKnown('decision', named, report);
      break;
    }
    case 'start':
      checkKnown('track', { name: step.track, known: names.tracks, path: [...path, 'start'] }, report);
      break;
    case 'choose': {
      const chosen = { name: step.choice, known: names.choices, path: [...path, 'choose'] };
      checkKnown('choice', chosen, report);
      break;
    }
    case 'ask':
      checkDecider(step.role, { roles: vocabulary.roles, path: [...path, 'ask'] }, report);
      break;
    case 'again':
      if (isNowhere) report([...path, 'again'], NO_STAGE, 'key');
      else if (step.atMost === 'no limit' && asker.kind !== 'lasting stage')
        report([...path, 'again'], LIMITLESS);
      break;
    case 'next stage':
      if (isNowhere) report(path, NO_STAGE);
      break;
  }
}

const NO_STAGE = new Refused('CC1069', 'this belongs to no stage', 'write `go`, or `to:` and a stage');
