import type { Severity } from '../../core/authoring/problem.ts';
import type { Terminal } from '../terminal.ts';

const STYLES = { error: 31, warning: 33, note: 36, good: 32, quiet: 2, strong: 1 } as const;

export type Paint = (style: keyof typeof STYLES | Severity, text: string) => string;

/** Only for eyes: not into files or other programs, and not for whoever asks for none (NO_COLOR). */
export const paintFor = ({ env, isForEyes = false }: Terminal): Paint =>
  isForEyes && !env.NO_COLOR
    ? (style, text) => `\u001b[${STYLES[style]}m${text}\u001b[0m`
    : (_style, text) => text;
