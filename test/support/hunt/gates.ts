import type { StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { JournalEntry, Reason } from '../../../src/core/plan/outcome.schema.ts';
import { dayOn } from '../wall-calendar.ts';
import type { Account, Report } from './account.ts';
import { must, same } from './breach.ts';
import { clearanceOf, isPrepOwed } from './clearance.ts';
import { afterDay } from './days.ts';
import type { Holds } from './holds.ts';
import type { Knowledge, Told } from './knowledge.ts';
import { type Overrides, tableStanding } from './overrides.ts';
import { type Spaced, spacingOf } from './spacing.ts';
import { type GateOf, isAccepted, standingsOf, stops } from './standing.ts';

export interface Opened {
  readonly stage: string;
  readonly of: GateOf;
  readonly at: string;
  /** How many steps had been taken by then. */
  readonly step: number;
  readonly overrides: readonly string[];
  /** What was told that it opened on. */
  readonly rests: ReadonlySet<Told>;
  /** What was there as well, and may count as that. */
  readonly besides: ReadonlySet<Told>;
  /** Nobody went through it. */
  closedAt: string | undefined;
}

/** One reason to keep a gate closed: the promise that it would break, and what stands in the way. */
interface Against {
  readonly invariant: string;
  readonly what: string;
}

/** What the inspector finds of a gate at one moment. */
export interface GateOpinion {
  readonly against: readonly Against[];
  /** What may stand against it as well, by what the pathway leaves open. */
  readonly unsure: readonly Against[];
  readonly overrides: readonly string[];
  /** Rules that nobody can answer, and that let it pass all the same. */
  readonly accepted: readonly string[];
  readonly rests: ReadonlySet<Told>;
  readonly besides: ReadonlySet<Told>;
}

/** S1 to S5, said again at the moment in which a gate is decided; and every gate that opened. */
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

  opinion(stage: StageDefinition, now: string, of: GateOf = 'procedure'): GateOpinion {
    const account = this.#account;
    const knowledge = account.knowledge(now);
    const against: Against[] = [];
    const unsure: Against[] = [];
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
      for (const told of [...on.from, ...on.supports]) rests.add(told);
      for (const told of on.besides) besides.add(told);
    };
    if (account.isSeriesOver(stage, now)) say('phase', 'nothing more of it is owed');
    if (!account.consents.stands(stage, knowledge)) say('S1', 'no consent stands');
    for (const standing of standingsOf(stage, knowledge)) {
      const { id, result, verdict, holder } = standing;
      if (!stops(holder, of)) continue;
      rest(verdict);
      if (!this.#holds.isHeldAtGate(standing)) {
        if (result === 'unknown' && isAccepted(standing)) accepted.push(id);
        continue;
      }
      const live = this.#overrides.counting(id, { result, coarse: verdict.coarse }, now);
      if (live !== undefined) overrides.push(live);
      else say(holder.kind === 'eligibility' ? 'S4' : 'S2', id, result);
    }
    for (const one of spacingOf(stage, knowledge, account.history())) {
      for (const verdict of one.verdicts) rest(verdict);
      for (const told of one.rests) rests.add(told);
      const isBreached = of === 'procedure' ? one.says !== 'open' : one.says === 'too late';
      if (isBreached) say('S3', one.interval.rule, one.site, one.says, boundOf(one));
    }
    if (of === 'prep') return { against, unsure, overrides, accepted, rests, besides };
    const table = tableStanding(stage, knowledge);
    for (const verdict of table?.verdicts ?? []) rest(verdict);
    if (table) {
      const live = this.#overrides.counting(table.id, table, now);
      if (live !== undefined) overrides.push(live);
      else if (!table.isGo) say('S4', table.id, 'answers', table.answer);
    }
    const cleared = clearanceOf(account, stage, knowledge.today);
    if (cleared === 'needed') say('S5', 'a clearance is missing');
    if (cleared === 'asked again') unsure.push({ invariant: 'S5', what: 'a clearance is missing' });
    if (isPrepOwed(account, stage, now)) say('phase', 'prep is not done');
    const until = account.course.waitsUntil(stage.stage);
    if (until !== undefined && knowledge.today < until) say('S4', 'told to wait until', until);
    return { against, unsure, overrides, accepted, rests, besides };
  }

  /** A gate opened: nothing may be against it, and what it opened on is kept. */
  open(
    { stage, of }: { readonly stage: StageDefinition; readonly of: GateOf },
    now: string,
    journal: readonly JournalEntry[],
    saw: (what: string) => void,
  ): void {
    const opinion = this.opinion(stage, now, of);
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
    if (of === 'procedure') this.#sawAt(stage, now, opinion, saw);
    const { rests, besides } = opinion;
    this.opened.push({
      stage: stage.stage,
      of,
      at: now,
      step: this.#account.steps,
      overrides: used,
      rests,
      besides,
      closedAt: undefined,
    });
    this.#overrides.spend(opinion.overrides, now);
  }

  /** Which kinds of rule were asked when a gate opened. */
  #sawAt(stage: StageDefinition, now: string, opinion: GateOpinion, saw: (what: string) => void): void {
    const knowledge = this.#account.knowledge(now);
    const opened = (on: string) => saw(`gate opened ${on}`);
    if (opinion.accepted.length > 0) opened('on an accepted unknown');
    if (opinion.overrides.length > 0) opened('on an override');
    if (stage.table)
      opened(
        opinion.overrides.some((id) => id.includes(stage.table?.table ?? '?'))
          ? 'against its table'
          : 'by its table',
      );
    for (const standing of standingsOf(stage, knowledge)) {
      const { holder, site, result } = standing;
      opened(`past ${holder.kind === 'eligibility' ? 'eligibility' : `one that is ${holder.rule.strength}`}`);
      if (site !== undefined) opened('of an area');
      if (result === 'met' && !this.#holds.isHeldAtGate(standing)) opened('on a signature');
    }
    for (const one of spacingOf(stage, knowledge, this.#account.history())) {
      if (one.from.length > 0) opened(`after an interval of ${one.interval.from.kind}`);
      if (one.from.length > 0 && one.interval.latest && one.latest === undefined) opened('late, as answered');
      if (one.site !== undefined) opened('after an interval of an area');
    }
  }

  /** The gate that was opened for a performance: it stood open on that day, and nothing was reported behind it yet. */
  openedFor(stage: string, day: string): Opened | undefined {
    const { terms, reports } = this.#account;
    const gate = this.opened.findLast((one) => one.stage === stage && one.of === 'procedure');
    if (!gate || this.#isShut(gate) || dayOn(gate.at, terms.zone) > day) return undefined;
    return reports.some((one) => this.#isBehind(one, gate)) ? undefined : gate;
  }

  /** Told after a gate opened, and done on the day of that or later. */
  #isBehind({ stage, step, start }: Report, gate: Opened): boolean {
    return stage === gate.stage && step > gate.step && start >= this.#account.dayOf(gate.at);
  }

  /** The report of what was done behind them was wrong: for a later day the gate has to be asked again. */
  closeBehind(wrong: Report, at: string): void {
    const { terms, reports } = this.#account;
    const dayAfter = afterDay(wrong.start, terms.zone);
    for (const gate of this.opened)
      if (this.#isBehind(wrong, gate) && !reports.some((one) => this.#isBehind(one, gate)))
        gate.closedAt ??= dayAfter > at ? dayAfter : at;
  }

  #isShut({ stage, step, closedAt }: Opened): boolean {
    return closedAt !== undefined || (this.#account.course.gatesLeft.get(stage) ?? 0) > step;
  }

  /** Nobody went through the gates of a stage, and nobody may any more. */
  close(stage: string, at: string): void {
    for (const one of this.opened) if (one.stage === stage) one.closedAt ??= at;
  }

  /** A gate that had been opened by a day, and that was closed again since: whether it counts nobody says. */
  wasClosedAgain(stage: string, day: string): boolean {
    return this.opened.some(
      (one) =>
        one.stage === stage &&
        one.of === 'procedure' &&
        one.closedAt !== undefined &&
        this.#account.dayOf(one.at) <= day &&
        day <= this.#account.dayOf(one.closedAt),
    );
  }

  /** A plan may stand in its prep. */
  isPrepOpen(stage: string): boolean {
    return this.opened.some(
      (gate) =>
        gate.stage === stage &&
        gate.of === 'prep' &&
        !this.#isShut(gate) &&
        !this.#account.reports.some((one) => this.#isBehind(one, gate)),
    );
  }

  /** Since when a gate of a procedure stands open: nobody has reported behind it yet. */
  isOpen(stage: string): string | undefined {
    const gate = this.opened.findLast((one) => one.stage === stage && one.of === 'procedure');
    if (!gate || this.#isShut(gate)) return undefined;
    const isUsed = this.#account.reports.some((one) => this.#isBehind(one, gate));
    return isUsed ? undefined : gate.at;
  }

  /**
   * Whether a gate would have been closed on the day on which it was gone through: on the day of its opening by what
   * was known to stand against it, on a later day by what nobody could tell any more as well.
   * @param word - by which word of the evidence signatures and overrides still count
   */
  wasClosed(
    gate: Opened,
    day: string,
    { knowledge }: { knowledge: Knowledge },
    word: 'fine' | 'coarse',
  ): boolean {
    const { terms } = this.#account;
    const stage = terms.stage(gate.stage);
    if (!stage) return false;
    const isSameDay = dayOn(gate.at, terms.zone) === day;
    const then = { at: knowledge.now, end: afterDay(day, terms.zone), word };
    if (!this.#account.consents.stood(stage, day, knowledge)) return true;
    const isHeld = standingsOf(stage, knowledge).some((standing) => {
      const { id, result, verdict, holder } = standing;
      if (!stops(holder, 'procedure')) return false;
      if (isSameDay && result !== 'met') return false;
      return (
        this.#holds.wasHeld(standing, then.end, word) &&
        !this.#overrides.counted({ ...verdict, id, result }, then, gate.overrides)
      );
    });
    const table = tableStanding(stage, knowledge);
    const isStopped =
      table !== undefined &&
      !table.isGo &&
      !(isSameDay && table.answer === undefined) &&
      !this.#overrides.counted(table, then, gate.overrides);
    return isHeld || isStopped;
  }

  /** A refusal gives every reason, and of each what would clear it. */
  refuse(
    {
      stage,
      of,
      toldNow,
    }: {
      readonly stage: StageDefinition;
      readonly of: GateOf;
      /** The day until which the gate was told to wait as it was asked; whether rightly so, its action says. */
      readonly toldNow: string | undefined;
    },
    now: string,
    reasons: readonly Reason[],
  ): void {
    const opinion = this.opinion(stage, now, of);
    const inWords = (all: readonly Against[]) => [
      ...new Set(all.map(({ invariant, what }) => `${invariant} ${what}`)),
    ];
    const unsure = inWords(opinion.unsure);
    const told = toldNow === undefined ? [] : [{ invariant: 'S4', what: `told to wait until ${toldNow}` }];
    const wanted = inWords([...opinion.against, ...told]);
    const said = new Set(reasons.map((reason) => `${reason.invariant} ${wordOf(reason, stage)}`));
    const given = [...said].filter((word) => !unsure.includes(word));
    must(said.size > 0, 'a gate stayed closed without a reason');
    must(
      same(given.toSorted(), wanted.toSorted()),
      () => `a refusal gives every reason: ${wanted.join(', ')}, and not ${given.join(', ')}`,
    );
    // Of a table that has an answer nobody works out yet what would give it another one.
    for (const { clears, says, table } of reasons)
      must(
        clears.length > 0 || table?.answer !== undefined,
        () => `a refusal says what would clear it: ${says}`,
      );
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
    const least = this.opened.filter(({ rests, of }) => of === 'procedure' && isOn(rests)).length;
    const most = this.opened.filter(({ rests, besides }) => mayBe(rests) || mayBe(besides)).length;
    return { least, most };
  }
}

/** The day that an interval turns on. */
const boundOf = ({ says, earliest, latest }: Spaced): string | undefined =>
  says === 'too early' ? earliest : says === 'too late' ? latest : undefined;

/** A reason as the core gives it, in the words of the inspector. */
function wordOf({ invariant, finding, interval, table, clears }: Reason, { stage }: StageDefinition): string {
  if (interval) {
    const { rule, area, result, earliest, latest } = interval;
    const bound = result === 'too early' ? earliest : result === 'too late' ? latest : undefined;
    return [rule, area, result, bound].join(' ');
  }
  if (table) return [`${stage}/${table.rule}`, 'answers', table.answer].join(' ');
  if (invariant === 'S1') return 'no consent stands';
  if (invariant === 'S5') return 'a clearance is missing';
  if (invariant === 'phase') return 'prep is not done';
  if (!finding) {
    const [until] = clears.flatMap((way) => way.flatMap((one) => (one.kind === 'date' ? [one.on] : [])));
    return `told to wait until ${until}`;
  }
  const { rule, area, result } = finding;
  return [[stage, rule, ...(area === undefined ? [] : [area])].join('/'), result].join(' ');
}
