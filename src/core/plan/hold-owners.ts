import { endOfDay, startOfDay } from '../model/calendar.ts';
import type { Duration, Instant } from '../model/primitives.schema.ts';
import type { Clearing } from '../model/verdict.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { CLINICAL_LEAD, COORDINATOR } from '../pathway/roles.ts';
import { earliest } from '../rules/condition.ts';
import { staleFrom } from '../rules/freshness.ts';
import { bookedOn } from './booked-days.ts';
import { type Draft, tell } from './draft.ts';
import type { Hold } from './hold.schema.ts';
import { askAnew, dueAfter, openWait } from './waits.ts';

/** Who owes what a hold waits for, and by when (S6). */

type Held = Pick<Hold, 'kind' | 'stage' | 'finding'>;

export const waitOf = (hold: string): string => `hold/${hold}`;

export function askOwner(draft: Draft, id: string, held: Held & { readonly title: string }) {
  const asked = askedFor(draft.pathway, held);
  askAnew(draft, waitOf(id), waitFor(draft, held, asked));
  return asked;
}

/** Whoever was asked has supplied what they could: what is still missing is the next one's to supply. */
export function passOn(draft: Draft, id: string, held: Held): void {
  const wait = draft.state.waits[waitOf(id)];
  if (!wait || wait.owner === askedFor(draft.pathway, held).role) return;
  const { role, needs } = askOwner(draft, id, { ...held, title: wait.title });
  tell(draft, { roles: [role], subject: wait.title, says: `Please supply: ${needs.join(', ')}` });
}

/** A day has been booked for a stage, or is no more: what is missing is needed by another time. */
export function askHoldsAgain(draft: Draft, stage: string): void {
  for (const [id, hold] of Object.entries(draft.state.holds)) {
    const known = draft.state.waits[waitOf(id)];
    if (hold.stage !== stage || hold.finding.result !== 'unknown' || !known) continue;
    const wait = waitFor(draft, { ...hold, title: known.title }, askedFor(draft.pathway, hold));
    if (wait.dueAt !== known.dueAt) openWait(draft, waitOf(id), wait);
  }
}

interface Asked {
  readonly role: string;
  readonly needs: readonly string[];
  readonly facts: readonly { readonly within: Duration; readonly goodFor: Duration | undefined }[];
}

function waitFor(draft: Draft, { stage, title }: Held & { readonly title: string }, { role, facts }: Asked) {
  const dueAt = earliest(facts.map((fact) => neededBy(draft, stage, fact))) ?? draft.now;
  return { kind: 'hold' as const, title, owner: role, ladder: draft.pathway.defaultLadder, dueAt };
}

/**
 * So long after it was asked. What would be too old by the day that is booked is of no use before: nobody takes a
 * temperature two weeks ahead. It is needed on the day.
 */
function neededBy(
  { pathway, state, now }: Draft,
  stage: string,
  { within, goodFor }: Asked['facts'][number],
): Instant {
  const dueAt = dueAfter(pathway, now, within);
  const on = bookedOn(state, stage);
  if (on === undefined || goodFor === undefined) return dueAt;
  const isTooEarly = staleFrom(dueAt, goodFor, pathway.zone) <= startOfDay(on, pathway.zone);
  return isTooEarly ? endOfDay(on, pathway.zone) : dueAt;
}

/**
 * Who is asked, for what, and by when: for the facts of the smallest set that would clear it, by the shortest of the
 * times that the catalogue gives; for a signature, whoever signs.
 */
function askedFor(pathway: Pathway, { kind, finding }: Held): Asked {
  const sets = finding.clears.map((all) => all.filter(isAskable)).filter((all) => all.length > 0);
  const asked = sets.find((all) => all.some((one) => one.kind === 'fact')) ?? sets[0] ?? [];
  const facts = asked.flatMap((one) =>
    one.kind === 'fact' && one.within
      ? [{ within: one.within, goodFor: pathway.fact(one.of ?? one.fact)?.goodFor }]
      : [],
  );
  return {
    role: asked[0]?.role ?? (kind === 'eligibility' ? COORDINATOR : CLINICAL_LEAD),
    needs: [...new Set(asked.map((one) => (one.kind === 'fact' ? nameOf(one) : one.needs)))],
    facts: facts.length > 0 ? facts : [{ within: pathway.clinic.waits.deviation, goodFor: undefined }],
  };
}

type Askable = Extract<Clearing, { kind: 'fact' | 'event' }>;
const isAskable = (one: Clearing): one is Askable => one.kind === 'fact' || one.kind === 'event';

/** A fact that somebody is asked for, in words. */
export const nameOf = ({ fact, of = fact, area }: Extract<Clearing, { kind: 'fact' }>): string =>
  area === undefined ? of : `${of} of the ${area}`;
