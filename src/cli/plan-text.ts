import type { Explanation, JournalLine, PlanSummary, PlanView } from '../api/plan-view.schema.ts';
import { clearingLines, evidenceText, reasonLines } from './reason-text.ts';
import { dayText, deadline, section, table, when } from './text.ts';

export function planText(plan: PlanView): string {
  const { timeZone, pathway, wakeAt } = plan;
  const level = plan.escalation > 0 ? `, escalation ${plan.escalation}` : '';
  return [
    `${plan.planId}: ${pathway.title} ${pathway.version}, ${plan.status}${level}`,
    `patient ${plan.patient}, in ${plan.phase} since ${when(plan.since, timeZone)} (${timeZone})`,
    ...section('Waiting for', table(waitRows(plan))),
    ...section(
      'Held',
      plan.holds.flatMap((hold) => holdLines(hold, timeZone)),
    ),
    ...section('Facts', table(factRows(plan))),
    ...section('Consents', table(plan.consents.map((consent) => consentRow(consent, timeZone)))),
    ...section(
      'Performed',
      table(
        plan.performed.map(({ stage, performedOn, deviation }) => [
          stage,
          dayText(performedOn),
          deviation ? 'protocol deviation' : '',
        ]),
      ),
    ),
    ...section('Done', table(doneRows(plan))),
    '',
    `step ${plan.sequence}${wakeAt === null ? '' : `; looks again by itself ${when(wakeAt, timeZone)}`}`,
  ].join('\n');
}

const waitRows = ({ waits, timeZone }: PlanView): string[][] =>
  waits.map(({ id, title, owner, dueAt }) => [owner, `due ${deadline(dueAt, timeZone)}`, title, id]);

function holdLines(hold: PlanView['holds'][number], timeZone: string): string[] {
  const { title, result, response, since, evidence, clears } = hold;
  const says = result === 'met' ? title : `${title}: cannot be ruled out`;
  return [
    `  ${says} (${response}), since ${when(since, timeZone)}`,
    ...evidence.map((leaf) => `    ${evidenceText(leaf, timeZone)}`),
    ...clearingLines(clears).map((line) => `    ${line}`),
  ];
}

const factRows = ({ observations, timeZone }: PlanView): string[][] =>
  observations.map(({ fact, value, unit, source = '', observedAt, cause = '' }) => [
    fact,
    [Array.isArray(value) ? value.join(', ') : String(value ?? ''), unit].filter(Boolean).join(' '),
    source,
    observedAt === undefined ? '' : when(observedAt, timeZone),
    cause,
  ]);

const consentRow = (
  { form, by, signedOn, withdrawnAt }: PlanView['consents'][number],
  timeZone: string,
): string[] => [
  form,
  `by the ${by}`,
  dayText(signedOn),
  withdrawnAt === undefined ? '' : `withdrawn ${when(withdrawnAt, timeZone)}`,
];

const doneRows = ({ tasks, timeZone }: PlanView): string[][] =>
  tasks
    .filter(({ status }) => status !== 'requested')
    .map(({ id, title, status, completedAt }) => [
      title,
      completedAt === undefined ? status : when(completedAt, timeZone),
      id,
    ]);

export function listText(items: readonly PlanSummary[], timeZone: string): string {
  if (items.length === 0) return 'No plans.';
  const rows = items.map(({ planId, pathway, status, phase, nextDueAt, escalation, holds }) => [
    planId,
    pathway,
    status,
    phase,
    nextDueAt === null ? '' : deadline(nextDueAt, timeZone),
    escalation === 0 ? '' : String(escalation),
    holds.join(', '),
  ]);
  return table([['plan', 'pathway', 'status', 'phase', 'next due', 'level', 'holds'], ...rows], '').join(
    '\n',
  );
}

export function journalText(items: readonly JournalLine[], timeZone: string): string {
  if (items.length === 0) return 'Nothing after that.';
  return table(
    items.map(({ sequence, at, actor, kind, says }) => [
      String(sequence),
      when(at, timeZone),
      actor.id,
      kind,
      says,
    ]),
    '',
  ).join('\n');
}

export function explanationText({ planId, phase, gate, findings }: Explanation, timeZone: string): string {
  const head = `${planId} is in ${phase}.`;
  if (!gate) return `${head}\nNo gate is ahead.`;
  const verdict = gate.isOpen
    ? `${gate.title} may start now.`
    : gate.isReached
      ? `${gate.title} may not start:`
      : `The next gate is ${gate.stage} (${gate.title}).`;
  const before = gate.before.map(({ task, title, role }) => [role, title, task]);
  const others = findings.filter(({ result }) => result === 'unmet').map(({ title }) => `  ${title}`);
  return [
    head,
    verdict,
    ...section('To be done before', table(before)),
    ...section(gate.isReached ? 'Reasons' : 'It would stay closed now', reasonLines(gate.reasons, timeZone)),
    ...section('Ruled out', others),
  ].join('\n');
}
