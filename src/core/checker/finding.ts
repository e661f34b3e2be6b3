import type { Path } from '../authoring/source.ts';
import type { Code } from '../model/codes.ts';

/** What a finding is about: an item of the files by its kind and its name, and where below it. */
export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly path?: Path;
}

/** Something that the files say, and cannot mean. */
export interface Finding {
  readonly code: Code;
  /** `warning`: it runs, and somebody should look. `note`: how it is, for whoever wants to know. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly at: Subject;
  readonly says: string;
  /** Absent: the code's remedy holds. */
  readonly help?: string;
  /** A patient, or what happens one after the other, for whom it goes wrong. */
  readonly example?: readonly string[];
}

/** What one of the checks found, and how much it looked at. */
export interface Looked {
  readonly findings: readonly Finding[];
  readonly explored: readonly string[];
}

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
