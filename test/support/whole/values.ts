import type { FactValue } from '../../../src/core/model/event.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { FactDefinition, LoweredCondition } from '../../../src/core/pathway/facts.schema.ts';
import { leavesOf } from '../oracle.ts';
import { answers, kleene } from '../oracle-facts.ts';
import { for_ } from '../pathways.ts';
import type { Random } from '../random.ts';
import { daysLater } from '../wall-calendar.ts';

/** A day so long ago is written as its distance: what is told depends on the day of telling. */
type Candidate = { readonly value: FactValue } | { readonly daysAgo: number };

type Ranked = Candidate & { readonly score: number };

const AGO = [0, 1, 5, 10, 20, 40, 100, 400, 4_500, 15_000];

/** What may be said of each fact, what lets a patient through first. */
export class Values {
  readonly #compiled: CompiledPathway;
  readonly #known = new Map<string, readonly Ranked[]>();

  constructor(compiled: CompiledPathway) {
    this.#compiled = compiled;
  }

  /** Often what lets the patient through; else whatever a rule looks for. */
  say(random: Random, definition: FactDefinition, today: string): FactValue {
    const all = this.#known.get(definition.fact) ?? this.#ranked(definition, today);
    this.#known.set(definition.fact, all);
    const best = all.filter(({ score }) => score === all[0]?.score);
    const one = random.pick(random.chance(0.75) ? best : all);
    return 'value' in one ? one.value : daysLater(today, for_(-one.daysAgo, 'day'));
  }

  #ranked(definition: FactDefinition, today: string): readonly Ranked[] {
    const said = (one: Candidate): FactValue =>
      'value' in one ? one.value : daysLater(today, for_(-one.daysAgo, 'day'));
    return this.#candidates(definition)
      .map((one) => ({ ...one, score: this.#scoreOf(definition.fact, said(one), today) }))
      .toSorted((one, other) => other.score - one.score);
  }

  #candidates({ fact, is }: FactDefinition): Candidate[] {
    const listed = (values: readonly FactValue[]): Candidate[] => values.map((value) => ({ value }));
    switch (is.kind) {
      case 'number': {
        const thresholds = this.#conditions()
          .flatMap(({ when }) => leavesOf(when))
          .flatMap((leaf) =>
            this.#baseOf(leaf.fact) === fact && typeof leaf.value === 'number' ? [leaf.value] : [],
          );
        const around = thresholds.flatMap((one) => [one - 0.5, one, one + 0.5]);
        const inRange = [...new Set([(is.from + is.to) / 2, ...around])].filter(
          (one) => one >= is.from && one <= is.to,
        );
        return listed(inRange);
      }
      case 'grade':
        return listed(Array.from({ length: is.to - is.from + 1 }, (_, index) => is.from + index));
      case 'code':
        return listed(is.codes);
      case 'yes or no':
        return listed([false, true]);
      case 'findings':
        return listed([[], ...is.codes.map((code) => [code])]);
      case 'list':
        return listed([[], ...(is.words ?? []).map((word) => [word])]);
      case 'date':
      case 'date or never':
        return [
          ...(is.kind === 'date' ? [] : listed(['never'])),
          ...AGO.map((daysAgo): Candidate => ({ daysAgo })).reverse(),
        ];
    }
  }

  #baseOf = (fact: string): string =>
    this.#compiled.derived.find(({ derived }) => derived === fact)?.of ?? fact;

  #conditions(): { readonly when: LoweredCondition; readonly weight: number }[] {
    const { contraindications, eligibility, tables, stages, choices, facts } = this.#compiled;
    const goesOn = new Set(
      stages.flatMap(({ table }) =>
        Object.entries(table?.outcomes ?? {}).flatMap(([answer, steps]) =>
          steps.find(({ do: what }) => what !== 'lower' && what !== 'limit')?.do === 'go'
            ? [`${table?.table}/${answer}`]
            : [],
        ),
      ),
    );
    return [
      ...contraindications.map(({ when }) => ({ when, weight: -2 })),
      ...facts.flatMap(({ notValidWhen: when }) => (when ? [{ when, weight: -2 }] : [])),
      ...eligibility.map(({ when }) => ({ when, weight: 2 })),
      ...tables.flatMap(({ rule, rows }) =>
        rows.map(({ when, answer }) => ({ when, weight: goesOn.has(`${rule}/${answer}`) ? 1 : 0 })),
      ),
      ...choices.flatMap(({ values }) =>
        values.flatMap(({ offeredWhen: when }) => (when ? [{ when, weight: 0.5 }] : [])),
      ),
    ];
  }

  #scoreOf(fact: string, value: FactValue, today: string): number {
    return this.#conditions()
      .filter(({ when }) => leavesOf(when).some((leaf) => this.#baseOf(leaf.fact) === fact))
      .reduce((sum, { when, weight }) => {
        const said = kleene(when, (leaf) =>
          this.#baseOf(leaf.fact) === fact ? answers(leaf, value, today) : weight < 0 ? 'unmet' : 'met',
        );
        return sum + (said === 'met' ? weight : 0);
      }, 0);
  }
}
