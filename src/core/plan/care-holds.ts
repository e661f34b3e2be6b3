import type { EventOf } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Finding } from '../model/verdict.schema.ts';
import type { Contraindication } from '../pathway/rules.schema.ts';
import type { CareHold } from './care.schema.ts';
import { type Draft, tell, tellPatient, write } from './draft.ts';
import type { Counted } from './due-anchors.ts';
import { askOwner, passOn, waitOf } from './hold-owners.ts';
import { holdsBy, keptFinding } from './holds.ts';
import type { PlanState } from './plan-state.schema.ts';
import { citedIn, findingAt } from './scope.ts';
import { closeWait } from './waits.ts';

/**
 * Contraindications that stop home care, judged of the patient as a whole while the care is in force. Met or unknown they
 * stop it, whatever gate the plan stands at: nobody sees at home what a nurse would see at a session. The patient is told,
 * and somebody owes what would clear it, as of any hold (S6).
 */
export function judgeCare(draft: Draft): void {
  const due = new Map(stopsAt(draft).map((stop) => [stop.id, stop]));
  for (const [id, hold] of Object.entries(draft.state.careHolds)) if (!due.has(id)) clear(draft, id, hold);
  for (const stop of due.values()) keep(draft, stop);
}

/** A rule that may stop a care that is in force, and what it says now. */
interface Stop {
  readonly id: string;
  readonly care: string;
  readonly rule: Contraindication;
  readonly finding: Finding;
}

function stopsAt({ pathway, state, now }: Counted): Stop[] {
  const names = [...new Set(Object.values(state.care).map(({ care }) => care))];
  return names.flatMap((care) =>
    pathway.rulesStopping(care).map((rule): Stop => {
      const finding = findingAt(pathway, state, { rule: { kind: 'contraindication', rule }, place: {}, now });
      // Overrides are of gates: what stops home care ends by its facts, or by a signature.
      const clears = finding.clears.filter((all) => all.every(({ kind }) => kind !== 'override'));
      return { id: `care:${care}/${rule.rule}`, care, rule, finding: { ...finding, clears } };
    }),
  );
}

/** The instants at which time alone changes what stops home care. */
export const careHoldEdges = (plan: Counted): (Instant | undefined)[] =>
  stopsAt(plan).map(({ finding }) => finding.validUntil);

/** Rules that stop a care now, by their holds' ids. */
export const stopping = ({ careHolds }: Pick<PlanState, 'careHolds'>, care: string): [string, CareHold][] =>
  Object.entries(careHolds).filter(([, hold]) => hold.care === care && !hold.released);

function keep(draft: Draft, stop: Stop): void {
  const { id, care, rule } = stop;
  const held = draft.state.careHolds[id];
  const asRule = { kind: 'contraindication' as const, rule };
  if (!holdsBy({ rule: asRule, finding: stop.finding, isAtStage: true }, held)) {
    if (held) clear(draft, id, held);
    return;
  }
  const finding = keptFinding({ ...stop, rule: asRule });
  if (held?.released && held.released.cites === citedIn(draft.pathway, finding.evidence)) {
    put(draft, id, { ...held, finding });
    return;
  }
  const needsSignature =
    held?.needsSignature === true || (finding.result === 'met' && rule.clears.by === 'signature');
  if (held && !held.released) {
    put(draft, id, { ...held, finding, needsSignature });
    if (held.finding.result === finding.result) {
      passOn(draft, id, { ...OF_CARE, finding });
      return;
    }
  }
  const generation = held && !held.released ? held.generation : (draft.state.holdGenerations[id] ?? 0) + 1;
  const raisedAt = held && !held.released ? held.raisedAt : draft.now;
  if (held?.released) writeVoided(draft, id, held);
  const { response } = rule;
  put(draft, id, { care, rule: rule.rule, generation, response, raisedAt, finding, needsSignature });
  draft.state = {
    ...draft.state,
    holdGenerations: { ...draft.state.holdGenerations, [id]: generation },
  };
  announce(draft, stop, { finding, generation });
}

/** What is missing is needed for no day that is booked. */
const OF_CARE = { kind: 'contraindication', stage: '' } as const;

