import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Table } from '../pathway/rules.schema.ts';
import type { Catalogue } from './cells.ts';
import { counted, type Finding, type Looked, type Subject } from './finding.ts';
import { MOST_COMBINATIONS, type Patient, patientInWords, Space, type Wanted } from './space.ts';

/** Rows of one table that are compared with one another. */
const MOST_ROWS = 100;

/** Tables, cell by cell: every value has a row, none has two that say something else, and every row can decide. */
export function checkTables(tables: readonly Table[], catalogue: Catalogue): Looked {
  if (tables.length === 0) return { findings: [], explored: [] };
  const looked = tables.map((table) => new Reading(table, catalogue));
  const cells = looked.reduce((sum, { space }) => sum + space.cells, 0);
  const long = tables.filter(({ rows }) => rows.length > MOST_ROWS).map(({ rule }) => rule);
  const undecided = looked.filter(({ space }) => space.undecided > 0).map(({ table }) => table.rule);
  return {
    findings: looked.flatMap((reading) => reading.findings),
    explored: [
      `${counted(tables.length, 'table')}, ${counted(cells, 'cell')}`,
      ...long.map((rule) => `of \`${rule}\` only gaps: it has more than ${MOST_ROWS} rows`),
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
    this.findings =
      table.rows.length > MOST_ROWS ? gaps : [...gaps, ...this.#overlaps(), ...this.#idleRows()];
  }

  /**
   * Facts that decide between answers do so for every value: one that has rows of its own by itself, others together with
   * those that they share rows with.
   */
  #gaps(): Finding[] {
    const { rows, rule } = this.table;
    const variables = [...new Set(rows.flatMap(this.#asked))];
    const ofOne = variables.flatMap((variable) => this.#gapOf(variable));
    if (ofOne.length > 0) return ofOne;
    const groups = new Map(
      variables.map((variable) => this.#together(variable)).map((group) => [group[0], group]),
    );
    const shared = [...groups.values()].flatMap((group) => this.#gapBetween(group));
    if (shared.length > 0) return shared;
    const nobody = this.space.find(rows.map(unmet));
    if (!nobody) return [];
    const says = `\`${rule}\` has no answer for some patients: no row is met`;
    return [this.#finding('CC1210', { says, example: [patientInWords(nobody)] }, ['rows'])];
  }

  #variablesOf = (when: LoweredCondition): number[] => [...this.space.variablesIn(when)];
  #asked = ({ when }: Row): number[] => this.#variablesOf(when);

  /** All rows about a fact, about what these ask beside it, and so on. */
  #together(variable: number): Row[] {
    const known = new Set([variable]);
    for (const one of known)
      for (const row of this.table.rows)
        if (this.#asked(row).includes(one)) for (const other of this.#asked(row)) known.add(other);
    return this.table.rows.filter((row) => this.#asked(row).some((one) => known.has(one)));
  }

  #gapOf(variable: number): Finding[] {
    const about = this.table.rows.filter((row) => this.#asked(row).includes(variable));
    const hasOwn = about.some((row) => this.#asked(row).length === 1);
    if (!hasOwn || isVeto(about)) return [];
    const value = this.space.valueWithout(
      variable,
      about.map(({ when }) => when),
    );
    return value ? [this.#gapFor([value], about)] : [];
  }

  #gapBetween(group: readonly Row[]): Finding[] {
    const patient = isVeto(group) ? undefined : this.space.find(group.map(unmet));
    return patient ? [this.#gapFor(patient, group)] : [];
  }

  #gapFor(patient: Patient, group: readonly Row[]): Finding {
    const says = `\`${this.table.rule}\` has a gap: no row says what follows ${this.#whose(patient)}`;
    const index = this.table.rows.findIndex((row) => group.includes(row));
    return this.#finding('CC1210', { says, example: [patientInWords(patient)] }, ['rows', index]);
  }

  #whose(patient: Patient): string {
    const [only, another] = patient;
    if (!only || another) return `for ${patientInWords(patient)}`;
    const { fact, value, words } = only;
    return `when \`${fact}\` is ${words}${typeof value === 'number' ? this.#between(fact, value) : ''}`;
  }

  /** The thresholds on either side of a value. */
  #between(fact: string, value: number): string {
    const asked = this.table.rows.flatMap(({ when }) =>
      leavesOf(when).flatMap((leaf) =>
        leaf.fact === fact && typeof leaf.value === 'number' ? [leaf.value] : [],
      ),
    );
    const below = asked.filter((one) => one <= value);
    const above = asked.filter((one) => one > value);
    if (below.length === 0 || above.length === 0) return '';
    return `, between ${Math.max(...below)} and ${Math.min(...above)}`;
  }

  /** Two rows that are met of somebody at once, each of which says something of a value of which the other does not. */
  #overlaps(): Finding[] {
    const { rows, answers } = this.table;
    return rows.flatMap((row, index) =>
      rows.slice(0, index).flatMap((before): Finding[] => {
        if (row.answer === before.answer || !this.#isPartly(row, before)) return [];
        const both = this.space.find([met(row), met(before)]);
        if (!both) return [];
        const cautious = answers.indexOf(row.answer) < answers.indexOf(before.answer) ? row : before;
        const says = `two rows of \`${this.table.rule}\` are met at once: ${wordsOf(before)}, and ${wordsOf(row)}`;
        const help = `\`${cautious.answer}\` wins, for it is more cautious: end one row where the other begins`;
        return [this.#finding('CC1211', { says, help, example: [patientInWords(both)] }, ['rows', index])];
      }),
    );
  }

  /**
   * Of the facts that both ask, neither contains the other: an exception within a wider row is meant, and so is a row of
   * more facts that is more cautious. Of facts that may hold several words at a time, two rows are met at once without
   * saying anything of the same.
   */
  #isPartly(row: Row, other: Row): boolean {
    const [fewer, more] = this.#asked(row).length <= this.#asked(other).length ? [row, other] : [other, row];
    const shared = this.#asked(fewer);
    const { answers } = this.table;
    const isStricter = answers.indexOf(more.answer) < answers.indexOf(fewer.answer);
    if (isStricter && this.#asked(more).length > shared.length) return false;
    if (!shared.every((variable) => this.#asked(more).includes(variable) && this.#isOfOneValue(variable)))
      return false;
    const part = {
      all: partsOf(more).filter((one) => this.#variablesOf(one).every((v) => shared.includes(v))),
    };
    return !this.space.implies(part, fewer.when) && !this.space.implies(fewer.when, part);
  }

  #isOfOneValue(variable: number): boolean {
    const fact = this.space.factOf(variable);
    const kind = this.#catalogue.facts.find((one) => one.fact === fact)?.is.kind;
    return kind !== 'list' && kind !== 'findings';
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

/** Rows that only ever speak for one answer say nothing by not being met. */
const isVeto = (rows: readonly Row[]): boolean => new Set(rows.map(({ answer }) => answer)).size < 2;

const partsOf = ({ when }: Row): readonly LoweredCondition[] => ('all' in when ? when.all : [when]);

const met = ({ when }: Row): Wanted => ({ when, is: 'met' });
const unmet = ({ when }: Row): Wanted => ({ when, is: 'unmet' });

/** `neutrophils below 1.0 10*9/L → wait` */
const wordsOf = ({ when, answer }: Row): string =>
  `${leavesOf(when)
    .map(({ fact, name }) => `${fact} ${name}`)
    .join(' and ')} → ${answer}`;
