import { z } from 'zod';
import { Name } from '../core/model/primitives.schema.ts';
import { Finding, TableFinding } from '../core/model/verdict.schema.ts';
import { ChoiceDefinition, ChoiceValue } from '../core/pathway/tailoring.schema.ts';
import { Chosen } from '../core/plan/tailored.schema.ts';

/** One thing that can be chosen, to be shown beside the others. */
export const ValueView = z.strictObject({
  ...ChoiceValue.omit({ offeredWhen: true }).shape,
  offered: z.enum(['offered', 'not offered', 'not yet']).describe('Not yet: it is not known.'),
  says: z.string().optional().describe('Why it is not offered, or what it needs.'),
  finding: Finding.optional().describe('What that rests on; absent: it is offered to everybody.'),
});

/** What is chosen for a patient, or still to be. */
export const ChoiceView = z.strictObject({
  ...ChoiceDefinition.pick({ choice: true, title: true, made: true }).shape,
  chosen: z
    .strictObject({ title: z.string(), ...Chosen.omit({ earlier: true }).shape })
    .optional()
    .describe('Absent: it is not made yet.'),
  questions: z.array(z.string()).describe('The open questions by which it is made, or made again.'),
  roles: z.array(Name).describe('Whom those ask.'),
  table: TableFinding.optional().describe('What its table answers now.'),
  values: z.array(ValueView),
});
export type ChoiceView = z.infer<typeof ChoiceView>;
