import type { StageDefinition } from '../pathway/compiled.schema.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { type Judgement, judge } from '../rules/condition.ts';
import { readerOf } from './facts.ts';
import type { PlanState } from './plan-state.schema.ts';

/** Where a rule is asked: of one stage and one of its sites. Nothing: of the patient as a whole. */
export interface Place {
  readonly stage?: StageDefinition;
  readonly site?: string;
}

/** Every place of a stage at which a condition is judged by itself: its sites, where it asks of an area at all. */
export function placesOf(
  _pathway: Pathway,
  _state: PlanState,
  _when: LoweredCondition,
  stage: StageDefinition,
): readonly Place[] {
  return [{ stage }];
}

/** What a condition says of a plan's facts at `now`, asked of one place. */
export function judgeAt(
  pathway: Pathway,
  state: PlanState,
  now: string,
  when: LoweredCondition,
  _place: Place = {},
): Judgement {
  return judge(when, readerOf(pathway, state, now));
}