function writeVoided(draft: Draft, id: string, { finding, released }: CareHold): void {
  const says = `No longer signed away: ${finding.title}. A fact that the signature rests on has changed.`;
  write(draft, { kind: 'release.voided', says, details: { id, release: released } });
}

function put(draft: Draft, id: string, hold: CareHold): void {
  const { careHolds } = draft.state;
  if (JSON.stringify(careHolds[id]) === JSON.stringify(hold)) return;
  draft.state = { ...draft.state, careHolds: { ...careHolds, [id]: hold } };
}

function announce(
  draft: Draft,
  { id, care, rule }: Stop,
  { finding, generation }: Pick<CareHold, 'finding' | 'generation'>,
): void {
  const name = titleOf(draft, care);
  const isMet = finding.result === 'met';
  const why = finding.result === 'unmet' ? 'to be signed' : isMet ? 'held' : 'cannot be ruled out';
  const title = `${name} is stopped (${why}: ${finding.title})`;
  const asked = askOwner(draft, id, { ...OF_CARE, finding, title });
  write(draft, {
    kind: 'care.stopped',
    says: title,
    details: { id, care, generation, response: rule.response, finding },
  });
  tell(draft, {
    roles: isMet ? [asked.role, ...rule.tell] : [asked.role],
    subject: title,
    says: isMet ? rule.because : `Please supply: ${asked.needs.join(', ')}`,
  });
  const says = isMet
    ? (rule.say ?? rule.because)
    : `Please wait with it until we know more: ${finding.title}`;
  tellPatient(draft, { subject: `Do not use for now: ${name}`, says });
}

function clear(draft: Draft, id: string, hold: CareHold): void {
  const { [id]: _cleared, ...careHolds } = draft.state.careHolds;
  draft.state = { ...draft.state, careHolds };
  closeWait(draft, waitOf(id));
  if (!hold.released) resume(draft, id, hold);
}

/** It goes on once nothing stops it any more. Care that is over does not: its hold is cleared, and no more. */
function resume(draft: Draft, id: string, { care, finding, generation }: CareHold): void {
  const says = `No longer held: ${finding.title}`;
  if (!Object.values(draft.state.care).some((one) => one.care === care)) {
    write(draft, { kind: 'hold.cleared', says, details: { id, generation, care } });
    return;
  }
  const rest = stopping(draft.state, care).map(([, one]) => one.finding.title);
  const name = titleOf(draft, care);
  const after = rest.length > 0 ? `, still: ${rest.join(', ')}` : `; ${name} goes on`;
  write(draft, { kind: 'care.resumed', says: `${says}${after}`, details: { id, care } });
  if (rest.length === 0) tellPatient(draft, { subject: `Go on with: ${name}`, says });
}

const titleOf = ({ pathway }: Pick<Draft, 'pathway'>, care: string): string =>
  pathway.care.find((one) => one.care === care)?.title ?? care;

/** What a signature on a hold of home care is about, as its rule speaks now; undefined: it stops nothing. */
export function careHoldNow(plan: Counted, id: string): Stop | undefined {
  return stopsAt(plan).find((stop) => stop.id === id);
}

/** Signed away: while its rule is met, for as long as the evidence says the same. */
export function releaseCare(
  draft: Draft,
  { id, finding }: Pick<Stop, 'id' | 'finding'>,
  signed: { readonly role: string; readonly note: EventOf<'releaseHold'>['data']['note'] },
): void {
  const hold = draft.state.careHolds[id];
  if (!hold) return;
  const { role, note } = signed;
  write(draft, {
    kind: 'hold.released',
    says: `Signed away by the ${role}: ${finding.title}`,
    details: { id, generation: hold.generation, result: finding.result, note },
  });
  if (finding.result !== 'met') {
    clear(draft, id, hold);
    return;
  }
  const cites = citedIn(draft.pathway, finding.evidence);
  const released = { by: draft.event.actor.id, role, at: draft.now, cites };
  closeWait(draft, waitOf(id));
  put(draft, id, { ...hold, finding, released });
  resume(draft, id, hold);
}
