import type { Result } from '../model/verdict.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition, LoweredLeaf } from '../pathway/facts.schema.ts';
import { type Catalogue, type Cell, cellsOf } from './cells.ts';

/** A condition, and what it is to come out as. */
export interface Wanted {
  readonly when: LoweredCondition;
  readonly is: 'met' | 'unmet';
}

/** One fact as it stands for a made-up patient. */
export interface Known {
  readonly fact: string;
  /** The area that it was asked of. */
  readonly area: string | undefined;
  readonly value: unknown;
  readonly words: string;
}

export type Patient = readonly Known[];

/** Combinations that are looked at for one question; what takes more is not decided, and said so. */
export const MOST_COMBINATIONS = 20_000;

interface Variable {
  readonly fact: string;
  readonly area: string | undefined;
  readonly cells: readonly Cell[];
}

/** All that patients can be, as far as some conditions ask it: facts are cut at what is asked of them. */
export class Space {
  readonly #variables: readonly Variable[];
  readonly #variableOf = new Map<LoweredLeaf, number>();
  /** Questions that took more combinations than are looked at. */
  undecided = 0;

  /**
   * @param readings - `one`: whatever is asked of a fact is asked of the same reading. `by age`: asked with another
   * freshness, it may be known for the one and not for the other
   */
  constructor(
    conditions: readonly LoweredCondition[],
    catalogue: Catalogue,
    readings: 'one' | 'by age' = 'by age',
  ) {
    const groups = new Map<string, LoweredLeaf[]>();
    for (const leaf of conditions.flatMap(leavesOf)) {
      const { area, taken } = leaf.params ?? {};
      const key = JSON.stringify([leaf.fact, area, readings === 'one' ? null : taken]);
      groups.set(key, [...(groups.get(key) ?? []), leaf]);
    }
    this.#variables = [...groups.values()].map((leaves, index) => {
      for (const leaf of leaves) this.#variableOf.set(leaf, index);
      const [first] = leaves;
      const fact = first?.fact ?? '';
      return { fact, area: first?.params?.area, cells: cellsOf(fact, leaves, catalogue) };
    });
  }

  /** How many cells its facts are cut into, each by itself. */
  get cells(): number {
    return this.#variables.reduce((sum, { cells }) => sum + cells.length, 0);
  }

  /** A patient for whom all comes out as wanted; undefined: there is none. */
  find(wanted: readonly Wanted[]): Patient | undefined {
    return this.#findWith(wanted, new Map());
  }

  #findWith(wanted: readonly Wanted[], given: ReadonlyMap<number, Cell>): Patient | undefined {
    const asked = wanted.map((one) => ({ ...one, variables: this.variablesIn(one.when) }));
    const order = [...new Set(asked.flatMap(({ variables }) => [...variables]))].filter(
      (variable) => !given.has(variable),
    );
    const assigned = new Map(given);
    if (asked.some(({ when, is }) => isOpposite(this.#judge(when, assigned), is))) return undefined;
    let looked = 0;
    const extend = (depth: number): boolean => {
      const variable = order[depth];
      if (variable === undefined) return true;
      const bearing = asked.filter(({ variables }) => variables.has(variable));
      for (const cell of this.#variables[variable]?.cells ?? []) {
        looked += 1;
        if (looked > MOST_COMBINATIONS) return false;
        assigned.set(variable, cell);
        const isPossible = bearing.every(({ when, is }) => !isOpposite(this.#judge(when, assigned), is));
        if (isPossible && extend(depth + 1)) return true;
      }
      assigned.delete(variable);
      return false;
    };
    if (extend(0)) return order.flatMap((index) => this.#known(index, assigned.get(index)));
    if (looked > MOST_COMBINATIONS) this.undecided += 1;
    return undefined;
  }

  /** A value of a fact with which none of these can be met, whatever else is so; undefined: there is none. */
  valueWithout(variable: number, conditions: readonly LoweredCondition[]): Known | undefined {
    const before = this.undecided;
    const cells = this.#variables[variable]?.cells ?? [];
    const cell = cells.find((one) =>
      conditions.every((when) => !this.#findWith([{ when, is: 'met' }], new Map([[variable, one]]))),
    );
    return this.undecided > before ? undefined : this.#known(variable, cell)[0];
  }

  /** Whether there is surely no such patient. */
  isImpossible(wanted: readonly Wanted[]): boolean {
    const before = this.undecided;
    return this.find(wanted) === undefined && this.undecided === before;
  }

  /** Whether whoever has the one surely has the other. */
  implies(one: LoweredCondition, other: LoweredCondition): boolean {
    return this.isImpossible([
      { when: one, is: 'met' },
      { when: other, is: 'unmet' },
    ]);
  }

  /** What a condition asks about: two that share one have something to do with each other. */
  variablesIn(when: LoweredCondition): ReadonlySet<number> {
    return new Set(leavesOf(when).flatMap((leaf) => this.#variableOf.get(leaf) ?? []));
  }

  /** By what it is called, the one fact that a condition asks about. */
  factOf(variable: number): string {
    return this.#variables[variable]?.fact ?? '';
  }

  #known(index: number, cell: Cell | undefined): Known[] {
    const variable = this.#variables[index];
    return variable && cell
      ? [{ fact: variable.fact, area: variable.area, value: cell.value, words: cell.words }]
      : [];
  }

  #judge(condition: LoweredCondition, assigned: ReadonlyMap<number, Cell>): Result {
    if ('fact' in condition) {
      const truth = assigned.get(this.#variableOf.get(condition) ?? -1)?.truths.get(condition);
      return truth === undefined ? 'unknown' : truth ? 'met' : 'unmet';
    }
    if ('not' in condition) {
      const result = this.#judge(condition.not, assigned);
      return result === 'unknown' ? result : result === 'met' ? 'unmet' : 'met';
    }
    const isAll = 'all' in condition;
    const decisive = isAll ? 'unmet' : 'met';
    const results = (isAll ? condition.all : condition.any).map((member) => this.#judge(member, assigned));
    if (results.includes(decisive)) return decisive;
    return results.includes('unknown') ? 'unknown' : isAll ? 'met' : 'unmet';
  }
}

const isOpposite = (result: Result, wanted: Wanted['is']): boolean =>
  result !== wanted && result !== 'unknown';

/** `neutrophils 1.495 10*9/L, platelets 90 10*9/L` */
export const patientInWords = (patient: Patient): string =>
  patient
    .map(({ fact, area, words }) => `${fact}${area === undefined ? '' : ` (${area})`}: ${words}`)
    .join('; ');
