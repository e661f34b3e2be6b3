import type { EventOf } from '../model/event.schema.ts';
import { invariant } from '../model/failure.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import { tailored } from '../pathway/tailored.ts';
import type { Draft } from './draft.ts';
import { type Refusal, refuse } from './refusal.ts';
import { revise } from './revise.ts';
import { checkTailored } from './tailored-checks.ts';
import { asThere, type Kept } from './version-kept.ts';
import { fitOverlay } from './version-overlay.ts';
import { placesMissing, type Versions } from './version-places.ts';
import { subjectsMissing } from './version-subjects.ts';
import { takeUpWork } from './version-work.ts';

/**
 * A plan goes on by another published version of its pathway, later or earlier. Nothing of it may be left hanging: where
 * it is, what it has done, what anybody owes or has settled has to exist there, or the request is refused, with all that
 * does not. Then everything is judged anew; what was due counts from where it counted.
 */
export function adoptVersion(draft: Draft, { data }: EventOf<'adoptVersion'>): Refusal | undefined {
  const { pathway: before, state, next: published } = draft;
  invariant(published, 'a version that is not published is rejected');
  const { pathway: reference, reason } = data;
  if (reference.digest === state.pathway.digest)
    return refuse('CC3014', `The plan runs by version ${reference.version} already.`, []);
  const kept = keptIn(draft, published);
  if ('missing' in kept) {
    const reasons = kept.missing.map((says) => ({ invariant: 'phase' as const, says, clears: [] }));
    return refuse('CC3014', `The plan cannot go on by version ${reference.version}.`, reasons);
  }
  // What the plan had otherwise until now is for the revision to keep.
  draft.state = { ...kept.state, overlay: state.overlay };
  const from = `${before.title} ${before.version}`;
  const to = `${published.title} ${published.version}`;
  const made = {
    state: kept.state,
    says: [`${to} in the place of ${from}`, ...kept.says].join('; '),
    tell: [COORDINATOR],
  };
  revise(draft, { reason, changes: [], made: [made], adopts: { pathway: published, reference } });
  takeUpWork(draft, before, kept);
  return undefined;
}

/** What becomes of the plan under a version; or what it stands on that the version does not have. */
function keptIn(draft: Draft, published: Pathway): Kept | { readonly missing: readonly string[] } {
  const { pathway, state } = draft;
  if (published.id !== pathway.id) return { missing: [`It is ${published.title}, another pathway.`] };
  const { overlay, says, missing } = fitOverlay(published, state, pathway);
  if (missing.length > 0) return { missing };
  const next = tailored(published, overlay);
  const versions: Versions = { before: pathway, next, state: { ...state, overlay } };
  const unmet = [
    ...placesMissing(versions),
    ...subjectsMissing(versions),
    ...tailoringAgainst(draft, versions),
  ];
  if (unmet.length > 0) return { missing: unmet };
  const kept = asThere(versions);
  return { ...kept, says: [...says, ...kept.says] };
}

/** The plan as it would be is checked as one that is revised. */
function tailoringAgainst({ event: { actor }, now }: Draft, { before, next, state }: Versions): string[] {
  const of = { state, actor, now, reason: '' };
  return checkTailored({ ...of, pathway: before }, { ...of, pathway: next }).map(({ says }) => says);
}
