import type { EventOf } from '../model/event.schema.ts';
import { invariant } from '../model/failure.ts';
import { LIMITS } from '../model/limits.ts';
import type { Instant } from '../model/primitives.schema.ts';
import type { Result } from '../model/verdict.schema.ts';
import { homeOf } from '../pathway/chart.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { termsOf } from './admit-request.ts';
import { type Draft, tell, write } from './draft.ts';
import type { Override } from './hold.schema.ts';
import { stageNow } from './listed-sessions.ts';
import type { Answer, Reason } from './outcome.schema.ts';
import { citedIn, findingsAt, idOf, isCovered, type StageFinding } from './scope.ts';
import { letsOn, tableAt } from './tables.ts';
import { closeWait, dueAfter, openWait } from './waits.ts';

/**
 * A relative rule or a table's answer, set aside by a named role for one stage and site. It rests on the evidence of
 * the moment in which it was granted: another word of it, its time, or the end of the stage, and it lapses.
 */

type Refusal = Extract<Answer, { outcome: 'refused' }>;

/** What an override would be about: the rule of one place as it stands now. */
interface Subject {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly site: string | undefined;
  readonly cites: string;
  readonly result: Result;
  readonly clears: Reason['clears'];
  /** Of a table: it would let the plan on, and the answer that is to count is more cautious. */
  readonly isStricter?: boolean;
}

export function grantOverride(draft: Draft, { data }: EventOf<'grantOverride'>): Refusal | undefined {
  const { pathway, state, event, now } = draft;
  const stage = stageNow(pathway, state, data.stage);
  const terms = termsOf(pathway, data.rule);
  if (!stage || !terms || terms === 'no such rule') {
    return refused('CC3005', `${data.rule} cannot be set aside: nobody may, whatever the reason.`);
  }
  const subject = subjectOf(draft, stage, data);
  if (typeof subject === 'string') return refused('CC3005', subject);
  const isStricter = subject.isStricter === true;
  if (subject.result === 'unmet' && !isStricter)
    return refused('CC3005', `${subject.title} holds nothing now.`);
  if (!isStricter && !isCovered(terms, subject.result)) {
    const says = `${subject.title} cannot be ruled out, and is set aside only when it is known.`;
    return refused('CC3005', says, [{ invariant: 'S2', says, clears: subject.clears }]);
  }
  if (Object.keys(state.overrides).length >= LIMITS.overridesPerPlan) {
    return refused('CC4004', `The plan keeps at most ${LIMITS.overridesPerPlan} overrides.`);
  }
  replace(draft, subject);
  const second = isStricter ? undefined : terms.second;
  const role = terms.by.find((one) => event.actor.roles.includes(one)) ?? '';
  const id = `${subject.id}#${Object.keys(state.overrides).length + 1}`;
  const override: Override = {
    rule: data.rule,
    version: subject.version,
    stage: stage.stage,
    ...(subject.site === undefined ? {} : { area: subject.site }),
    status: second === undefined ? 'active' : 'requested',
    ...{ by: event.actor.id, role, at: now },
    ...(second === undefined ? {} : { second: { role: second } }),
    reason: data.reason,
    ...(data.note === undefined ? {} : { note: data.note }),
    ...(data.answer === undefined ? {} : { answer: data.answer }),
    ...(isStricter ? { isStricter } : {}),
    covers: terms.covers,
    coversUnknown: terms.coversUnknown,
    endsAt: dueAfter(pathway, now, terms.lasts),
    cites: subject.cites,
  };
  keep(draft, id, override);
  announce(draft, id, { title: subject.title, override, second });
  return undefined;
}

/** The rule at the place that is meant, or why there is none. */
function subjectOf(
  draft: Draft,
  stage: StageDefinition,
  { rule, area, answer }: EventOf<'grantOverride'>['data'],
): Subject | string {
  const { pathway, state, now } = draft;
  if (answer !== undefined) return tableSubject(draft, stage, answer);
  const found = findingsAt(pathway, state, { stage, now, gate: 'procedure' }).filter(
    (one) => one.finding.rule === rule,
  );
  const [first, second] = found;
  if (!first) return `${rule} does not bear on ${stage.title}.`;
  if (area === undefined && second) return `Say in which area: ${sitesOf(found)}.`;
  const meant = area === undefined ? first : found.find(({ site }) => site === area);
  if (!meant) return `${rule} is not asked of the ${area} here: ${sitesOf(found)}.`;
  const { finding, id, site } = meant;
  const { version, title, evidence, result, clears } = finding;
  return { id, version, title, site, cites: citedIn(pathway, evidence), result, clears };
}

