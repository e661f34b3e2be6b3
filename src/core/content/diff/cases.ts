import type { JudgedCase, ReadCase } from '../../authoring/read-cases.ts';
import type { Change, Effect } from './effects.ts';

/** What is otherwise in what a rule says of a patient; undefined: nothing. */
export function caseChange(before: ReadCase, after: ReadCase): Change | undefined {
  const [was, is] = [before.judge(), after.judge()];
  const [old, now] = [wordsOf(was), wordsOf(is)];
  const [gone, come] = [old.filter((word) => !now.includes(word)), now.filter((word) => !old.includes(word))];
  if (gone.length + come.length === 0) return undefined;
  return { effect: effectOf(was, is), says: `was ${gone.join(', ')}; is ${come.join(', ')}` };
}

/** The answer, and the days that come with it. */
function wordsOf({ saying }: JudgedCase): string[] {
  const { said, answer = said, earliest, recommended, latest } = saying;
  const days = [
    ...(earliest === undefined ? [] : [`from ${earliest}`]),
    ...(recommended === undefined ? [] : [`best ${recommended.from} to ${recommended.to}`]),
    ...(latest === undefined ? [] : [`until ${latest}`]),
  ];
  return [answer, ...days];
}

function effectOf(was: JudgedCase, is: JudgedCase): Effect {
  const { pathway, stage } = is.plan;
  if (pathway.alerts.length > 0) return 'called otherwise';
  if (stage.table) return 'answered otherwise';
  const isHeld = isClosed(is);
  if (isClosed(was) !== isHeld) return isHeld ? 'held' : 'released';
  return pathway.intervals.length > 0 ? 're-timed' : 'answered otherwise';
}

/** Whether the rule by itself keeps a gate closed for this patient. */
function isClosed({ plan: { pathway }, saying: { said } }: JudgedCase): boolean {
  if (pathway.intervals.length > 0) return said !== 'open';
  return said !== (pathway.eligibility.length > 0 ? 'met' : 'unmet');
}
