import type { EventOf } from '../model/event.schema.ts';
import type { Finding } from '../model/verdict.schema.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import { careHoldNow, releaseCare } from './care-holds.ts';
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
  if (Object.hasOwn(draft.state.careHolds, data.hold)) return releaseFromCare(draft, data);
  const hold = draft.state.holds[data.hold];
  const found = findingsInScope(draft.pathway, draft.state, draft.now).find(({ id }) => id === data.hold);
  if (!hold || !found) return refused('This hold bears on nothing that the plan comes to now.', []);
  // What the rule says now, not what it said in the last step: since then a fact may have become too old.
  const { rule, finding } = found;
  const { result, title } = finding;
  const role = signerOf(rule.kind === 'contraindication' ? rule.rule : undefined, finding);
  if (typeof role !== 'string') return role;
  const { stage, area } = hold;
  const release = {
    rule: hold.rule,
    stage,
    ...(area === undefined ? {} : { area }),
    by: actor.id,
    role,
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

/** Who signs it away, or why nobody can. */
function signerOf(rule: Contraindication | undefined, finding: Finding): string | Refusal {
  const { result, title, clears } = finding;
  const reasons: Reason[] = [{ invariant: 'S2', says: title, finding, clears }];
  if (rule?.clears.by !== 'signature')
    return refused(`${title} clears by facts, not by a signature.`, reasons);
  if (result === 'unknown') return refused(`${title} is not known: supply what is missing first.`, reasons);
  if (result === 'met' && rule.strength === 'absolute')
    return refused(`${title} is absolute: it is signed away once its facts say no.`, reasons);
  return rule.clears.of;
}

/** The same of what stops home care. */
function releaseFromCare(
  draft: Draft,
  { hold: id, note }: EventOf<'releaseHold'>['data'],
): Refusal | undefined {
  const stop = careHoldNow(draft, id);
  if (!stop || draft.state.careHolds[id]?.released) return refused('This hold stops no home care now.', []);
  const role = signerOf(stop.rule, stop.finding);
  if (typeof role !== 'string') return role;
  releaseCare(draft, stop, { role, note });
  return undefined;
}

const refused = (says: string, reasons: Reason[]): Refusal => ({
  outcome: 'refused',
  code: 'CC3004',
  says,
  reasons,
});
