import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Account } from './account.ts';
import { must, same } from './breach.ts';

/** S7: every accepted fact is kept, in order, and nothing else. */
export function everythingIsKept(account: Account, state: PlanState, gatesOpened: number): void {
  adoptUse(account, state);
  const kept = Object.entries(state.observations).flatMap(([fact, all]) =>
    all.map((one) => [fact, one.area, one.value, one.unit, one.source, one.observedAt, one.event, one.step]),
  );
  const told = [...account.told].flatMap(([fact, all]) =>
    all.map((one) => [fact, one.area, one.value, one.unit, one.source, one.observedAt, one.event, one.step]),
  );
  must(
    same(kept.map(wordOf).sort(), told.map(wordOf).sort()),
    'S7: every accepted observation is kept once, corrected where it was corrected',
  );
  must(
    same(
      state.consents.map(({ form, by, signedOn, usedFor, withdrawnAt }) =>
        wordOf([form, by, signedOn, usedFor, withdrawnAt !== undefined]),
      ),
      account.consents.all.map(({ form, by, signedOn, usedFor, isWithdrawn }) =>
        wordOf([form, by, signedOn, usedFor, isWithdrawn]),
      ),
    ),
    'S7: every consent is kept once, as used or withdrawn as it is',
  );
  must(
    same(
      state.performed.map((one) =>
        wordOf([
          one.stage,
          one.performedOn,
          one.endedOn ?? one.performedOn,
          one.areas,
          one.deviation,
          one.counts,
          one.round,
        ]),
      ),
      account.reports.map((one) =>
        wordOf([one.stage, one.start, one.end, one.areas, one.isDeviation, one.counts, one.round]),
      ),
    ),
    'S7: every report is kept once, as what it was found to be',
  );
  must(
    same(
      state.past.map(({ procedure, performedOn, endedOn, area }) =>
        wordOf([procedure, performedOn, endedOn ?? performedOn, area === undefined ? [] : [area]]),
      ),
      account.past.map(({ procedures: [procedure], start, end, areas }) =>
        wordOf([procedure, start, end, areas]),
      ),
    ),
    'S7: what was done before is kept once',
  );
  must(
    state.historyKnownAt === account.historyKnownAt,
    'S7: the history is known since somebody attested it',
  );
  must(state.gates.length === gatesOpened, 'S7: every gate that opened is kept');
}

const wordOf = (parts: readonly unknown[]): string => JSON.stringify(parts);

/** Whose signature was used, where it depends on the age of a patient, the plan says. */
function adoptUse({ consents, terms }: Account, state: PlanState): void {
  const forms = terms.compiled.stages.flatMap(({ consent }) =>
    consent?.orGuardianBelow ? [consent.form] : [],
  );
  for (const [index, one] of consents.all.entries())
    if (forms.includes(one.form)) one.usedFor = state.consents[index]?.usedFor;
}
