import type { Actor } from '../model/actor.schema.ts';
import type { SentFigure } from '../model/event.schema.ts';
import type { Instant } from '../model/primitives.schema.ts';
import { isAllowed, kindOf, readAs, textOf } from '../pathway/figure-values.ts';
import type { FigureDefinition, FigureValue } from '../pathway/figures.schema.ts';
import type { Pathway } from '../pathway/pathway.ts';
import { type Border, listed, type Rejection } from './border.ts';
import type { PlanState } from './plan-state.schema.ts';
import type { FigureSet } from './tailored.schema.ts';

/** What a figure is set to for one patient: by whom its pathway names, within what it allows. */

type Sent = Readonly<Record<string, SentFigure>>;

const wrong = (says: string): Rejection => ({ code: 'CC3012', says });

/** @returns the first that cannot be set, or not so, or not by this person */
export function admitFigures(sent: Sent, actor: Actor, { pathway }: Border): Rejection | undefined {
  for (const [name, one] of Object.entries(sent)) {
    const figure = pathway.figures.find((known) => known.figure === name);
    const known = pathway.figures.map((known) => known.figure);
    const problem = figure
      ? admitFigure(figure, one, actor)
      : wrong(`This pathway has no figure ${name}; it has: ${listed(known)}.`);
    if (problem) return problem;
  }
  return undefined;
}

function admitFigure(figure: FigureDefinition, sent: SentFigure, actor: Actor): Rejection | undefined {
  const { title, adjust } = figure;
  if (!adjust) return wrong(`${title} is the same for every patient: nobody sets it.`);
  if (!adjust.by.some((role) => actor.roles.includes(role))) {
    const says = `${title} is set by the ${adjust.by.join(' or the ')}; ${actor.id} is ${actor.roles.join(', ')}.`;
    return { code: 'CC2018', says };
  }
  const { value, because } = partsOf(sent);
  const read = readAs(kindOf(figure), value);
  if (!read || !isAllowed(figure, read))
    return wrong(`${title} can be ${allowedText(figure)}, not ${value}.`);
  return adjust.because && !because?.trim()
    ? wrong(`${title} is set only with a reason: send it as { value, because }.`)
    : undefined;
}

const partsOf = (sent: SentFigure): Exclude<SentFigure, string | number> =>
  typeof sent === 'object' ? sent : { value: sent };

/** All that a figure may be set to, in words. */
export function allowedText({ is, oneOf, adjust }: FigureDefinition): string {
  if ('levels' in is) return `one of ${is.levels.join(', ')}`;
  if (oneOf) return `one of ${oneOf.map(textOf).join(', ')}`;
  const { from, to } = adjust ?? {};
  return from && to ? `${textOf(from)} to ${textOf(to)}` : 'nothing else';
}

/** What was set, of what the border has let in. */
export function figuresSet(
  pathway: Pathway,
  sent: Sent,
  { by, at }: { readonly by: string; readonly at: Instant },
): PlanState['figures'] {
  const set = Object.entries(sent).flatMap(([name, one]): [string, FigureSet][] => {
    const value = valueSent(pathway, name, one);
    const { because } = partsOf(one);
    return value ? [[name, { value, by, at, ...(because === undefined ? {} : { because }) }]] : [];
  });
  return Object.fromEntries(set);
}

/** The plan's first state is made before the border looks at what was sent. */
function valueSent(pathway: Pathway, name: string, sent: SentFigure): FigureValue | undefined {
  const figure = pathway.figures.find((known) => known.figure === name);
  return figure && readAs(kindOf(figure), partsOf(sent).value);
}
