import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';
import { isAccepted, type Standing, scopeOf, signerOf, standingsOf, stops } from './standing.ts';
import { placesOf, verdictOn } from './verdicts.ts';

interface Held {
  readonly raisedAt: string;
  readonly generation: number;
  readonly needsSignature: boolean;
}

/** What a signature was given on. */
interface Release {
  readonly stage: string;
  readonly at: string;
  readonly fine: string;
  readonly coarse: string;
}

/**
 * Which rules hold a plan, said again: met; unknown at the gate and behind it, or once held; and unmet, where it once
 * was met under a rule that asks for a signature, until that is given.
 */
export class Holds {
  readonly #account: Account;
  readonly held = new Map<string, Held>();
  readonly #raised = new Map<string, number>();
  readonly #releases = new Map<string, Release>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Whether a rule holds a stage, at its gate or before the plan has come to it. */
  isHeld(standing: Standing, isAtStage: boolean): boolean {
    if (this.#releases.has(standing.id)) return false;
    return isHeldBy(standing, this.held.get(standing.id), isAtStage);
  }

  /**
   * Whether it held the stage on an earlier day, by what was raised and signed until then.
   * @param word - by which word of the evidence a signature still counts
   */
  wasHeld(standing: Standing, end: string, word: 'fine' | 'coarse'): boolean {
    const release = this.#releases.get(standing.id);
    if (release && release.at < end && release[word] === standing.verdict[word]) return false;
    const held = this.held.get(standing.id);
    return isHeldBy(standing, held && held.raisedAt < end ? held : undefined, true);
  }

  /** What a gate is decided on: a signature whose evidence is another one by now counts for nothing. */
  isHeldAtGate(standing: Standing): boolean {
    const release = this.#releases.get(standing.id);
    if (release && release.coarse !== standing.verdict.coarse) {
      this.#releases.delete(standing.id);
      const isHeld = this.isHeld(standing, true);
      this.#releases.set(standing.id, release);
      return isHeld;
    }
    return this.isHeld(standing, true);
  }

  release(standing: Standing, stage: string, at: string): void {
    const { fine, coarse } = standing.verdict;
    if (standing.result === 'met') this.#releases.set(standing.id, { stage, at, fine, coarse });
    this.held.delete(standing.id);
  }

  /** @param hasLeft - the plan has been where no rule bears on it, if only in passing */
  look(state: PlanState, now: string, hasLeft: boolean, saw: (what: string) => void): void {
    const { stage, gate } = scopeOf(this.#account);
    if (hasLeft) this.held.clear();
    this.#lookAtReleases(state, now, saw);
    const isAtGate = ({ holder }: Standing) => gate !== undefined && stops(holder, gate);
    // What stops prep alone keeps nothing closed behind its gate.
    const isPrepBehind = stage?.prep !== undefined && gate === 'procedure';
    const all = stage ? standingsOf(stage, this.#account.knowledge(now)) : [];
    const standings = isPrepBehind ? all.filter(isAtGate) : all;
    const due = standings.filter((one) => this.isHeld(one, isAtGate(one)));
    for (const one of standings)
      must(
        due.includes(one) === Object.hasOwn(state.holds, one.id),
        () =>
          `S2: ${one.id} is ${one.result}, and ${due.includes(one) ? 'not held' : 'held'} in ${state.chart}`,
      );
    const before = new Map(this.held);
    this.held.clear();
    for (const one of due) this.#keep(one, before, state);
    for (const id of Object.keys(state.holds))
      must(this.held.has(id), `${id} is held in ${state.chart}, where no rule bears on it`);
    // What was held as the plan ended was held in passing.
    if (this.#account.isOver)
      for (const [id, generation] of Object.entries(state.holdGenerations)) this.#raised.set(id, generation);
    must(
      same(Object.keys(state.holdGenerations).sort(), [...this.#raised.keys()].sort()),
      'generations are counted of what was held',
    );
  }

  #keep(one: Standing, before: ReadonlyMap<string, Held>, { holds, holdGenerations, now }: PlanState): void {
    const { id, result, site, holder } = one;
    const hold = holds[id];
    const kept = before.get(id);
    // A plan that comes back by way of another phase leaves the stage, and comes to it again, in one step.
    const isAnew = kept !== undefined && hold?.raisedAt === now && hold.generation === kept.generation + 1;
    const known = isAnew ? undefined : kept;
    if (!known) this.#raised.set(id, (this.#raised.get(id) ?? 0) + 1);
    const generation = this.#raised.get(id) ?? 0;
    const needsSignature =
      known?.needsSignature === true || (result === 'met' && signerOf(holder) !== undefined);
    this.held.set(id, { generation, needsSignature, raisedAt: known?.raisedAt ?? now });
    must(hold?.finding.result === result, () => `a hold says what its rule says: ${id} is ${result}`);
    must(hold?.generation === generation, 'a hold that re-arms is a new one');
    must(holdGenerations[id] === generation, 'generations are counted');
    must(hold?.kind === holder.kind && hold.rule === holder.rule.rule, 'a hold says which rule it is of');
    must(hold?.area === site, 'a hold says of which site it is');
    must(
      hold?.needsSignature === needsSignature,
      () => `a hold that was met asks for its signature: ${id} ${needsSignature}`,
    );
  }

  #lookAtReleases({ releases }: PlanState, now: string, saw: (what: string) => void): void {
    // After its course a plan has no gate that a signature could let anybody through.
    if (this.#account.isOver) return;
    for (const [id, release] of this.#releases) {
      const words = this.#wordsOf(id, release.stage, now);
      const isThere = Object.hasOwn(releases, id);
      must(
        words?.coarse === release.coarse || !isThere,
        `S2: ${id} stays signed away after its facts changed`,
      );
      must(words?.fine !== release.fine || isThere, `${id} is no longer signed away, and nothing changed`);
      if (!isThere) {
        this.#releases.delete(id);
        saw('release voided');
      }
    }
    for (const id of Object.keys(releases)) must(this.#releases.has(id), `nobody signed ${id} away`);
  }

  #wordsOf(id: string, stageName: string, now: string) {
    const { terms } = this.#account;
    const stage = terms.stage(stageName);
    const [, rule, site] = id.split('/');
    const holder = stage && terms.holdersOf(stage).find((one) => one.rule.rule === rule);
    if (!stage || !holder) return undefined;
    const knowledge = this.#account.knowledge(now);
    const place = placesOf(holder.rule.when, stage, knowledge).find((one) => one.site === site);
    return place && verdictOn(holder.rule.when, place, knowledge);
  }
}

function isHeldBy(standing: Standing, held: Held | undefined, isAtStage: boolean): boolean {
  if (standing.result === 'met') return true;
  if (standing.result === 'unknown') return held !== undefined || (isAtStage && !isAccepted(standing));
  return held?.needsSignature === true;
}
