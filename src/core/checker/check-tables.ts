import { leavesOf } from '../pathway/conditions.ts';
import type { Table } from '../pathway/rules.schema.ts';
import type { Catalogue } from './cells.ts';
import { counted, type Finding, type Looked, type Subject } from './finding.ts';
import { MOST_COMBINATIONS, patientInWords, Space, type Wanted } from './space.ts';

/** Tables, cell by cell: every value has a row, none has two that say something else, and every row can decide. */
export function checkTables(tables: readonly Table[], catalogue: Catalogue): Looked {
  if (tables.length === 0) return { findings: [], explored: [] };
  const looked = tables.map((table) => new Reading(table, catalogue));
  const cells = looked.reduce((sum, { space }) => sum + space.cells, 0);
  const undecided = looked.filter(({ space }) => space.undecided > 0).map(({ table }) => table.rule);
  return {
    findings: looked.flatMap((reading) => reading.findings),
    explored: [
      `${counted(tables.length, 'table')}, ${counted(cells, 'cell')}`,
      ...undecided.map((rule) => `not all of \`${rule}\`: more than ${MOST_COMBINATIONS} combinations`),
    ],
  };
}

type Row = Table['rows'][number];

class Reading {
  readonly table: Table;
  readonly space: Space;
  readonly findings: readonly Finding[];
  readonly #catalogue: Catalogue;