const sitesOf = (found: readonly StageFinding[]): string =>
  found.map(({ site }) => site ?? 'the patient as a whole').join(', ');

function tableSubject(
  { pathway, state, now }: Draft,
  stage: StageDefinition,
  answer: string,
): Subject | string {
  const found = tableAt(pathway, state, stage, now);
  if (!found) return `${stage.title} asks no table.`;
  const { finding, outcomes } = found;
  const { rule } = finding;
  const plan = { pathway, state };
  if (!letsOn(plan, stage, { rule, answer, outcomes }))
    return `With the answer ${answer} ${stage.title} does not go on either.`;
  const own = finding.answer;
  const isOn = own !== undefined && letsOn(plan, stage, { rule, answer: own, outcomes });
  const { answers } = pathway.table(rule);
  return {
    id: idOf(stage.stage, finding.rule, undefined),
    version: finding.version,
    title: finding.title,
    site: undefined,
    cites: citedIn(pathway, finding.evidence),
    result: own === undefined ? 'unknown' : isOn ? 'unmet' : 'met',
    clears: finding.clears,
    isStricter: isOn && answers.indexOf(answer) < answers.indexOf(own),
  };
}

/** One override at a time: a new one takes the place of what is there for the same rule, stage and site. */
function replace(draft: Draft, { id }: Subject): void {
  for (const [other, override] of Object.entries(draft.state.overrides)) {
    if (isLive(override) && other.startsWith(`${id}#`))
      end(draft, other, 'lapsed', 'another one took its place');
  }
}

function announce(
  draft: Draft,
  id: string,
  granted: { readonly title: string; readonly override: Override; readonly second: string | undefined },
): void {
  const { title, override, second } = granted;
  const { reason, note, answer, endsAt, area, stage } = override;
  const details = { id, rule: override.rule, stage, area, reason, note, answer, endsAt };
  if (second === undefined) {
    const instead = override.isStricter ? `: ${answer}, which is more cautious` : '';
    write(draft, { kind: 'override.granted', says: `Set aside: ${title}${instead}`, details });
    return;
  }
  const subject = `To be signed by a second person: ${title} set aside`;
  write(draft, { kind: 'override.requested', says: subject, details });
  openWait(draft, waitOf(id), {
    kind: 'signature',
    title: subject,
    owner: second,
    ladder: draft.pathway.defaultLadder,
    dueAt: dueAfter(draft.pathway, draft.now, draft.pathway.clinic.waits.deviation),
  });
  tell(draft, { roles: [second], subject, says: `Reason: ${reason}. It ends at ${endsAt}.` });
}

export function countersignOverride(
  draft: Draft,
  { data }: EventOf<'countersignOverride'>,
): Refusal | undefined {
  const override = overrideOf(draft, data.override);
  const { actor } = draft.event;
  const { second, status } = override;
  if (status !== 'requested' || !second) {
    return refused('CC3006', `The override is ${status}: it waits for no signature.`);
  }
  if (actor.id === override.by) {
    return refused('CC3006', `${actor.id} granted it: the second signature is another person's.`);
  }
  if (!actor.roles.includes(second.role)) {
    return refused('CC3006', `The second signature is the ${second.role}'s.`);
  }
  const signed = { ...second, by: actor.id, at: draft.now };
  keep(draft, data.override, { ...override, status: 'active', second: signed });
  closeWait(draft, waitOf(data.override));
  const details = { id: data.override, rule: override.rule, stage: override.stage, endsAt: override.endsAt };
  write(draft, { kind: 'override.granted', says: `Set aside, by two: ${override.rule}`, details });
  return undefined;
}

export function revokeOverride(draft: Draft, { data }: EventOf<'revokeOverride'>): Refusal | undefined {
  const override = overrideOf(draft, data.override);
  if (!isLive(override)) return refused('CC3006', `The override is ${override.status} already.`);
  end(draft, data.override, 'revoked', data.reason);
  return undefined;
}

/** Ends what no longer lives; called before anything is judged, and again whenever something has changed. */
export function lapseOverrides(draft: Draft): void {
  for (const [id, override] of Object.entries(draft.state.overrides)) {
    if (!isLive(override)) continue;
    const why = lapseOf(draft, override);
    if (why === undefined) continue;
    end(draft, id, 'lapsed', why);
    if (override.isStricter) tellItCountsNoMore(draft, override, why);
  }
}

