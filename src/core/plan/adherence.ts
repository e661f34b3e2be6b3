import type { EventOf } from '../model/event.schema.ts';
import { LIMITS } from '../model/limits.ts';
import type { AdherenceReport } from './care.schema.ts';
import type { Draft } from './draft.ts';
import { askAPerson } from './outside.ts';

/**
 * How home care is kept to. So many reports of `some` or `none` in a row, by their days and not by when they came, are a
 * setback that somebody is asked to look at: while it is early.
 */
export function recordAdherence(draft: Draft, { data }: EventOf<'adherence.recorded'>): undefined {
  const { care, from, to = from, done, note } = data;
  const { adherence } = draft.state;
  const report: AdherenceReport = {
    ...{ from, to, done, by: draft.event.actor.id, at: draft.now },
    ...(note === undefined ? {} : { note }),
  };
  const known = Object.hasOwn(adherence, care) ? (adherence[care] ?? []) : [];
  // Told again of the same days, it is what was told last.
  const others = known.filter((one) => one.from !== from || one.to !== to);
  const all = [...others, report].toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  const kept = all.slice(-LIMITS.adherencePerCare);
  draft.state = { ...draft.state, adherence: { ...adherence, [care]: kept } };
  askAboutSetback(draft, care, { kept, report });
}

const orderOf = ({ to, from }: AdherenceReport): string => `${to} ${from}`;

export const isPoor = ({ done }: Pick<AdherenceReport, 'done'>): boolean =>
  done === 'some' || done === 'none';

function askAboutSetback(
  draft: Draft,
  care: string,
  { kept, report }: { readonly kept: readonly AdherenceReport[]; readonly report: AdherenceReport },
): void {
  const definition = draft.pathway.care.find((one) => one.care === care);
  if (!definition) return;
  const { title, setback } = definition;
  const last = kept.slice(-setback.after);
  if (last.length < setback.after || !last.includes(report) || !last.every(isPoor)) return;
  const days = last.map(({ from, to, done }) => `${from === to ? from : `${from} to ${to}`}: ${done}`);
  askAPerson(draft, `adherence-${care}`, {
    title: `Hardly kept to: ${title}`,
    role: setback.ask,
    within: setback.within,
    says: `${title} is hardly kept to (${days.join('; ')}). Ask the patient what stands in the way.`,
  });
}
