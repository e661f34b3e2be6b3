import type { ListedSession, StageDefinition } from '../pathway/compiled.schema.ts';
import type { OnlyFor } from '../pathway/tailoring.schema.ts';
import type { Report } from './issues.ts';
import type { Figures } from './lower-figures.ts';
import { checkOnlyFor, lowerOnlyFor } from './lower-only-for.ts';
import { Refused } from './problem.ts';
import type { SessionList } from './session-list.schema.ts';
import type { Path } from './source.ts';
import type { Stage } from './stage.schema.ts';
import { checkAllKnown, checkKnown, keysOf, type Vocabulary } from './vocabulary.ts';

interface ListPlace {
  readonly path: Path;
  readonly figures: Figures;
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** What is done at a stage: its one procedure at each session, or, of listed sessions, what each of them names. */
export function lowerProcedures(
  { procedure, sessions }: Stage,
  place: ListPlace,
): Pick<StageDefinition, 'procedures' | 'traits' | 'list'> {
  const { path, vocabulary, report } = place;
  const written = sessions?.list;
  if (written) {
    if (procedure !== undefined) report([...path, 'procedure'], TWO_WAYS, 'key');
    const list = lowerList(written, { ...place, path: [...path, 'sessions'] });
    const listed = list.filter((item) => item.kind === 'session');
    return {
      procedures: [...new Set(listed.flatMap(({ procedures }) => procedures))],
      traits: [...new Set(listed.flatMap(({ traits }) => traits))],
      list,
    };
  }
  if (procedure === undefined) {
    const help = 'add `procedure:`, list the sessions, or say how long it `lasts:`';
    report(path, new Refused('CC1011', '`procedure` is missing', help));
    return { procedures: [], traits: [] };
  }
  const { procedures } = vocabulary;
  const known = keysOf(procedures);
  checkKnown('procedure', { name: procedure, known, path: [...path, 'procedure'] }, report);
  return { procedures: [procedure], traits: [...(procedures?.get(procedure) ?? [])] };
}

const TWO_WAYS = new Refused('CC1080', 'each of the listed sessions says what is done at it', 'leave it out');

function lowerList(written: SessionList, place: ListPlace): NonNullable<StageDefinition['list']> {
  const { path, report } = place;
  if (!written.some((item) => 'session' in item))
    report(path, new Refused('CC1080', 'no session is listed', 'add `session:`'));
  else if (written[0] && 'decision' in written[0])
    report(
      [...path, 0, 'decision'],
      new Refused('CC1080', 'no session lies before this decision', FIRST),
      'key',
    );
  const list = written.map((item, index) =>
    'session' in item
      ? lowerSession(item, { ...place, path: [...path, index] })
      : ({ kind: 'decision', decision: item.decision } as const),
  );
  checkForEverybody(
    list.filter((item) => item.kind === 'session'),
    place,
  );
  return list;
}

const FIRST = 'begin with a session; what is decided before the stage is a decision of the course';

function lowerSession(
  {
    session,
    title,
    procedures: names,
    with: figures,
    onlyFor,
    price,
    say,
  }: Extract<SessionList[number], { session: string }>,
  place: ListPlace,
): ListedSession {
  const { path, vocabulary, report } = place;
  const { procedures } = vocabulary;
  checkAllKnown('procedure', { names, known: keysOf(procedures), path: [...path, 'procedures'] }, report);
  if (onlyFor) checkOnlyFor({ names: onlyFor, path: [...path, 'onlyFor'] }, vocabulary, report);
  return {
    kind: 'session',
    session,
    title,
    procedures: names,
    traits: [...new Set(names.flatMap((name) => procedures?.get(name) ?? []))],
    ...(figures ? { with: lowerWith(figures, place) } : {}),
    ...(onlyFor ? { onlyFor: lowerOnlyFor(onlyFor, vocabulary) } : {}),
    ...(price === undefined ? {} : { price }),
    ...(say === undefined ? {} : { say }),
  };
}

/** Figures that are shown whenever the stage, or this session of it, may start. */
export function lowerWith(
  names: string[],
  { path, figures, report }: Pick<ListPlace, 'path' | 'figures' | 'report'>,
): string[] {
  checkAllKnown('figure', { names, known: [...figures.keys()], path: [...path, 'with'] }, report);
  return names;
}

/** More are not tried out one by one. */
const MOST_COMBINATIONS = 1_000;

/** Whatever is chosen, a session is left. */
function checkForEverybody(
  sessions: readonly Pick<ListedSession, 'onlyFor'>[],
  { path, vocabulary, report }: ListPlace,
): void {
  if (sessions.length === 0 || sessions.some(({ onlyFor }) => !onlyFor)) return;
  const named = new Set(sessions.flatMap(({ onlyFor = [] }) => onlyFor.map(({ choice }) => choice)));
  const asked = new Map<string, string[]>();
  for (const [value, choice] of vocabulary.values ?? [])
    if (named.has(choice)) asked.set(choice, [...(asked.get(choice) ?? []), value]);
  // A value of no choice is reported where it stands.
  if (asked.size < named.size) return;
  const empty = combinationsOf(asked).find(
    (chosen) => !sessions.some(({ onlyFor = [] }) => isMeant(onlyFor, chosen)),
  );
  if (!empty) return;
  const values = [...empty.values()].map((value) => `\`${value}\``).join(' and ');
  report(
    path,
    new Refused('CC1081', `with ${values} no session is left`, 'let one of them be for everybody'),
  );
}

const isMeant = (onlyFor: OnlyFor, chosen: ReadonlyMap<string, string>): boolean =>
  onlyFor.every(({ choice, values }) => values.includes(chosen.get(choice) ?? ''));

function combinationsOf(choices: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string>[] {
  let all: ReadonlyMap<string, string>[] = [new Map()];
  for (const [choice, values] of choices)
    all = all.flatMap((chosen) => values.map((value) => new Map([...chosen, [choice, value]])));
  return all.slice(0, MOST_COMBINATIONS);
}
