/** One figure, measured once a round. */
export interface Sampled {
  readonly samples: readonly number[];
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function sampled(samples: readonly number[]): Sampled {
  return { samples, median: median(samples), low: Math.min(...samples), high: Math.max(...samples) };
}

export const median = (values: readonly number[]): number => percentile(values, 50);

/** Nearest rank; with an even count the median is the mean of the two in the middle. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const half = sorted.length / 2;
  if (percent === 50 && Number.isInteger(half)) return (sorted[half - 1]! + sorted[half]!) / 2;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1))]!;
}

/** Least squares: by how much `y` grows for one more of `x`. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const x = mean((point) => point.x);
  const y = mean((point) => point.y);
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return above / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}

export type Figures = Readonly<Record<string, number>>;

/** What both sides of a comparison said, round by round: `ours[i]` and `bare[i]` were measured one after the other. */
export interface Rounds {
  readonly ours: readonly Figures[];
  readonly bare: readonly Figures[];
}

/** A B A B …, so that whatever else the machine does falls on both. */
export async function alternate(
  rounds: number,
  sides: { ours(round: number): Promise<Figures>; bare(round: number): Promise<Figures> },
): Promise<Rounds> {
  const ours: Figures[] = [];
  const bare: Figures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await sides.ours(round));
    bare.push(await sides.bare(round));
  }
  return { ours, bare };
}

export const column = (figures: readonly Figures[], name: string): number[] =>
  figures.map((one) => one[name] ?? Number.NaN);
