import type { DoneInPlan } from '../model/event.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { type Draft, write } from './draft.ts';
import type { Effect } from './outcome.schema.ts';
import type { Performed, PlanState } from './plan-state.schema.ts';

/**
 * An interval with `otherPlans` counts from what any plan of the patient has performed. What the others did comes to a
 * plan beside an event, is kept with it, and takes the place of what was read before: nothing here asks a store.
 */

type Reported = Pick<Performed, 'stage' | 'procedures' | 'areas' | 'performedOn' | 'endedOn'>;

/** Another plan of the patient, on the pathway that says what it does. */
export interface OtherPlan {
  readonly plan: string;
  readonly pathway: Pick<Pathway, 'namesOf' | 'stage'>;
  readonly performed: readonly Reported[];
}

/** What this pathway counts from wherever it was done: procedures and traits. Empty: other plans are of no concern. */
export const countedAnywhere = ({ intervals }: Pick<Pathway, 'intervals'>): ReadonlySet<string> =>
  new Set(
    intervals.flatMap(({ from, otherPlans }) => (otherPlans && from.kind === 'procedure' ? [from.of] : [])),
  );

/** Of all that other plans have performed, what this pathway counts from; each is called what either of the two calls it. */
export function doneInOthers(pathway: Pathway, others: readonly OtherPlan[]): DoneInPlan[] {
  const counted = [...countedAnywhere(pathway)];
  return others.flatMap(({ plan, pathway: its, performed }) =>
    performed.flatMap(({ stage, procedures, areas, performedOn, endedOn }): DoneInPlan[] => {
      const all = [...its.namesOf(procedures), ...pathway.namesOf(procedures)];
      const names = counted.filter((name) => all.includes(name));
      if (names.length === 0) return [];
      // A site for which this pathway's clinic has no word may be anywhere.
      const isKnown = areas.every((area) => pathway.areas.sites.includes(area));
      const isUnderWay = endedOn === undefined && its.stage(stage)?.elsewhere === true;
      return [
        {
          ...{ plan, names, areas: isKnown ? [...areas] : [], performedOn },
          ...(endedOn === undefined ? {} : { endedOn }),
          ...(isUnderWay ? { isUnderWay } : {}),
        },
      ];
    }),
  );
}

/** Takes what was read of other plans beside an event. */
export function readOtherPlans(draft: Draft): void {
  const { otherPlans } = draft.event;
  if (otherPlans === undefined) return;
  draft.state = { ...draft.state, otherPlans: otherPlans && [...otherPlans] };
  const says = otherPlans
    ? `Read what other plans of the patient have performed: ${otherPlans.length} to count from`
    : 'What other plans of the patient have performed could not be told';
  write(draft, { kind: 'otherPlans.read', says, details: { performed: otherPlans } });
}

/** What this plan has performed is not what it was: the others that count from it look again. */
export function tellOtherPlans(draft: Draft, before: PlanState | undefined): void {
  const { performed } = draft.state;
  const told = before?.performed ?? [];
  if (performed === told || tellingOf(performed) === tellingOf(told)) return;
  draft.effects.push(tellingPlans(draft.state));
}

/** Once in a step. */
export const tellingPlans = ({ planId, sequence }: Pick<PlanState, 'planId' | 'sequence'>): Effect => ({
  kind: 'tell-plans',
  id: `${planId}/${sequence}/plans`,
});

const tellingOf = (performed: readonly Reported[]): string =>
  JSON.stringify(
    performed.map(({ stage, procedures, areas, performedOn, endedOn }) => [
      ...[stage, procedures, areas],
      ...[performedOn, endedOn],
    ]),
  );
