import type { Step } from '../../../src/core/plan/step.ts';
import { must } from './breach.ts';
import type { Heard } from './hearing.ts';

const CODES = [
  'gate-not-opened',
  'gate-closed-that-day',
  'too-early',
  'evidence-changed',
  'needs-not-met',
  'report-withdrawn',
];

/** What was done otherwise than the pathway allows is recorded, with its cause, and looked at by somebody. */
export function lookAtDeviations(
  { least, most }: Heard,
  { journal, state }: Step,
  saw: (what: string) => void,
): void {
  const raised = journal.filter(({ kind }) => kind === 'deviation.raised');
  must(
    least <= raised.length && raised.length <= most,
    () => `deviations: ${raised.length} raised, and ${least} to ${most} are due`,
  );
  if (raised.length === 0) return;
  saw('deviation');
  for (const { details } of raised) {
    const { code } = details;
    must(
      CODES.some((one) => one === code),
      () => `a deviation says its cause: ${code}`,
    );
    saw(`deviation: ${code}`);
  }
  const asked = Object.entries(state.tasks).filter(
    ([id, { status }]) => status === 'requested' && id.startsWith('plan/deviation'),
  );
  must(asked.length > 0, 'S6: a deviation is looked at by somebody');
}
