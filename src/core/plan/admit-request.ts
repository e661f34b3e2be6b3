import type { Actor } from '../model/actor.schema.ts';
import type { EventOf } from '../model/event.schema.ts';
import { isChosenFrom } from '../pathway/areas.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { PATIENT_ROLES } from '../pathway/roles.ts';
import type { OverrideTerms } from '../pathway/rules.schema.ts';
import { type Border, listed, type Rejection } from './border.ts';

type Choice = NonNullable<EventOf<'startPlan'>['data']['areas']>;

/** A plan is about sites: those that its pathway fixes, and those that somebody chose among the ones it leaves open. */
export function admitChoiceOfAreas(chosen: Choice, { pathway }: Border): Rejection | undefined {
  for (const role of ['treatment', 'donor'] as const) {
    const offered = pathway.areaChoices[role];
    const sites = chosen[role];
    if (!offered && sites) return { code: 'CC2025', says: `This pathway has no ${role} area to choose.` };
    if (!offered || (offered.choose === 'all' && !sites)) continue;
    const { choose } = offered;
    const of = offered.sites.join(', ');
    const how = { all: `exactly ${of}`, one: `one of ${of}`, any: `one or more of ${of}` }[choose];
    if (!isChosenFrom(offered, sites ?? []))
      return { code: 'CC2025', says: `Choose the ${role} area: ${how}.` };
  }
  return undefined;
}

type Signature = EventOf<'releaseHold' | 'grantOverride' | 'countersignOverride' | 'revokeOverride'>;

/** What is signed exists, its terms are the rule's, and the person has the role that signs. */
export function admitSignature(event: Signature & { readonly actor: Actor }, border: Border) {
  switch (event.type) {
    case 'releaseHold':
      return admitRelease(event, border);
    case 'grantOverride':
      return admitGrant(event, border);
    case 'countersignOverride':
    case 'revokeOverride':
      return overrideExists(event.data.override, border);
  }
}

function admitRelease(
  { data, actor }: EventOf<'releaseHold'> & { readonly actor: Actor },
  { pathway, state }: Border,
): Rejection | undefined {
  const hold = state && Object.hasOwn(state.holds, data.hold) ? state.holds[data.hold] : undefined;
  if (!hold) {
    const held = Object.keys(state?.holds ?? {});
    return { code: 'CC2027', says: `The plan has no hold ${data.hold}; held are: ${listed(held)}.` };
  }
  const clears = pathway.contraindication(hold.rule)?.clears;
  return clears?.by === 'signature' && !actor.roles.includes(clears.of)
    ? notYours(actor, `sign ${data.hold} away`, [clears.of])
    : undefined;
}

function admitGrant(
  { data, actor }: EventOf<'grantOverride'> & { readonly actor: Actor },
  { pathway }: Border,
): Rejection | undefined {
  const stage = pathway.stage(data.stage);
  if (!stage) {
    const stages = pathway.stages.map((one) => one.stage);
    return { code: 'CC2016', says: `The pathway has no stage ${data.stage}; it has: ${listed(stages)}.` };
  }
  const terms = termsOf(pathway, data.rule);
  if (terms === 'no such rule') {
    return { code: 'CC2028', says: `No rule of this pathway is called ${data.rule}.` };
  }
  if (!terms) return undefined;
  if (!terms.reasons.includes(data.reason)) {
    return { code: 'CC2028', says: `${data.rule} is set aside for one of: ${listed(terms.reasons)}.` };
  }
  const isTable = pathway.contraindication(data.rule) === undefined;
  if (isTable && data.area !== undefined) {
    return {
      code: 'CC2028',
      says: `${data.rule} answers for the stage as a whole: leave the area out, and look at each site.`,
    };
  }
  if (isTable !== (data.answer !== undefined)) {
    const wanted = isTable ? 'Say which answer of the table counts instead' : 'Only a table has an answer';
    return { code: 'CC2028', says: `${wanted}: ${data.rule}.` };
  }
  return terms.by.some((role) => actor.roles.includes(role))
    ? undefined
    : notYours(actor, `set ${data.rule} aside`, terms.by);
}

/** Undefined: the rule is there, and nobody may set it aside; that is a refusal, for the journal. */
export function termsOf(pathway: Pathway, rule: string): OverrideTerms | 'no such rule' | undefined {
  const contraindication = pathway.contraindication(rule);
  if (contraindication) return contraindication.override;
  const bound = pathway.stages.some(({ table }) => table?.table === rule);
  if (bound) return pathway.table(rule).override;
  const others = [...pathway.eligibility, ...pathway.intervals];
  return others.some((one) => one.rule === rule) ? undefined : 'no such rule';
}

function overrideExists(override: string, { state }: Border): Rejection | undefined {
  const known = state?.overrides ?? {};
  if (Object.hasOwn(known, override)) return undefined;
  return {
    code: 'CC2028',
    says: `The plan has no override ${override}; it has: ${listed(Object.keys(known))}.`,
  };
}

const notYours = (actor: Actor, what: string, roles: readonly string[]): Rejection => ({
  code: 'CC2018',
  says: `To ${what} takes the ${roles.join(' or the ')}; ${actor.id} is ${actor.roles.join(', ')}.`,
});

/** Somebody of a role that is asked answers with one of the outcomes that there are; or writes down what a patient said. */
export function questionExists(
  { data, actor }: EventOf<'decide'> & { readonly actor: Actor },
  { state }: Border,
): Rejection | undefined {
  const known = state?.questions ?? {};
  const question = Object.hasOwn(known, data.question) ? known[data.question] : undefined;
  if (!question) {
    const open = Object.keys(known).filter((id) => known[id]?.answer === undefined);
    return { code: 'CC2029', says: `The plan asks no question ${data.question}; open are: ${listed(open)}.` };
  }
  if (!question.outcomes.includes(data.outcome)) {
    return { code: 'CC2029', says: `${data.question} is answered by: ${listed(question.outcomes)}.` };
  }
  return hasRole(data.role, question.roles, actor);
}

/** Nobody is a patient here for having been one elsewhere: a patient's word is one that somebody names as such. */
function hasRole(role: string | undefined, asked: readonly string[], actor: Actor): Rejection | undefined {
  if (role !== undefined && !asked.includes(role))
    return { code: 'CC2029', says: `This is asked of the ${listed(asked)}, not of ${role}.` };
  if (role !== undefined && PATIENT_ROLES.includes(role)) return undefined;
  const wanted = role === undefined ? asked.filter((one) => !PATIENT_ROLES.includes(one)) : [role];
  return wanted.some((one) => actor.roles.includes(one)) ? undefined : notYours(actor, 'answer this', asked);
}
