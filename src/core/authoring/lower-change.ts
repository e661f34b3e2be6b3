import type { Action, Ending, OnTheWay } from '../pathway/decisions.schema.ts';
import { isOnTheWay } from '../pathway/on-the-way.ts';
import type { WrittenAction, WrittenChange } from './actions.ts';
import type { ActionPlace } from './lower-action.ts';
import { figureOf } from './lower-figures.ts';
import { didYouMean } from './nearest.ts';
import { Refused } from './problem.ts';
import type { Path } from './source.ts';

type Place = Pick<ActionPlace, 'path' | 'asker' | 'figures' | 'report'>;
type LowerChain = (written: WrittenAction, path: Path) => Action;

/** What changes a figure in levels: one step of an action, or of several limits as many. */
export function lowerChange(written: WrittenChange, place: Place, chain: LowerChain): OnTheWay[] {
  const span = written.for ? { for: written.for } : {};
  if (written.for) checkSession(place);
  if (written.do === 'limit')
    return Object.entries(written.levels).map(([figure, level]) => {
      checkLimit(figure, level, place);
      return { do: 'limit', figure, level, ...span };
    });
  const { figure } = written;
  const path = [...place.path, written.do];
  figureOf(figure, 'level', { ...place, path });
  return [{ do: written.do, figure, atEnd: lowerAtEnd(written.atEnd, place, chain), ...span }];
}

/** Where no level is left, something else follows; it changes no figure any more. */
function lowerAtEnd(written: WrittenAction, { path, report }: Place, chain: LowerChain): Ending[] {
  const at = [...path, 'atEnd'];
  const steps = chain(written, at);
  if (steps.some(isOnTheWay)) report(at, NO_CHANGE);
  return steps.filter((step) => !isOnTheWay(step));
}

const NO_CHANGE = new Refused(
  'CC1069',
  'what follows at the end changes nothing more',
  'write where it leads',
);

function checkLimit(figure: string, level: string, { path, ...place }: Place): void {
  const at = [...path, 'limit', figure];
  const found = figureOf(figure, 'level', { ...place, path: at });
  if (!found || !('levels' in found.is)) return;
  const { levels } = found.is;
  if (!levels.includes(level)) {
    const says = `\`${figure}\` has no level \`${level}\``;
    place.report(at, new Refused('CC1079', says, didYouMean(level, levels)));
  } else if (level === levels.at(-1)) {
    place.report(at, new Refused('CC1069', `\`${level}\` is the highest level: it limits nothing`));
  }
}

/** A session comes next where a stage is at hand: not before the course, between its stages, or after a series. */
function checkSession({ path, asker, report }: Place): void {
  const isStage = asker.kind === 'stage' && !path.includes('reassess');
  if (isStage || asker.kind === 'named decision') return;
  report([...path, 'for'], new Refused('CC1069', 'no session comes next here', 'leave it out'), 'key');
}
