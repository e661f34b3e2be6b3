import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { JournalEntry, Reason } from '../../../src/core/plan/outcome.schema.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';
import type { Holds } from './holds.ts';
import type { Told } from './knowledge.ts';
import { type Overrides, tableStanding } from './overrides.ts';
import { type Spaced, spacingOf } from './spacing.ts';
import { isAccepted, standingsOf } from './standing.ts';

interface Opened {
  readonly stage: string;
  readonly at: string;
  /** What was told that it opened on. */
  readonly rests: ReadonlySet<Told>;
  /** What was there as well, and may count as that. */
  readonly besides: ReadonlySet<Told>;
}

/** One reason to keep a gate closed: the promise that it would break, and what stands in the way. */
interface Against {
  readonly invariant: string;
  readonly what: string;
}

/** What the inspector finds of a gate at one moment. */
export interface GateOpinion {
  readonly against: readonly Against[];
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
    const against: Against[] = [];
    const say = (invariant: string, ...what: (string | undefined)[]) =>
      against.push({ invariant, what: what.join(' ') });
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
    if (!account.consentStands(stage, now)) say('S1', 'no consent stands');
    for (const standing of standingsOf(stage, knowledge)) {
      rest(standing.verdict);
      const { id, result, verdict, holder } = standing;
      if (!this.#holds.isHeldAtGate(standing)) {
        if (result === 'unknown' && isAccepted(holder)) accepted.push(id);
        continue;
      }
      const live = this.#overrides.counting(id, { result, coarse: verdict.coarse }, now);
      if (live !== undefined) overrides.push(live);
      else say(holder.kind === 'eligibility' ? 'S4' : 'S2', id, result);
    }
    for (const one of spacingOf(stage, knowledge, account.history())) {
      for (const verdict of one.verdicts) rest(verdict);
      for (const told of one.rests) rests.add(told);
      if (one.says !== 'open') say('S3', one.interval.rule, one.site, one.says, boundOf(one));
    }
    const table = tableStanding(stage, knowledge);
    for (const verdict of table?.verdicts ?? []) rest(verdict);
    if (table && !table.isGo) {
      const live = this.#overrides.counting(table.id, table, now);
      if (live !== undefined) overrides.push(live);
      else say('S4', table.id, 'answers', table.answer);
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
    const all = opinion.against.map(({ what }) => what).join(', ');
    must(first === undefined, () => `${first?.invariant}: a gate opened against ${all}`);
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

  /** A refusal gives every reason, and of each what would clear it. */
  refuse(stage: StageDefinition, now: string, reasons: readonly Reason[]): void {
    const wanted = this.opinion(stage, now).against.map(({ invariant, what }) => `${invariant} ${what}`);
    const given = reasons.map((reason) => `${reason.invariant} ${wordOf(reason, stage)}`);
    must(given.length > 0, 'a gate stayed closed without a reason');
    must(
      same(given.toSorted(), wanted.toSorted()),
      () => `a refusal gives every reason: ${wanted.join(', ')}, and not ${given.join(', ')}`,
    );
    for (const { clears, says } of reasons)
      must(clears.length > 0, () => `a refusal says what would clear it: ${says}`);
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

/** The day that an interval turns on. */
const boundOf = ({ says, earliest, latest }: Spaced): string | undefined =>
  says === 'too early' ? earliest : says === 'too late' ? latest : undefined;

/** A reason as the core gives it, in the words of the inspector. */
function wordOf({ invariant, finding, interval, table }: Reason, { stage }: StageDefinition): string {
  if (interval) {
    const { rule, area, result, earliest, latest } = interval;
    const bound = result === 'too early' ? earliest : result === 'too late' ? latest : undefined;
    return [rule, area, result, bound].join(' ');
  }
  if (table) return [`${stage}/${table.rule}`, 'answers', table.answer].join(' ');
  if (!finding) return invariant === 'S1' ? 'no consent stands' : 'nothing';
  const { rule, area, result } = finding;
  return [[stage, rule, ...(area === undefined ? [] : [area])].join('/'), result].join(' ');
}
