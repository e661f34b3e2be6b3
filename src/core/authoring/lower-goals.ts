import { isNeverShorter } from '../model/durations.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { GoalDefinition, ObjectiveDefinition } from '../pathway/goals.schema.ts';
import { refusedAnchor, STANDINGS } from '../pathway/standings.ts';
import { Anchor, type Moment } from '../pathway/work.schema.ts';
import type { WrittenMoment } from './durations.ts';
import type { Goal, Objective, Target } from './goal.schema.ts';
import type { Report } from './issues.ts';
import { lowerCondition } from './lower-condition.ts';
import { didYouMean } from './nearest.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';
import { checkDecider, checkKnown, keysOf, type Vocabulary } from './vocabulary.ts';

interface Place {
  readonly vocabulary: Vocabulary;
  readonly report: Report;
}

/** Whoever leads the team is asked about a goal that names nobody. */
export function lowerGoals(
  { goals = [], team }: Pick<PathwayFile, 'goals' | 'team'>,
  place: Place,
): GoalDefinition[] {
  const { report } = place;
  const seen = { goals: new Set<string>(), objectives: new Set<string>() };
  const [lead = ''] = team;
  return goals.map((written, index) => {
    const path = ['goals', index];
    const { goal, title, say, objectives } = written;
    if (seen.goals.has(goal)) report([...path, 'goal'], taken('goal', goal));
    seen.goals.add(goal);
    checkRole(written, { lead, path, ...place });
    return {
      goal,
      title,
      role: written.role ?? lead,
      ...(say === undefined ? {} : { say }),
      objectives: objectives.flatMap((one, at) => {
        const where = [...path, 'objectives', at];
        if (seen.objectives.has(one.objective))
          report([...where, 'objective'], taken('objective', one.objective));
        seen.objectives.add(one.objective);
        return lowerObjective(one, { ...place, path: where, goal: title }) ?? [];
      }),
    };
  });
}

const taken = (kind: string, name: string): Refused =>
  new Refused('CC1047', `there is a ${kind} \`${name}\` already`);

/** Of a team that a patient leads, nobody is asked by default. */
function checkRole(
  { role }: Goal,
  { lead, path, vocabulary, report }: Place & { readonly lead: string; readonly path: Path },
): void {
  const { roles } = vocabulary;
  if (role !== undefined) checkDecider(role, { roles, path: [...path, 'role'] }, report);
  else if (roles?.includes(lead)) checkDecider(lead, { roles, path: [...path, 'goal'] }, report);
}

type ObjectivePlace = Place & { readonly path: Path; readonly goal: string };

function lowerObjective(written: Objective, place: ObjectivePlace): ObjectiveDefinition | undefined {
  const { objective, title = place.goal, measure, ineffectiveWhen } = written;
  const { vocabulary, path, report } = place;
  const { askables } = vocabulary;
  checkKnown('fact', { name: measure, known: keysOf(askables), path: [...path, 'measure'] }, report);
  const askable = askables?.get(measure);
  if (!askable) return undefined;
  if (!MEASURED.includes(askable.is.kind)) {
    report([...path, 'measure'], new Refused('CC1110', `\`${measure}\` is no measure of a goal`));
    return undefined;
  }
  const onTarget: Report = (_at, refused) => report([...path, 'target'], refused);
  const target = lowerTarget(measure, written.target, { vocabulary, report: onTarget });
  const ofPatient = askable.byArea ? {} : { ofPatient: 'a goal' as const };
  const ineffective =
    ineffectiveWhen &&
    lowerCondition(ineffectiveWhen, { ...place, ...ofPatient, path: [...path, 'ineffectiveWhen'] });
  const [by, from] = (['by', 'from'] as const).map((key) => lowerDay(written[key], key, place));
  checkFrom(written, place);
  if (!target || !by) return undefined;
  return {
    ...{ objective, title, measure, target, by },
    ...(ineffective ? { ineffectiveWhen: ineffective } : {}),
    ...(from ? { from } : {}),
  };
}

/** What can be nearer to a target, or at it: a date only grows older, and of a list nobody says what it comes to. */
const MEASURED: readonly string[] = ['number', 'grade', 'code', 'yes or no'];

export const lowerTarget = (
  measure: string,
  { sentence, test }: Target,
  place: Place,
): LoweredCondition | undefined => lowerCondition({ fact: measure, sentence, test }, { ...place, path: [] });

function lowerDay(written: WrittenMoment | undefined, key: string, { path, report }: ObjectivePlace) {
  const read = written && readDay(written);
  if (!(read instanceof Refused)) return read;
  report([...path, key], read);
  return undefined;
}

/** Sessions are those of the whole plan, and of a series that goes on there is no last one yet. */
export function readDay({ by, after }: WrittenMoment): Moment | Refused {
  const anchor = Anchor.safeParse(after);
  if (!anchor.success)
    return new Refused('CC1050', `no goal is due after \`${after}\``, didYouMean(after, ANCHORS) ?? KNOWN);
  return refusedAnchor({ after: anchor.data }, STANDINGS.goal) ?? { by, after: anchor.data };
}

const ANCHORS = STANDINGS.goal.anchors;
const KNOWN = `known: ${ANCHORS.join(', ')}`;

function checkFrom({ by, from, ineffectiveWhen }: Objective, { path, report }: ObjectivePlace): void {
  if (!from) return;
  if (!ineffectiveWhen) report([...path, 'from'], FROM_ALONE, 'key');
  const isAfter = from.after === by.after && COUNTED.includes(from.by.unit) && COUNTED.includes(by.by.unit);
  if (isAfter && isNeverShorter(from.by, by.by)) report([...path, 'from'], FROM_TOO_LATE);
}

const COUNTED: readonly string[] = ['day', 'week', 'month', 'year'];
const FROM_ALONE = new Refused(
  'CC1069',
  'from when on the effect is looked at says nothing without `ineffectiveWhen`',
  'add `ineffectiveWhen`, or leave it out',
);
const FROM_TOO_LATE = new Refused(
  'CC1069',
  'the effect would be looked at only when the objective is due',
  'name an earlier day, or leave it out: then it is looked at on the day that it is due',
);
