import type { PlanView } from '../api/plan-view.schema.ts';
import { clearingLines, evidenceLines } from './reason-text.ts';
import { section, table, when } from './text.ts';

type Choice = PlanView['choices'][number];
type Value = Choice['values'][number];

/** What was chosen; and what is to be chosen, its values side by side. */
export function choiceLines({ choices, timeZone }: Pick<PlanView, 'choices' | 'timeZone'>): string[] {
  const made = choices.flatMap(({ title, chosen }) =>
    chosen ? [[title, chosen.title, BY[chosen.by], when(chosen.at, timeZone)]] : [],
  );
  const open = choices.filter(({ questions }) => questions.length > 0);
  return [
    ...section('Chosen', table(made)),
    ...section(
      'To choose',
      open.flatMap((choice) => openLines(choice, timeZone)),
    ),
  ];
}

const BY = { decision: '', table: 'by its table', unknown: 'while it is not known' } as const;

const openLines = ({ title, roles, questions, table: found, values }: Choice, timeZone: string): string[] => [
  `  ${title} (${roles.join(' and ')}, ${questions.join(', ')})`,
  ...(found?.answer === undefined ? [] : [`    the table answers: ${found.answer}`]),
  ...values.flatMap((value) => valueLines(value, timeZone)),
];

function valueLines(value: Value, timeZone: string): string[] {
  const { value: name, title, offered, finding } = value;
  const why =
    offered === 'offered'
      ? []
      : [...evidenceLines(finding?.evidence ?? [], timeZone), ...clearingLines(finding?.clears ?? [])];
  return [
    `    ${name}: ${title}${offered === 'offered' ? '' : ` (${offered})`}`,
    ...[...shownOf(value), ...why].map((line) => `      ${line}`),
  ];
}

const shownOf = ({ mechanism, benefits, risks, cannot, downtime, cost }: Value): string[] =>
  Object.entries({
    mechanism,
    benefits: benefits?.join(', '),
    risks: risks?.join(', '),
    cannot,
    downtime,
    cost,
  }).flatMap(([what, text]) => (text === undefined ? [] : [`${what}: ${text}`]));