/** Without a word, the next session would be given on what the table says for itself. */
function tellItCountsNoMore(draft: Draft, { role, rule, stage, answer }: Override, why: string): void {
  const { title } = draft.pathway.table(rule);
  const what = draft.pathway.stage(stage)?.title ?? stage;
  const says = `${answer} counts no more for ${what}: ${why}. The table answers for itself again.`;
  tell(draft, { roles: [role], subject: title, says });
}

function lapseOf(draft: Draft, override: Override): string | undefined {
  const { pathway, state, now } = draft;
  if (now >= override.endsAt) return 'its time is over';
  if (pathway.chart.isFinal(homeOf(state))) return 'the plan is over';
  const current = subjectNow(draft, override);
  if (current?.version !== override.version) return 'its rule is another one now';
  const isSame = citedIn(pathway, current.evidence) === override.cites;
  return isSame ? undefined : 'a fact that it rests on has changed';
}

/** What the rule or the table says now, at the place of which the override speaks; of listed sessions, at any of them. */
function subjectNow(
  { pathway, state, now }: Pick<Draft, 'pathway' | 'state' | 'now'>,
  { stage: name, rule, area, answer }: Override,
) {
  const stage = pathway.stage(name);
  if (!stage) return undefined;
  if (answer !== undefined) return tableAt(pathway, state, stage, now)?.finding;
  const found = findingsAt(pathway, state, { stage, now, gate: 'procedure' });
  return found.find((one) => one.finding.rule === rule && one.site === area)?.finding;
}

/** An override was granted for the plan as it was: whoever still means it grants it again. */
export function lapseWithRevision(draft: Draft): void {
  for (const [id, override] of Object.entries(draft.state.overrides))
    if (isLive(override)) end(draft, id, 'lapsed', 'the plan was revised');
}

/** What a procedure that was performed leaves behind: an override of its stage has nothing more to cover. */
export function endOverridesOf(draft: Draft, stage: string): void {
  for (const [id, override] of Object.entries(draft.state.overrides)) {
    if (isLive(override) && override.stage === stage)
      end(draft, id, 'lapsed', 'its stage has been performed');
  }
}

/** @returns the overrides that let a gate open, of those that cover one gate only */
export function spendOverrides(draft: Draft, ids: readonly string[]): void {
  for (const id of ids) {
    if (overrideOf(draft, id).covers === 'one gate') end(draft, id, 'spent', 'a gate opened on it');
  }
}

/** The override that lives for a rule at a place, on this very evidence. */
export function liveOverride(
  overrides: Readonly<Record<string, Override>>,
  about: { readonly id: string; readonly cites: string; readonly result: Result; readonly now: Instant },
): { readonly id: string; readonly override: Override } | undefined {
  for (const [id, override] of Object.entries(overrides)) {
    const isIt =
      override.status === 'active' &&
      id.startsWith(`${about.id}#`) &&
      about.now < override.endsAt &&
      override.cites === about.cites &&
      isCovered(override, about.result);
    if (isIt) return { id, override };
  }
  return undefined;
}

/** The instants at which time alone ends the overrides that live now, or changes what they rest on. */
export const overrideEnds = (draft: Pick<Draft, 'pathway' | 'state' | 'now'>): Instant[] =>
  Object.values(draft.state.overrides)
    .filter(isLive)
    .flatMap((override) => {
      const changes = subjectNow(draft, override)?.validUntil;
      return changes === undefined ? [override.endsAt] : [override.endsAt, changes];
    });

const isLive = ({ status }: Override): boolean => status === 'active' || status === 'requested';

function end(draft: Draft, id: string, status: 'spent' | 'lapsed' | 'revoked', why: string): void {
  const override = overrideOf(draft, id);
  keep(draft, id, { ...override, status, ended: { at: draft.now, why } });
  closeWait(draft, waitOf(id));
  const details = { id, rule: override.rule, stage: override.stage, status, why };
  write(draft, { kind: 'override.ended', says: `No longer set aside: ${override.rule} (${why})`, details });
}

function overrideOf({ state }: Draft, id: string): Override {
  const override = state.overrides[id];
  invariant(override !== undefined, 'an override that is spoken of is there');
  return override;
}

function keep(draft: Draft, id: string, override: Override): void {
  draft.state = { ...draft.state, overrides: { ...draft.state.overrides, [id]: override } };
}

const waitOf = (id: string): string => `signature/${id}`;

const refused = (code: Refusal['code'], says: string, reasons: Reason[] = []): Refusal => ({
  outcome: 'refused',
  code,
  says,
  reasons,
});
