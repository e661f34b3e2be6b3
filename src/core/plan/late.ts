import { placeOf } from '../pathway/chart.ts';
import type { Draft } from './draft.ts';
import { placedIntervals } from './intervals.ts';
import { askedOf, GO_ON, LATE, type PlacedInterval } from './placed-interval.ts';
import { keepQuestions, type QuestionToAsk } from './questions.ts';

/**
 * While a plan stands at a stage's gate and a latest day has passed, somebody is asked whether to go on. Of another day
 * to count from it is another question, and the gate is closed again.
 */
export function askAboutLateness(draft: Draft): void {
  const { pathway, state, now } = draft;
  const { phase, stage: name } = placeOf(state.chart);
  const stage = phase === 'ready' || phase === 'prep' ? pathway.stage(name ?? '') : undefined;
  const late = stage ? placedIntervals(pathway, state, stage, now) : [];
  const wanted = late.flatMap((one) => wantedOf(one, stage?.stage ?? ''));
  keepQuestions(draft, LATE, new Map(wanted));
}

function wantedOf({ interval, finding, question }: PlacedInterval, stage: string): [string, QuestionToAsk][] {
  if (question === undefined || finding.anchor === undefined) return [];
  const { rule, title, area, from, anchor, latest } = finding;
  const what = area === undefined ? title : `${title}, ${area}`;
  const asked: QuestionToAsk = {
    rule,
    stage,
    ...(area === undefined ? {} : { area }),
    title: `${what}: counted from ${from} on ${anchor}, ${latest} was the last day.`,
    about: anchor,
    roles: [askedOf(interval)],
    outcomes: [GO_ON],
  };
  return [[question, asked]];
}
