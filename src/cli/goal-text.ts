import type { PlanView } from '../api/plan-view.schema.ts';
import { valueText } from './reason-text.ts';
import { deadline, section, table, when } from './text.ts';

type Goal = PlanView['goals'][number];
type Objective = Goal['objectives'][number];

/** What the plan is for, how far it has come, and what was left behind on the way. */
export function goalLines({
  goals,
  outcomes,
  timeZone,
}: Pick<PlanView, 'goals' | 'outcomes' | 'timeZone'>): string[] {
  return [
    ...goals.flatMap((goal) =>
      section(headOf(goal), [
        ...table(goal.objectives.map((objective) => objectiveRow(objective, timeZone))),
        ...goal.barriers.map(
          ({ text, at, isOpen }) =>
            `  in its way since ${when(at, timeZone)}: ${text}${isOpen ? '' : ' (talked over)'}`,
        ),
      ]),
    ),
    ...section('Documented', table(outcomes.map((outcome) => outcomeRow(outcome, timeZone)))),
  ];
}

const headOf = ({ title, priority, lifecycle }: Goal): string => {
  const notes = [lifecycle === 'active' ? '' : lifecycle, priority ? `${priority.is} priority` : ''];
  const told = notes.filter(Boolean).join(', ');
  return `Goal: ${title}${told === '' ? '' : ` (${told})`}`;
};

function objectiveRow(objective: Objective, timeZone: string): string[] {
  const { objective: name, area, measure, target, dueAt, timing, progress, cause = '' } = objective;
  const { achievement, concern, baseline, latest } = objective;
  const said = [achievement, timing ?? '', concern ?? ''].filter(Boolean).join(', ');
  const first = baseline && latest && baseline.observedAt !== latest.observedAt ? baseline : undefined;
  return [
    area === undefined ? name : `${name}, ${area}`,
    said,
    progress === undefined ? '' : `${progress} %`,
    `${measure} ${target}${dueAt === undefined ? '' : ` by ${deadline(dueAt, timeZone)}`}`,
    [latest && measured('now', latest, timeZone), first && measured('at first', first, timeZone), cause]
      .filter(Boolean)
      .join('; '),
  ];
}

const measured = (
  word: string,
  { value, unit, observedAt }: NonNullable<Objective['latest']>,
  timeZone: string,
): string => (value === undefined ? '' : `${word} ${valueText(value, unit)} (${when(observedAt, timeZone)})`);

const outcomeRow = (
  { title, outcome = '', stage = '', at, references }: PlanView['outcomes'][number],
  timeZone: string,
): string[] => [stage, title, outcome, when(at, timeZone), references.join(', ')];
