import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { JournalEntry } from '../../../src/core/plan/outcome.schema.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';
import type { Holds } from './holds.ts';
import type { Told } from './knowledge.ts';
import { type Overrides, tableStanding } from './overrides.ts';
import { spacingOf } from './spacing.ts';
import { isAccepted, standingsOf } from './standing.ts';

interface Opened {
  readonly stage: string;
  readonly at: string;
  /** What was told that it opened on. */
  readonly rests: ReadonlySet<Told>;
  /** What was there as well, and may count as that. */
  readonly besides: ReadonlySet<Told>;
}

/** What the inspector finds of a gate at one moment. */
export interface GateOpinion {
  /** Why it has to stay closed, each with the promise that it would break. */
  readonly against: readonly string[];
  readonly overrides: readonly string[];
  /** Rules that nobody can answer, and that let it pass all the same. */
  readonly accepted: readonly string[];
  readonly rests: ReadonlySet<Told>;
  readonly besides: ReadonlySet<Told>;
}

/** S1 to S4, said again at the moment in which a gate is decided; and every gate that opened. */
export class Gates {
  readonly #account: Account;
  readonly #holds: Holds;
  readonly #overrides: Overrides;
  readonly opened: Opened[] = [];

  constructor(account: Account, holds: Holds, overrides: Overrides) {
    this.#account = account;
    this.#holds = holds;
    this.#overrides = overrides;
  }

  opinion(stage: StageDefinition, now: string): GateOpinion {
    const account = this.#account;
    const knowledge = account.knowledge(now);
    const against: string[] = [];
    const overrides: string[] = [];
    const accepted: string[] = [];
    const rests = new Set<Told>();
    const besides = new Set<Told>();
    const rest = (on: {
      readonly from: ReadonlySet<Told>;
      readonly supports: ReadonlySet<Told>;
      readonly besides: ReadonlySet<Told>;
    }) => {
      for (const told of on.from) rests.add(told);
      for (const told of [...on.besides, ...on.supports]) besides.add(told);
    };
    if (!account.consentStands(stage, now)) against.push('S1: no consent stands');
    for (const standing of standingsOf(stage, knowledge)) {
      rest(standing.verdict);
      const { id, result, verdict, holder } = standing;
      if (!this.#holds.isHeldAtGate(standing)) {
        if (result === 'unknown' && isAccepted(holder)) accepted.push(id);
        continue;
      }
      const live = this.#overrides.counting(id, { result, coarse: verdict.coarse }, now);
      if (live !== undefined) overrides.push(live);
      else against.push(`${holder.kind === 'eligibility' ? 'S4' : 'S2'}: ${id} is ${result}`);
    }
    for (const one of spacingOf(stage, knowledge, account.history())) {
      for (const verdict of one.verdicts) rest(verdict);
      for (const told of one.rests) rests.add(told);
      if (one.says !== 'open') against.push(`S3: ${one.interval.rule} is ${one.says}`);
    }
    const table = tableStanding(stage, knowledge);
    for (const verdict of table?.verdicts ?? []) rest(verdict);
    if (table && !table.isGo) {
      const live = this.#overrides.counting(table.id, table, now);
      if (live !== undefined) overrides.push(live);
      else against.push(`S4: ${table.id} answers ${table.answer}`);
    }
    return { against, overrides, accepted, rests, besides };
  }

  /** A gate opened: nothing may be against it, and what it opened on is kept. */
  open(
    stage: StageDefinition,
    now: string,
    journal: readonly JournalEntry[],
    saw: (what: string) => void,
  ): void {
    const opinion = this.opinion(stage, now);
    const [first] = opinion.against;
    must(
      first === undefined,
      () => `${first?.slice(0, 2)}: a gate opened against ${opinion.against.join(', ')}`,
    );
    const entry = journal.find(({ kind }) => kind === 'gate.opened');
    const used = Array.isArray(entry?.details.overrides) ? entry.details.overrides.map(String) : [];
    must(
      same(used.toSorted(), opinion.overrides.toSorted()),
      () => `S7: a gate says on which overrides it opened: ${opinion.overrides}, and not ${used}`,
    );
    const passed = journal.filter(({ kind }) => kind === 'unknown.accepted').length;
    must(passed === opinion.accepted.length, 'what nobody knew, and what passed all the same, is journalled');
    if (passed > 0) saw('gate opened on an accepted unknown');
    if (used.length > 0) saw('gate opened on an override');
    this.opened.push({ stage: stage.stage, at: now, rests: opinion.rests, besides: opinion.besides });
    this.#overrides.spend(opinion.overrides);
  }

  /** How many gates are in question when this turns out otherwise: at least, and at most. */
  inQuestion(gone: readonly Told[]): { readonly least: number; readonly most: number } {
    const { terms } = this.#account;
    const isOn = (basis: ReadonlySet<Told>) => gone.some((told) => basis.has(told));
    // What one event told of a place twice is one thing told.
    const isLike = (one: Told, other: Told) =>
      one.fact === other.fact &&
      one.event === other.event &&
      (one.area === undefined || other.area === undefined || terms.isSamePlace(one.area, other.area));
    const mayBe = (basis: ReadonlySet<Told>) =>
      gone.some((told) => [...basis].some((one) => isLike(one, told)));
    const least = this.opened.filter(({ rests }) => isOn(rests)).length;
    const most = this.opened.filter(({ rests, besides }) => mayBe(rests) || mayBe(besides)).length;
    return { least, most };
  }
}
