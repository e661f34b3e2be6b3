import type { Accepted, PlanView } from '../api/plan-view.schema.ts';
import { section, table, when } from './text.ts';

/** What may differ from patient to patient, as it is for this one. */
export const figureLines = ({ figures, timeZone }: PlanView): string[] =>
  section('Figures', table(figures.map((figure) => figureRow(figure, timeZone))));

type Figure = PlanView['figures'][number];

function figureRow(figure: Figure, timeZone: string): string[] {
  const { title, levels, limit, set, adjust, source = '' } = figure;
  const terms = adjust && `the ${adjust.by.join(' or the ')} may set it: ${adjust.to}`;
  const notes = [
    set && `set by ${set.by}, ${when(set.at, timeZone)}${set.because ? `: ${set.because}` : ''}`,
    limit && `at most ${limit} from now on`,
    terms ?? (levels ? `of ${levels.join(', ')}` : ''),
    source,
  ];
  return [title, valueText(figure), notes.filter(Boolean).join('; ')];
}

const valueText = ({ value, for: span, lasting }: Figure): string =>
  value === undefined
    ? 'not known before its choice is made'
    : span
      ? `${value} ${span}, else ${lasting}`
      : value;

/** The figures of what may start now. */
export const shownLines = ({ figures = [] }: Accepted): string[] =>
  figures.map(
    ({ title, value, for: span }) =>
      `  ${title}: ${value ?? 'not known before its choice is made'}${span ? `, ${span}` : ''}`,
  );
