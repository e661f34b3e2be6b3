import { DATES } from '../model/durations.ts';
import { duration } from './durations.ts';
import { oneOf } from './words.ts';

/** How long a plan stays in an exit: the clinic says it for all of them, a pathway where it differs. */
export const exitTerms = {
  reviewEvery: duration(DATES),
  closesAfter: duration(DATES),
  returnsTo: oneOf(['where it left', 'consultation', 'assessment']),
};
