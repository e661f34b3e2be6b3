import { cpus, totalmem } from 'node:os';
import { column, median, type Rounds, type Sampled, sampled } from './statistics.ts';

/** A goal, and on which figure it stands. `ratio` is always ours ÷ bare. */
export interface Goal {
  readonly of: 'ratio' | 'ours';
  readonly is: 'at most' | 'at least';
  readonly limit: number;
  /** An absolute figure only advises: the machines are shared. */
  readonly binds: boolean;
}

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: Sampled;
  readonly bare?: Sampled;
  /** Median of the rounds' own ratios. */
  readonly ratio?: number;
  readonly goals: readonly (Goal & { readonly isMet: boolean })[];
}

export interface MeasureReport {
  readonly id: string;
  readonly title: string;
  /** The work that both sides did. */
  readonly work: string;
  /** What stands for "bare". */
  readonly bare: string;
  readonly rounds: number;
  readonly rows: readonly Row[];
  /** Checks of what was done: `true` where all is well, otherwise what is wrong. */
  readonly checks: Readonly<Record<string, true | string>>;
  readonly details?: unknown;
  readonly notMeasured: readonly string[];
}

export const ratioAtMost = (limit: number): Goal => ({ of: 'ratio', is: 'at most', limit, binds: true });
export const ratioAtLeast = (limit: number): Goal => ({ of: 'ratio', is: 'at least', limit, binds: true });
export const atMost = (limit: number): Goal => ({ of: 'ours', is: 'at most', limit, binds: false });

export interface RowSpec {
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly goals?: readonly Goal[];
}

/** One row for each named figure; a figure that only we have is a row without a peer. */
export function rowsOf(rounds: Rounds, specs: readonly RowSpec[]): Row[] {
  return specs.map((spec) => rowOf(rounds, spec));
}

function rowOf({ ours, bare }: Rounds, { name, what, unit, goals = [] }: RowSpec): Row {
  const mine = column(ours, name);
  const peers = column(bare, name);
  const hasPeer = peers.length > 0 && !peers.some(Number.isNaN);
  const ratio = hasPeer ? median(mine.map((value, round) => value / peers[round]!)) : undefined;
  return {
    what,
    unit,
    ours: sampled(mine),
    ...(hasPeer ? { bare: sampled(peers) } : {}),
    ...(ratio === undefined ? {} : { ratio }),
    goals: goals.map((goal) => ({ ...goal, isMet: isMet(goal, goal.of === 'ratio' ? ratio : median(mine)) })),
  };
}

const isMet = ({ is, limit }: Goal, value: number | undefined): boolean =>
  value !== undefined && (is === 'at most' ? value <= limit : value >= limit);

export interface Machine {
  readonly cpus: number;
  readonly model: string;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
}

export const machine = (): Machine => ({
  cpus: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
});

export function markdownOf(reports: readonly MeasureReport[]): string {
  const lines = [
    '| # | measure | ours: median (low–high) | bare: median (low–high) | ratio | goal | met |',
    '|---|---|---|---|---|---|---|',
  ];
  for (const { id, rows } of reports) {
    for (const { what, unit, ours, bare, ratio, goals } of rows) {
      const met = goals.map(({ isMet: is, binds }) => (is ? 'yes' : binds ? '**no**' : 'no (advises)'));
      const cells = [
        id,
        what,
        spread(ours, unit),
        bare ? spread(bare, unit) : '',
        ratio ? figure(ratio) : '',
      ];
      lines.push(`| ${[...cells, goals.map(goalText(unit)).join('; '), met.join('; ')].join(' | ')} |`);
    }
  }
  return lines.join('\n');
}

const goalText =
  (unit: string) =>
  ({ of, is, limit }: Goal): string =>
    `${is === 'at most' ? '≤' : '≥'} ${of === 'ratio' ? `${figure(limit)}×` : `${limit} ${unit}`}`;

const spread = ({ median: middle, low, high }: Sampled, unit: string): string =>
  `${figure(middle)} ${unit} (${figure(low)}–${figure(high)})`;

/** Three digits that count. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  if (size >= 100) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(2);
}
