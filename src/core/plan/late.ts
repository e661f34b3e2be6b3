import { placeOf } from '../pathway/chart.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { isAwaited } from './asked-decisions.ts';
import { isDelayed } from './delays.ts';
import type { Draft } from './draft.ts';
import { placedIntervals } from './intervals.ts';
import { stageNow } from './listed-sessions.ts';
import { askedOf, countedFrom, GO_ON, LATE, type PlacedInterval } from './placed-interval.ts';
import { keepQuestions, type QuestionToAsk } from './questions.ts';

/**
 * While a plan stands at a stage's gate and a latest day has passed, somebody is asked whether to go on. Of another day
 * to count from it is another question, and the gate is closed again. Where a decision on it led elsewhere, and the plan
 * is back, it is asked again; not before what the decision waits for is over.
 */
export function askAboutLateness(draft: Draft): void {
  const { pathway, state, now } = draft;
  const { phase, stage: name } = placeOf(state.chart);
  const stage = phase === 'ready' || phase === 'prep' ? stageNow(pathway, state, name) : undefined;
  const late = stage ? placedIntervals(pathway, state, stage, now) : [];
  const wanted = late
    .flatMap((one) => wantedOf(pathway, one, stage?.stage ?? ''))
    .filter(([id, { stage: of = '' }]) => !id.includes('#') || mayAskAgain(draft, id, of));
  keepQuestions(draft, LATE, new Map(wanted));
}

/** An open one stays; another waits for the delay, the decision or the task that the one before it led to. */
function mayAskAgain({ pathway, state, now }: Draft, id: string, stage: string): boolean {
  if (Object.hasOwn(state.questions, id)) return true;
  const [first = id, time = ''] = id.split('#');
  const before = time === '2' ? first : `${first}#${Number(time) - 1}`;
  return !isDelayed(pathway, state, stage, now) && !isAwaited(state, before);
}

function wantedOf(
  pathway: Pathway,
  { interval, finding, question }: PlacedInterval,
  stage: string,
): [string, QuestionToAsk][] {
  if (question === undefined || finding.anchor === undefined) return [];
  const { ifLate } = interval;
  const decision = ifLate && 'decide' in ifLate ? ifLate.decide : undefined;
  const { rule, title, area, anchor, latest } = finding;
  const what = area === undefined ? title : `${title}, ${area}`;
  const asked: QuestionToAsk = {
    rule,
    ...(decision === undefined ? {} : { decision }),
    stage,
    ...(area === undefined ? {} : { area }),
    title: `${what}: ${countedFrom(finding)}, ${latest} was the last day.`,
    about: anchor,
    roles: [...askedOf(pathway, interval)],
    outcomes: decision === undefined ? [GO_ON] : Object.keys(pathway.decision(decision).outcomes),
  };
  return [[question, asked]];
}
