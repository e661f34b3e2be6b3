import type { EventOf } from '../model/event.schema.ts';
import { type Draft, write } from './draft.ts';
import { clearHold } from './holds.ts';
import type { Answer, Reason } from './outcome.schema.ts';
import { citedIn, findingsInScope } from './scope.ts';

type Refusal = Extract<Answer, { outcome: 'refused' }>;

/**
 * Signs a hold away whose rule clears by signature. While its rule is unknown nobody can, and while an absolute one is
 * met nobody can either; a relative one that is met stays signed away until a fact that it cites changes.
 */
export function releaseHold(
  draft: Draft,
  { data, actor }: EventOf<'releaseHold'> & Pick<Draft['event'], 'actor'>,
) {
  const hold = draft.state.holds[data.hold];
  const found = findingsInScope(draft.pathway, draft.state, draft.now).find(({ id }) => id === data.hold);
  if (!hold || !found) return refused('This hold bears on nothing that the plan comes to now.', []);
  // What the rule says now, not what it said in the last step: since then a fact may have become too old.
  const { rule, finding } = found;
  const { result, title, clears } = finding;
  const reasons: Reason[] = [{ invariant: 'S2', says: title, finding, clears }];
  if (rule.kind !== 'contraindication' || rule.rule.clears.by !== 'signature')
    return refused(`${title} clears by facts, not by a signature.`, reasons);
  if (result === 'unknown') return refused(`${title} is not known: supply what is missing first.`, reasons);
  if (result === 'met' && rule.rule.strength === 'absolute')
    return refused(`${title} is absolute: it is signed away once its facts say no.`, reasons);
  const { stage, area } = hold;
  const release = {
    rule: hold.rule,
    stage,
    ...(area === undefined ? {} : { area }),
    by: actor.id,
    role: rule.rule.clears.of,
    at: draft.now,
    cites: citedIn(draft.pathway, finding.evidence),
  };
  write(draft, {
    kind: 'hold.released',
    says: `Signed away by the ${release.role}: ${title}`,
    details: { id: data.hold, generation: hold.generation, result, note: data.note },
  });
  if (result === 'met')
    draft.state = { ...draft.state, releases: { ...draft.state.releases, [data.hold]: release } };
  clearHold(draft, data.hold, hold);
  return undefined;
}

const refused = (says: string, reasons: Reason[]): Refusal => ({
  outcome: 'refused',
  code: 'CC3004',
  says,
  reasons,
});
