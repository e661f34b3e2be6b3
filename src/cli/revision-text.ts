import type { PlanView } from '../api/plan-view.schema.ts';
import { section, when } from './text.ts';

/** What this plan has otherwise than its pathway, and who made it so. */
export const revisionLines = ({
  differs,
  revisions,
  timeZone,
}: Pick<PlanView, 'differs' | 'revisions' | 'timeZone'>): string[] => [
  ...section(
    'Otherwise than its pathway',
    differs.map((one) => `  ${one}`),
  ),
  ...section(
    'Versions of this plan',
    revisions.flatMap(({ number, at, by, reason, says }) => [
      `  ${number}, by ${by}, ${when(at, timeZone)}: ${reason}`,
      ...says.map((one) => `    ${one}`),
    ]),
  ),
];