  constructor(table: Table, catalogue: Catalogue) {
    this.table = table;
    this.#catalogue = catalogue;
    this.space = new Space(
      table.rows.map(({ when }) => when),
      catalogue,
    );
    const gaps = this.#gaps();
    this.findings = [...gaps, ...this.#overlaps(), ...this.#idleRows()];
  }

  #gaps(): Finding[] {
    const { rows, rule } = this.table;
    const groups = new Map(
      this.#groups().map((group) => [group.map((row) => rows.indexOf(row)).join(), group]),
    );
    const gaps = [...groups.values()].flatMap((group) => this.#gapOf(group));
    if (gaps.length > 0) return gaps;
    const nobody = this.space.find(rows.map(unmet));
    if (!nobody) return [];
    const says = `\`${rule}\` has no answer for some patients: no row is met`;
    return [this.#finding('CC1210', { says, example: [patientInWords(nobody)] }, ['rows'])];
  }

  /** Rows of which one has to be met: those about a fact that has some of its own, and those that facts share. */
  #groups(): Row[][] {
    const { rows } = this.table;
    const variables = [...new Set(rows.flatMap((row) => this.#asked(row)))];
    const ofOne = variables
      .filter((variable) => rows.some((row) => this.#asked(row).join() === String(variable)))
      .map((variable) => rows.filter((row) => this.#asked(row).includes(variable)));
    return [...ofOne, ...variables.map((variable) => this.#together(variable))];
  }

  #asked = ({ when }: Row): number[] => [...this.space.variablesIn(when)];

  /** All rows about a fact, about what these ask beside it, and so on. */
  #together(variable: number): Row[] {
    const known = new Set([variable]);
    for (const one of known)
      for (const row of this.table.rows)
        if (this.#asked(row).includes(one)) for (const other of this.#asked(row)) known.add(other);
    return this.table.rows.filter((row) => this.#asked(row).some((one) => known.has(one)));
  }

  /**
   * Facts that decide between answers do so for every value. Those that only ever speak for one of them, as a veto does,
   * say nothing by being otherwise.
   */
  #gapOf(group: readonly Row[]): Finding[] {
    if (new Set(group.map(({ answer }) => answer)).size < 2) return [];
    const patient = this.space.find(group.map(unmet));
    if (!patient) return [];
    const [first, ...others] = patient;
    const isNumber = first && others.length === 0 && typeof first.value === 'number';
    const between = isNumber ? this.#between(first.fact, Number(first.value)) : '';
    const says = `\`${this.table.rule}\` has a gap: no row says what follows of ${patientInWords(patient)}${between}`;
    const index = this.table.rows.findIndex((row) => group.includes(row));
    return [this.#finding('CC1210', { says, example: [patientInWords(patient)] }, ['rows', index])];
  }

  /** The thresholds on either side of a value. */
  #between(fact: string, value: number): string {
    const asked = this.table.rows.flatMap(({ when }) =>
      leavesOf(when).flatMap((leaf) =>
        leaf.fact === fact && typeof leaf.value === 'number' ? [leaf.value] : [],
      ),
    );
    const below = asked.filter((one) => one < value);
    const above = asked.filter((one) => one > value);
    if (below.length === 0 || above.length === 0) return '';
    return `, between ${Math.max(...below)} and ${Math.min(...above)}`;
  }

  /** Two rows about the same facts, either of which says more than the other, and both are met of somebody. */
  #overlaps(): Finding[] {
    const { rows, answers } = this.table;
    return rows.flatMap((row, index) =>
      rows.slice(0, index).flatMap((before): Finding[] => {
        if (row.answer === before.answer || !this.#isOfSame(row, before)) return [];
        const both = this.space.find([met(row), met(before)]);
        if (!both || this.space.implies(row.when, before.when) || this.space.implies(before.when, row.when))
          return [];
        const cautious = answers.indexOf(row.answer) < answers.indexOf(before.answer) ? row : before;
        const says = `two rows of \`${this.table.rule}\` are met at once: ${wordsOf(before)}, and ${wordsOf(row)}`;
        const help = `\`${cautious.answer}\` wins, for it is more cautious: end one row where the other begins`;
        return [this.#finding('CC1211', { says, help, example: [patientInWords(both)] }, ['rows', index])];
      }),
    );
  }

  /** Of facts that have one value at a time. */
  #isOfSame(row: Row, other: Row): boolean {
    const [one, two] = [row, other].map(({ when }) => [...this.space.variablesIn(when)].sort());
    if (!one || !two || one.join() !== two.join()) return false;
    return one.every((variable) => {
      const kind = this.#catalogue.facts.find(({ fact }) => fact === this.space.factOf(variable))?.is.kind;
      return kind !== 'list' && kind !== 'findings';
    });
  }

  #idleRows(): Finding[] {
    const { rows, answers, rule } = this.table;
    return rows.flatMap((row, index): Finding[] => {
      const earlier = rows.filter(({ answer }) => answers.indexOf(answer) < answers.indexOf(row.answer));
      if (this.space.isImpossible([met(row), ...earlier.map(unmet)])) {
        const says = `a row of \`${rule}\` never decides: whenever it is met, a more cautious one is: ${wordsOf(row)}`;
        return [this.#finding('CC1212', { says }, ['rows', index])];
      }
      const same = rows.findIndex((other, at) => at !== index && this.#isNeedless(row, index, other, at));
      if (same < 0) return [];
      const says = `a row of \`${rule}\` adds nothing: row ${same + 1} says \`${row.answer}\` whenever it does`;
      return [this.#finding('CC1212', { says, help: 'leave it out' }, ['rows', index])];
    });
  }

  #isNeedless(row: Row, index: number, other: Row, at: number): boolean {
    if (row.answer !== other.answer || !this.space.implies(row.when, other.when)) return false;
    return at < index || !this.space.implies(other.when, row.when);
  }

  #finding(
    code: Finding['code'],
    what: Pick<Finding, 'says' | 'help' | 'example'>,
    path: NonNullable<Subject['path']>,
    severity: Finding['severity'] = code === 'CC1210' ? 'error' : 'warning',
  ): Finding {
    return { code, severity, at: { kind: 'table', name: this.table.rule, path }, ...what };
  }
}

const met = ({ when }: Row): Wanted => ({ when, is: 'met' });
const unmet = ({ when }: Row): Wanted => ({ when, is: 'unmet' });

/** `neutrophils below 1.0 10*9/L → wait` */
const wordsOf = ({ when, answer }: Row): string =>
  `${leavesOf(when)
    .map(({ fact, name }) => `${fact} ${name}`)
    .join(' and ')} → ${answer}`;
