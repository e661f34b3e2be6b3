import type { Explanation, JournalLine, PlanSummary, PlanView } from '../api/plan-view.schema.ts';
import { careLines } from './care-text.ts';
import { chargeLines } from './charge-text.ts';
import { choiceLines } from './choice-text.ts';
import { courseLines, leaveLines } from './course-text.ts';
import { figureLines } from './figure-text.ts';
import { goalLines } from './goal-text.ts';
import { questionLines } from './question-text.ts';
import { reasonLines, valueText } from './reason-text.ts';
import { revisionLines } from './revision-text.ts';
import { pastLines, steeringLines } from './steering-text.ts';
import { dayText, deadline, section, spanText, table, when } from './text.ts';
import { appointmentLines } from './window-text.ts';
import { askedTwiceRows, waitRows } from './work-text.ts';

export function planText(plan: PlanView): string {
  const { timeZone, pathway, wakeAt, observations } = plan;
  const level = plan.escalation > 0 ? `, escalation ${plan.escalation}` : '';
  const version = plan.version > 1 ? ` (version ${plan.version} of this plan)` : '';
  const facts = (isFlagged: boolean): string[] =>
    table(observations.filter(({ flag }) => flag === isFlagged).map((one) => factRow(one, timeZone)));
  return [
    `${plan.planId}: ${pathway.title} ${pathway.version}${version}, ${plan.status}${level}`,
    `patient ${plan.patient}, in ${plan.phase} since ${when(plan.since, timeZone)} (${timeZone})`,
    ...Object.entries(plan.areas).map(([role, sites]) => `${role}: ${sites.join(', ')}`),
    ...beginningLines(plan),
    ...leaveLines(plan),
    ...section('For everyone to see', facts(true)),
    ...section('Waiting for', table(waitRows(plan))),
    ...section('Asked for twice: one would do', table(askedTwiceRows(plan))),
    ...careLines(plan),
    ...steeringLines(plan),
    ...questionLines(plan),
    ...choiceLines(plan),
    ...goalLines(plan),
    ...courseLines(plan),
    ...figureLines(plan),
    ...chargeLines(plan),
    ...revisionLines(plan),
    ...section('Facts', facts(false)),
    ...section('Consents', table(plan.consents.map((consent) => consentRow(consent, timeZone)))),
    ...section('Performed', table(plan.performed.map(performedRow))),
    ...pastLines(plan),
    ...section('Done', table(doneRows(plan))),
    '',
    `step ${plan.sequence}${wakeAt === null ? '' : `; looks again by itself ${when(wakeAt, timeZone)}`}`,
  ].join('\n');
}

/** How it came to be here, where it did not simply start. */
function beginningLines({ intent, broughtIn, timeZone }: PlanView): string[] {
  const prescribed = intent === 'plan' ? ['prescribed only: nothing of it is carried out here'] : [];
  if (!broughtIn) return prescribed;
  const { at, by, events } = broughtIn;
  return [...prescribed, `brought in by ${by} ${when(at, timeZone)}, with ${events} events of its past`];
}

export function factRow(observation: PlanView['observations'][number], timeZone: string): string[] {
  const { fact, area, value, unit, sentAs, source = '', observedAt, cause = '' } = observation;
  const name = area === undefined ? fact : `${fact}, ${area}`;
  if (value === undefined) return [name, cause];
  const notes = [cause, sentAs === undefined ? '' : `sent as ${valueText(sentAs.value, sentAs.unit)}`];
  return [
    name,
    valueText(value, unit),
    source,
    observedAt === undefined ? '' : when(observedAt, timeZone),
    notes.filter(Boolean).join('; '),
  ];
}

export function performedRow({
  stage,
  session = '',
  performedOn,
  endedOn,
  areas,
  deviation,
  counts,
  round,
}: PlanView['performed'][number]) {
  const notes = [
    session,
    round === 1 ? '' : `round ${round}`,
    deviation ? 'protocol deviation' : '',
    counts ? '' : 'too early to count',
  ];
  return [stage, spanText(performedOn, endedOn), areas.join(', '), notes.filter(Boolean).join(', ')];
}

export const consentRow = (
  { form, by, signedOn, withdrawnAt, usedFor }: PlanView['consents'][number],
  timeZone: string,
): string[] => [
  form,
  `by the ${by}`,
  dayText(signedOn),
  withdrawnAt === undefined
    ? usedFor === undefined
      ? ''
      : `used for ${usedFor}`
    : `withdrawn ${when(withdrawnAt, timeZone)}`,
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

/** The main course first, and then each track beside it. */
export const explanationText = ({ planId, tracks, ...main }: Explanation, timeZone: string): string =>
  [
    ...lineText(planId, main, timeZone),
    ...tracks.flatMap(({ title, ...track }) => ['', ...lineText(title, track, timeZone)]),
  ].join('\n');

type Line = Pick<Explanation, 'phase' | 'gate' | 'findings'>;

function lineText(who: string, { phase, gate, findings }: Line, timeZone: string): string[] {
  const head = `${who} is in ${phase}.`;
  if (!gate) return [head, 'No gate is ahead.'];
  const before = gate.before.map(({ task, title, role }) => [role, title, task]);
  const undecided = gate.undecided.map(({ question, title, roles }) => [roles.join(', '), title, question]);
  const ruledOut = (kind: 'contraindication' | 'eligibility'): string[] =>
    findings
      .filter((one) => one.kind === kind && one.result === 'unmet')
      .map(({ title, area }) => `  ${title}${area === undefined ? '' : `, ${area}`}`);
  return [
    head,
    verdictText(gate),
    ...section('Appointment', [...bookedLines(gate), ...appointmentLines(gate.window)]),
    ...section('To be done before', table(before)),
    ...section('To be decided before', table(undecided)),
    ...section(gate.isReached ? 'Reasons' : 'It would stay closed now', reasonLines(gate.reasons, timeZone)),
    ...section(
      'Answered',
      gate.table?.answer === undefined ? [] : [`  ${gate.table.title}: ${gate.table.answer}`],
    ),
    ...section('Eligible', ruledOut('eligibility')),
    ...section('Ruled out', ruledOut('contraindication')),
  ];
}

type Gate = NonNullable<Explanation['gate']>;

function verdictText({ stage, of, title, isOpen, isReached }: Gate): string {
  const what = of === 'prep' ? `Prep of ${title}` : title;
  if (isOpen) return `${what} may start now.`;
  if (isReached) return `${what} may not start:`;
  return `The next gate is ${stage} (${what}).`;
}

const bookedLines = ({ bookedOn }: Gate): string[] =>
  bookedOn === undefined ? [] : [`  booked for ${dayText(bookedOn)}`];
