import type { EventOf } from '../model/event.schema.ts';
import { invariant } from '../model/failure.ts';
import { COORDINATOR } from '../pathway/roles.ts';
import type { Draft } from './draft.ts';
import { type Refusal, refuse } from './refusal.ts';
import { revise } from './revise.ts';
import { isCourseOver } from './tracks.ts';
import { asThere, keptOf } from './version-kept.ts';
import { overlayMissing, overlayThere } from './version-overlay.ts';
import { placesMissing } from './version-places.ts';
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
  if (isCourseOver(before, state))
    return refuse('CC3003', `The plan is ${state.chart}: nothing of it is to come.`, []);
  if (reference.digest === state.pathway.digest)
    return refuse('CC3014', `The plan runs by version ${reference.version} already.`, []);
  const missing = missingIn(draft, published);
  if (missing.length > 0) {
    const reasons = missing.map((says) => ({ invariant: 'phase' as const, says, clears: [] }));
    return refuse('CC3014', `The plan cannot go on by version ${reference.version}.`, reasons);
  }
  const overlay = overlayThere(published, state.overlay);
  const there = asThere({ before, next: tailored(published, overlay), state: { ...state, overlay } });
  draft.state = there.state;
  const from = `${before.title} ${before.version}`;
  const to = `${published.title} ${published.version}`;
  const made = {
    state: there.state,
    says: [`${to} in the place of ${from}`, ...there.says].join('; '),
    tell: [COORDINATOR],
    then: () => takeUpWork(draft, before, there),
  };
  revise(draft, { reason, changes: [], made: [made], adopts: { pathway: published, reference } });
  return undefined;
}
