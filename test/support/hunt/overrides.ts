import type { EventOf, PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { OverrideTerms } from '../../../src/core/pathway/rules.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Opinion } from '../oracle.ts';
import { dayOn, daysLater, shifted } from '../wall-calendar.ts';
import type { Account } from './account.ts';
import { must } from './breach.ts';
import { afterDay } from './days.ts';
import type { Knowledge } from './knowledge.ts';
import { standingsOf } from './standing.ts';
import { answerOf } from './verdicts.ts';

type Grant = EventOf<'grantOverride'>['data'];

/** What is set aside: a rule at one place, or a table's answer. */
interface Subject {
  readonly id: string;
  readonly result: Opinion;
  readonly fine: string;
  readonly coarse: string;
}

/** What a rule or a table says, and on what. */
interface Words {
  readonly result: Opinion;
  readonly fine: string;
  readonly coarse: string;
}

interface SetAside {
  readonly about: string;
  readonly grant: Grant;
  readonly by: string;
  readonly terms: OverrideTerms;
  readonly endsAt: string;
  readonly fine: string;
  readonly coarse: string;
  isSigned: boolean;
  isLive: boolean;
  /** When all signatures were there. */
  signedAt: string | undefined;
  endedAt: string | undefined;
}

/** Who set what aside, on what, and until when, said again. */
export class Overrides {
  readonly #account: Account;
  readonly #all = new Map<string, SetAside>();

  constructor(account: Account) {
    this.#account = account;
  }

  termsOf(rule: string): OverrideTerms | undefined {
    const { contraindications, tables, stages } = this.#account.terms.compiled;
    const one = contraindications.find((each) => each.rule === rule);
    if (one) return one.strength === 'relative' ? one.override : undefined;
    const isAsked = stages.some(({ table }) => table?.table === rule);
    return isAsked ? tables.find((each) => each.rule === rule)?.override : undefined;
  }

  /** Whether it may be granted now; the words say why not. */
  refusalOf(grant: Grant, now: string): string | undefined {
    const terms = this.termsOf(grant.rule);
    const stage = this.#account.terms.stage(grant.stage);
    if (!terms || !stage) return 'nobody may';
    const subject = this.#subjectOf(grant, stage, this.#account.knowledge(now));
    if (typeof subject === 'string') return subject;
    if (subject.result === 'unmet') return 'it holds nothing';
    return subject.result === 'unknown' && !terms.coversUnknown ? 'it is unknown' : undefined;
  }

  grant(event: PlanEvent & EventOf<'grantOverride'>, now: string, state: PlanState): void {
    const { data, actor } = event;
    const terms = this.termsOf(data.rule);
    const stage = this.#account.terms.stage(data.stage);
    const subject = stage && this.#subjectOf(data, stage, this.#account.knowledge(now));
    if (!terms || !subject || typeof subject === 'string') return;
    const fresh = Object.keys(state.overrides).filter((id) => !this.#all.has(id));
    must(fresh.length === 1, 'one override is granted at a time');
    const [id = ''] = fresh;
    const kept = state.overrides[id];
    const { lasts, second } = terms;
    const { zone } = this.#account.terms;
    const endsAt =
      lasts.unit === 'hour'
        ? shifted(now, lasts.count * 3_600_000)
        : afterDay(daysLater(dayOn(now, zone), lasts), zone);
    for (const one of this.#all.values()) if (one.about === subject.id) this.#over(one, now);
    const isSigned = second === undefined;
    const { fine, coarse } = subject;
    const granted = { about: subject.id, grant: data, by: actor.id, terms, endsAt, fine, coarse, isSigned };
    this.#all.set(id, { ...granted, isLive: true, signedAt: isSigned ? now : undefined, endedAt: undefined });
    must(kept?.by === actor.id && kept.at === now, 'an override says who granted it, and when');
    must(kept?.reason === data.reason && terms.reasons.includes(data.reason), 'an override has its reason');
    must(
      kept !== undefined && terms.by.includes(kept.role) && actor.roles.includes(kept.role),
      'an override is granted by a role that may',
    );
    must(kept?.endsAt === endsAt, () => `an override ends at ${endsAt}, and not at ${kept?.endsAt}`);
    must(kept?.covers === terms.covers, 'an override covers what its rule says');
  }

  /** Whether the second signature is wanted, and is this person's to give. */
  countersignRefusal(id: string, { actor }: PlanEvent): string | undefined {
    const one = this.#all.get(id);
    const second = one?.terms.second;
    if (!one?.isLive || one.isSigned || second === undefined) return 'it waits for no signature';
    if (actor.id === one.by) return 'the second person is another one';
    return actor.roles.includes(second) ? undefined : 'it is not this role that signs';
  }

  has(id: string): boolean {
    return this.#all.has(id);
  }

  isLive(id: string): boolean {
    return this.#all.get(id)?.isLive === true;
  }

  countersign(id: string, now: string): void {
    const one = this.#all.get(id);
    if (one) Object.assign(one, { isSigned: true, signedAt: now });
  }

  /** With another version of the plan. */
  endAll(now: string): void {
    for (const one of this.#all.values()) this.#over(one, now);
  }

  end(id: string, now: string): void {
    const one = this.#all.get(id);
    if (one) this.#over(one, now);
  }

  #over(one: SetAside, now: string): void {
    if (one.isLive) Object.assign(one, { isLive: false, endedAt: now });
  }

  /**
   * What a procedure that was performed leaves behind.
   * @param state - between the sessions of a series, what the plan has kept for the next
   */
  endOf(stage: string, now: string, state?: PlanState): void {
    for (const [id, one] of this.#all) {
      const isKept =
        state?.overrides[id]?.status === 'active' || state?.overrides[id]?.status === 'requested';
      if (one.grant.stage === stage && !isKept) this.#over(one, now);
    }
  }

  /** The override that counts for what stands at a place now. */
  counting(about: string, words: { readonly result: Opinion; readonly coarse: string }, now: string) {
    for (const [id, one] of this.#all) {
      const isIt = one.about === about && one.isLive && one.isSigned && now < one.endsAt;
      const isCovered = words.result === 'met' || (words.result === 'unknown' && one.terms.coversUnknown);
      if (isIt && isCovered && one.coarse === words.coarse) return id;
    }
    return undefined;
  }

  /**
   * The same on an earlier day, for what was done behind a gate: what had been set aside by then, and what that gate was
   * let through by.
   */
  counted(
    about: Words & { readonly id: string },
    then: { readonly at: string; readonly end: string; readonly word: 'fine' | 'coarse' },
    byGate: readonly string[],
  ): boolean {
    const { at, end, word } = then;
    return [...this.#all].some(([id, one]) => {
      const isCovered = about.result === 'met' || (about.result === 'unknown' && one.terms.coversUnknown);
      const isOfThen =
        one.signedAt !== undefined &&
        one.signedAt < end &&
        (one.isLive || (one.endedAt !== undefined && one.endedAt >= end));
      return (
        one.about === about.id &&
        isCovered &&
        at < one.endsAt &&
        one[word] === about[word] &&
        (isOfThen || byGate.includes(id))
      );
    });
  }

  spend(ids: readonly string[], now: string): void {
    for (const id of ids) if (this.#all.get(id)?.terms.covers === 'one gate') this.end(id, now);
  }

  look(state: PlanState, now: string, saw: (what: string) => void): void {
    const knowledge = this.#account.knowledge(now);
    for (const [id, one] of this.#all) {
      const kept = state.overrides[id];
      must(kept !== undefined, 'S7: an override is kept');
      const isKept = kept?.status === 'active' || kept?.status === 'requested';
      if (!one.isLive) {
        must(!isKept, () => `S2: the override ${id} has ended, and lives on`);
        continue;
      }
      const stage = this.#account.terms.stage(one.grant.stage);
      const subject = stage && this.#subjectOf(one.grant, stage, knowledge);
      const words = typeof subject === 'object' ? subject : undefined;
      const isOver = this.#account.isOver || now >= one.endsAt;
      must(
        !(isOver || words?.coarse !== one.coarse) || !isKept,
        () =>
          `S2: the override ${id} lives on, although its ${isOver ? 'time is over' : 'facts have changed'}`,
      );
      must(
        isOver || words?.fine !== one.fine || isKept,
        () => `the override ${id} has lapsed, and nothing has changed`,
      );
      must(
        !isKept || (kept?.status === 'active') === one.isSigned,
        'S2: an override lives when it is signed',
      );
      if (!isKept) {
        this.#over(one, now);
        saw(`override lapsed ${isOver ? 'by time' : 'by facts'}`);
      }
    }
    must(Object.keys(state.overrides).length === this.#all.size, 'S2: an override is granted by somebody');
    this.#lift(knowledge, now);
  }

  /** A table that is set aside keeps no gate waiting. */
  #lift(knowledge: Knowledge, now: string): void {
    const { course, terms } = this.#account;
    for (const name of course.tableDelays.keys()) {
      const stage = terms.stage(name);
      const table = stage && tableStanding(stage, knowledge);
      if (table && !table.isGo && this.counting(table.id, table, now) !== undefined)
        course.tableDelays.delete(name);
    }
  }

  /** Whether time alone changes an override before an instant. */
  changesBefore(instant: string, now: string): boolean {
    const [first, last] = [this.#account.knowledge(now), this.#account.knowledgeThen(instant)];
    return [...this.#all.values()].some((one) => {
      if (!one.isLive) return false;
      const stage = this.#account.terms.stage(one.grant.stage);
      const words = (at: Knowledge) => {
        const subject = stage && this.#subjectOf(one.grant, stage, at);
        return typeof subject === 'object' ? subject.coarse : undefined;
      };
      return one.endsAt <= instant || words(first) !== words(last);
    });
  }

  ends(): string[] {
    return [...this.#all.values()].flatMap(({ isLive, endsAt }) => (isLive ? [endsAt] : []));
  }

  #subjectOf({ rule, area, answer }: Grant, stage: StageDefinition, knowledge: Knowledge): Subject | string {
    if (answer !== undefined) return tableSubject(stage, answer, knowledge);
    const found = standingsOf(stage, knowledge).filter(({ holder }) => holder.rule.rule === rule);
    const [one, another] = area === undefined ? found : found.filter(({ site }) => site === area);
    if (!one) return 'it does not bear on that';
    if (another) return 'it is not said of which site';
    return { id: one.id, result: one.result, fine: one.verdict.fine, coarse: one.verdict.coarse };
  }
}

/** What the table of a stage's gate says, as something that can be set aside. */
export function tableStanding(stage: StageDefinition, knowledge: Knowledge) {
  const { table: asked } = stage;
  const table = asked && knowledge.terms.table(asked.table);
  if (!asked || !table) return undefined;
  const { answer, verdicts } = answerOf(table, stage, knowledge);
  const outcome = answer === undefined ? undefined : asked.outcomes[answer];
  const first = outcome?.[0];
  const isGo = first?.do === 'go';
  return {
    id: `${stage.stage}/${table.rule}`,
    answer,
    isGo,
    asks: first?.do === 'ask' ? first.role : undefined,
    result: answer === undefined ? ('unknown' as const) : isGo ? ('unmet' as const) : ('met' as const),
    fine: verdicts.map(({ fine }) => fine).join(),
    coarse: [answer, ...verdicts.map(({ coarse }) => coarse)].join(),
    verdicts,
  };
}

function tableSubject(stage: StageDefinition, answer: string, knowledge: Knowledge): Subject | string {
  const standing = tableStanding(stage, knowledge);
  if (!standing) return 'it asks no table';
  const outcomes = stage.table?.outcomes ?? {};
  const outcome = Object.hasOwn(outcomes, answer) ? outcomes[answer] : undefined;
  return outcome?.[0]?.do === 'go' ? standing : 'it does not go on with that answer';
}
