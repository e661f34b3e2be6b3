import type { Refused } from '../model/refused.ts';
import { readName } from '../model/sentences.ts';
import { ENDS } from './chart.ts';
import { ExitName } from './exit-name.schema.ts';

/** A course is a list of stages and decisions, and a plan stands in one of them by its name, or in one of these. */
const STATES = [
  ...['waiting', 'consultation', 'assessment', 'ready', 'prep', 'procedure', 'session', 'closure'],
  ...['recovery', 'reassessment', 'period', 'decision', 'maintenance', 'course', 'done', 'plan'],
  ...ExitName.options,
  ...ENDS,
];

/** The name of a stage or of a decision. */
export const readPlaceName = (text: string): string | Refused => readName(text, STATES);
