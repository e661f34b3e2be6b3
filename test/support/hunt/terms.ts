import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { AreaDefinition } from '../../../src/core/pathway/clinic.schema.ts';
import type { CompiledPathway, StageDefinition } from '../../../src/core/pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../../../src/core/pathway/decisions.schema.ts';
import type {
  DerivedDefinition,
  FactDefinition,
  LoweredCondition,
  LoweredLeaf,
} from '../../../src/core/pathway/facts.schema.ts';
import type { Contraindication, Eligibility, Table } from '../../../src/core/pathway/rules.schema.ts';
import { leavesOf } from '../oracle.ts';
import { numberOf } from '../plain.ts';

/** A rule that can close a gate until facts, a signature or an override say otherwise. */
export type Holder =
  | { readonly kind: 'contraindication'; readonly rule: Contraindication }
  | { readonly kind: 'eligibility'; readonly rule: Eligibility };

/** A pathway's words, looked up once for all plans that run it. */
export class Terms {
  /** As the clinic has it for everybody. */
  readonly published: CompiledPathway;
  readonly zone: string;
  #compiled: CompiledPathway;
  readonly #earlier: { readonly until: string; readonly compiled: CompiledPathway }[] = [];
  readonly #facts = new Map<string, FactDefinition>();
  readonly #derived = new Map<string, DerivedDefinition>();
  readonly #parts: ReadonlyMap<string, readonly string[]>;
  readonly #leaves = new Map<LoweredCondition, readonly LoweredLeaf[]>();
  readonly #holders = new Map<string, readonly Holder[]>();

  constructor(compiled: CompiledPathway) {
    this.published = compiled;
    this.#compiled = compiled;
    this.zone = compiled.clinic.timeZone;
    for (const fact of compiled.facts) this.#facts.set(fact.fact, fact);
    for (const one of compiled.derived) this.#derived.set(one.derived, one);
    this.#parts = partsOf(compiled.clinic.areas);
  }

  /** As this plan has it. */
  get compiled(): CompiledPathway {
    return this.#compiled;
  }

  /** For one plan, which may come to have something otherwise. */
  own(): Terms {
    return new Terms(this.published);
  }

  /** One interval is longer from now on. */
  lengthen(rule: string, minimum: Duration, at: string): void {
    this.#earlier.push({ until: at, compiled: this.#compiled });
    const intervals = this.#compiled.intervals.map((one) => (one.rule === rule ? { ...one, minimum } : one));
    this.#compiled = { ...this.#compiled, intervals };
  }

  /** As the plan had it before an instant. */
  asOf(end: string): Terms {
    const then = this.#earlier.find(({ until }) => until >= end);
    return then ? new Terms(then.compiled) : this;
  }

  fact(name: string): FactDefinition | undefined {
    return this.#facts.get(name);
  }

  derived(name: string): DerivedDefinition | undefined {
    return this.#derived.get(name);
  }

  /** The fact that is observed where a number is worked out of another. */
  baseOf(name: string): FactDefinition | undefined {
    return this.#facts.get(this.#derived.get(name)?.of ?? name);
  }

  stage(name: string): StageDefinition | undefined {
    return this.compiled.stages.find(({ stage }) => stage === name);
  }

  table(name: string): Table | undefined {
    return this.compiled.tables.find(({ rule }) => rule === name);
  }

  decision(name: string): DecisionDefinition | undefined {
    return this.compiled.decisions.find(({ decision }) => decision === name);
  }

  /** It has prep, sessions, decisions or exits of its own. */
  get isRich(): boolean {
    const { decisions, stages } = this.compiled;
    return decisions.length > 0 || stages.some((stage) => stage.prep !== undefined || numberOf(stage) > 1);
  }

  get sites(): readonly string[] {
    return [...this.#parts.keys()];
  }

  /** The smallest places that a site is made of; none for a site that nobody has a word for. */
  partsOf(site: string): readonly string[] {
    return this.#parts.get(site) ?? [];
  }

  /** Equal, part, or whole, on the same side. */
  isSamePlace(one: string, other: string): boolean {
    return this.partsOf(one).some((part) => this.partsOf(other).includes(part));
  }

  leavesOf(when: LoweredCondition): readonly LoweredLeaf[] {
    let leaves = this.#leaves.get(when);
    if (!leaves) {
      leaves = leavesOf(when);
      this.#leaves.set(when, leaves);
    }
    return leaves;
  }

  /** Whatever bears on a stage: eligibility on all, a contraindication on what it names, or on all where it names none. */
  holdersOf({ stage, procedures, traits }: StageDefinition): readonly Holder[] {
    let holders = this.#holders.get(stage);
    if (!holders) {
      const names = [...procedures, ...traits];
      holders = [
        ...this.compiled.eligibility.map((rule): Holder => ({ kind: 'eligibility', rule })),
        ...this.compiled.contraindications
          .filter(({ of }) => of.length === 0 || names.some((name) => of.includes(name)))
          .map((rule): Holder => ({ kind: 'contraindication', rule })),
      ];
      this.#holders.set(stage, holders);
    }
    return holders;
  }

  /** What is done there and what it is, by the names that rules use. */
  namesOf(procedures: readonly string[]): readonly string[] {
    const { procedures: traitsOf } = this.compiled;
    return procedures.flatMap((name) => [
      name,
      ...(Object.hasOwn(traitsOf, name) ? (traitsOf[name] ?? []) : []),
    ]);
  }
}

/** Written out for each word that a clinic has for a place: `breast`, `left breast`; `face`, `nose`. */
function partsOf(areas: readonly AreaDefinition[]): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, Set<string>>();
  const put = (site: string, part: string) => {
    const known = parts.get(site);
    if (known) known.add(part);
    else parts.set(site, new Set([part]));
  };
  for (const { area, sides, parts: named } of areas) {
    const wholes = named.length === 0 ? [area] : named;
    for (const whole of wholes) {
      const smallest = sides.length === 0 ? [whole] : sides.map((side) => `${side} ${whole}`);
      for (const [index, part] of smallest.entries()) {
        put(part, part);
        put(whole, part);
        put(area, part);
        const side = sides[index];
        if (side !== undefined) put(`${side} ${area}`, part);
      }
    }
  }
  return new Map([...parts].map(([site, of]) => [site, [...of]]));
}
