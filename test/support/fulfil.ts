import type { FactValue } from '../../src/core/model/event.schema.ts';
import type { Clearing } from '../../src/core/model/verdict.schema.ts';
import { areasOf } from '../../src/core/pathway/areas.ts';
import type { FactDefinition, LoweredCondition, LoweredLeaf } from '../../src/core/pathway/facts.schema.ts';
import { dayOn, daysLater, leavesOf, type Stated } from './oracle.ts';
import { answers, type World } from './oracle-facts.ts';
import { for_ } from './pathways.ts';
import type { Random } from './random.ts';

export type FactClearing = Extract<Clearing, { kind: 'fact' }>;

/** What a clearing asks of its fact, read back from its words; the sentences of a test name themselves. */
export interface Need {
  readonly leaf: LoweredLeaf;
  readonly wanted: 'met' | 'unmet';
}

export function needsOf(condition: LoweredCondition, { fact, needs }: FactClearing): Need[] {
  return needs.split(' and ').map((words): Need => {
    const isNegated = words.startsWith('not ');
    const name = isNegated ? words.slice(4) : words;
    const leaf = leavesOf(condition).find((one) => one.fact === fact && one.name === name);
    if (!leaf) throw new Error(`${fact} is asked nothing like "${name}"`);
    return { leaf, wanted: isNegated ? 'unmet' : 'met' };
  });
}

/** Values of a fact, on both sides of everything that is asked of it. */
function valuesFor(
  { is }: FactDefinition,
  asked: readonly LoweredLeaf['value'][],
  today: string,
): FactValue[] {
  const numbers = asked.flatMap((value) => (typeof value === 'number' ? [value] : []));
  const days = [0, 1, 3, 8, 16, 29, 32, 45, 62, 75, 95, 130, 190, 300, 380, 800, 1300, 2200, 3500];
  switch (is.kind) {
    case 'number':
      return [is.from, is.to, ...numbers.flatMap((value) => [value, value - 0.005, value + 0.005])].filter(
        (value) => value >= is.from && value <= is.to,
      );
    case 'grade':
      return Array.from({ length: is.to - is.from + 1 }, (_, index) => is.from + index);
    case 'code':
      return is.codes;
    case 'yes or no':
      return [true, false];
    case 'findings':
    case 'list':
      return listsOf([...new Set(asked.flatMap((value) => (typeof value === 'string' ? [value] : [])))]);
    case 'date':
    case 'date or never': {
      const edges = asked.flatMap((value) =>
        typeof value === 'object' && !Array.isArray(value)
          ? [daysLater(today, for_(-value.count, value.unit))]
          : [],
      );
      const dates = [
        ...edges.flatMap((edge) => [-4, -1, 0, 1, 4].map((more) => daysLater(edge, for_(more, 'day')))),
        ...days.map((ago) => daysLater(today, for_(-ago, 'day'))),
      ];
      const past = dates.filter((day) => day <= today);
      return is.kind === 'date' ? past : [...past, 'never'];
    }
  }
}

/** Every list of some of these words. */
const listsOf = ([first, ...others]: readonly string[]): string[][] =>
  first === undefined ? [[]] : listsOf(others).flatMap((list) => [list, [first, ...list]]);

/** The most trusted says at `now` what fulfils a set; undefined when nothing can. */
export function fulfil(
  random: Random,
  condition: LoweredCondition,
  clearings: readonly FactClearing[],
  world: World,
): Stated[] | undefined {
  const areas = areasOf(world.parts);
  const touches = (one: FactClearing, other: FactClearing): boolean =>
    one.fact === other.fact &&
    (one.area === undefined || other.area === undefined || areas.isSame(one.area, other.area));
  const stated: Stated[] = [];
  for (const clearing of clearings) {
    const told = stated.find(({ fact, area }) => fact === clearing.fact && area === clearing.area);
    if (told) continue;
    const together = groupOf(clearing, clearings, touches);
    const needs = together.flatMap((one) => needsOf(condition, one));
    const definition = world.facts.find(({ fact }) => fact === clearing.fact);
    if (!definition) throw new Error(`no fact is called ${clearing.fact}`);
    const today = dayOn(world.now, world.zone);
    const asked = leavesOf(condition).flatMap((leaf) => (leaf.fact === clearing.fact ? [leaf.value] : []));
    const values = valuesFor(definition, asked, today).filter((value) =>
      needs.every(({ leaf, wanted }) => answers(leaf, value, today) === wanted),
    );
    if (values.length === 0) return undefined;
    const value = random.pick(values);
    const unit = definition.is.kind === 'number' ? definition.is.unit : undefined;
    for (const { fact, area } of together)
      stated.push({ fact, area, value, unit, source: definition.from[0] ?? '', observedAt: world.now });
  }
  return stated;
}

/** All that has to be fulfilled by one value, because it is said of parts that are shared. */
function groupOf(
  one: FactClearing,
  all: readonly FactClearing[],
  touches: (one: FactClearing, other: FactClearing) => boolean,
): FactClearing[] {
  const group = [one];
  for (const member of group)
    for (const other of all) if (!group.includes(other) && touches(member, other)) group.push(other);
  return group;
}
