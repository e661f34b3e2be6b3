import type { PlanView } from '../api/plan-view.schema.ts';
import { clearingLines, evidenceLines } from './reason-text.ts';
import { deadline, section, spanText, table, when } from './text.ts';

type Steered = Pick<PlanView, 'alerts' | 'holds' | 'overrides' | 'releases' | 'timeZone'>;

/** What people should see of a plan, what holds it, and what they have said to it. */
export function steeringLines(plan: Steered): string[] {
  const { timeZone } = plan;
  return [
    ...section('Alerts', table(plan.alerts.map(alertRow))),
    ...section(
      'Held',
      plan.holds.flatMap((hold) => holdLines(hold, plan)),
    ),
    ...section(
      'Set aside',
      plan.overrides.flatMap((override) => overrideLines(override, timeZone)),
    ),
    ...section('Signed away', table(plan.releases.map((release) => releaseRow(release, timeZone)))),
  ];
}

const alertRow = ({ title, status, says, tasks }: PlanView['alerts'][number]): string[] =>
  status === 'blind'
    ? [title, 'blind: its facts are not known']
    : [title, says ?? 'has called', tasks.join(', ')];

const at = ({ stage, area }: { stage: string; area?: string | undefined }): string =>
  area === undefined ? stage : `${stage}, ${area}`;

function holdLines(hold: PlanView['holds'][number], { overrides, timeZone }: Steered): string[] {
  const { area, response, since, evidence, clears } = hold;
  const isSetAside = overrides.some(
    ({ rule, stage, area: of, status }) =>
      status === 'active' && rule === hold.rule && stage === hold.stage && of === area,
  );
  return [
    `  ${holdText(hold)} (${response})${isSetAside ? ', set aside' : ''}, since ${when(since, timeZone)}`,
    ...evidenceLines(evidence, timeZone).map((line) => `    ${line}`),
    ...clearingLines(clears).map((line) => `    ${line}`),
  ];
}

function holdText({ kind, title, area, result }: PlanView['holds'][number]): string {
  const what = area === undefined ? title : `${title}, ${area}`;
  if (result === 'unmet') return `${what}: to be signed away`;
  if (kind === 'eligibility')
    return result === 'met' ? `Not eligible: ${what}` : `Eligibility not known: ${what}`;
  return result === 'met' ? what : `${what}: cannot be ruled out`;
}

function overrideLines(override: PlanView['overrides'][number], timeZone: string): string[] {
  const { id, title, status, answer, by, role, second, reason, note, covers, endsAt } = override;
  const instead = answer === undefined ? '' : `: ${answer}`;
  const signed = second?.by === undefined ? '' : ` and ${second.by} (${second.role})`;
  const waits =
    status === 'requested'
      ? `, waits for the second signature, of the ${second?.role ?? 'second person'}`
      : '';
  const until = covers === 'one gate' ? 'for one gate, until' : 'until';
  return [
    `  ${title}${instead} (${at(override)}), by ${by} (${role})${signed}${waits}`,
    `    ${reason}${note === undefined ? '' : `: ${note}`}`,
    `    ${until} ${deadline(endsAt, timeZone)}; ${id}`,
  ];
}

const releaseRow = (release: PlanView['releases'][number], timeZone: string): string[] => [
  `${release.rule} (${at(release)})`,
  `by ${release.by} (${release.role})`,
  when(release.at, timeZone),
];

/** What was done before the plan or outside it, and whether that is all. */
export function pastLines({
  past,
  otherPlans,
  historyKnownAt,
  timeZone,
}: Pick<PlanView, 'past' | 'otherPlans' | 'historyKnownAt' | 'timeZone'>): string[] {
  const before = past.map(({ procedure, area = '', performedOn, endedOn }) => [
    procedure,
    area,
    spanText(performedOn, endedOn),
  ]);
  const elsewhere = (otherPlans ?? []).map(({ plan, names, areas, performedOn, endedOn }) => [
    names.join(', '),
    areas.join(', '),
    `${spanText(performedOn, endedOn)} in the plan ${plan}`,
  ]);
  const rows = [...before, ...elsewhere];
  const attested =
    historyKnownAt === undefined ? [] : [`  attested as all there was, ${when(historyKnownAt, timeZone)}`];
  return section('Done before', [...table(rows), ...attested]);
}
