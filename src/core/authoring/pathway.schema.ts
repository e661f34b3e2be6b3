import type { z } from 'zod';
import { Alongside } from './alongside.schema.ts';
import { areaChoice } from './area-choice.ts';
import { Charges } from './charges.schema.ts';
import { Choice } from './choice.schema.ts';
import { Decision, NamedDecision } from './decision.schema.ts';
import { exitTerms } from './exit-terms.ts';
import { Figure } from './figure.schema.ts';
import { Goal } from './goal.schema.ts';
import { OwnInterval } from './interval.schema.ts';
import { version } from './rule-words.ts';
import { Task } from './task.schema.ts';
import { CourseItem } from './track.schema.ts';
import { group, list, name, text } from './words.ts';

/** The work of a phase before the course, and what has to be decided in it. */
const Beginning = group({ tasks: list(Task).optional(), decisions: list(Decision).optional() });

const Exit = group({
  reviewEvery: exitTerms.reviewEvery.optional(),
  closesAfter: exitTerms.closesAfter.optional(),
  returnsTo: exitTerms.returnsTo.optional(),
  tasks: list(Task).optional(),
});

const NOBODY_RETURNS = 'nothing returns from there, and nobody looks at whether it does: leave it out';

/** From the two others nothing returns. */
const Exits = group(
  {
    'further-evaluation': Exit.optional(),
    conservative: Exit.optional(),
    referral: Exit.optional(),
    postponement: Exit.optional(),
  },
  [],
  { declined: NOBODY_RETURNS, cancelled: NOBODY_RETURNS },
);

export const PathwayFile = group({
  pathway: name(),
  version,
  title: text(200),
  uses: list(text()),
  team: list(text()),
  areas: group({ treatment: areaChoice, donor: areaChoice.optional() }).optional(),
  choices: list(Choice).optional(),
  consultation: Beginning,
  assessment: Beginning.optional(),
  course: list(CourseItem),
  decisions: list(NamedDecision).optional(),
  intervals: list(OwnInterval).optional(),
  alongside: list(Alongside).optional(),
  exits: Exits.optional(),
  figures: list(Figure).optional(),
  goals: list(Goal).optional(),
  charges: Charges.optional(),
});
export type PathwayFile = z.infer<typeof PathwayFile>;
