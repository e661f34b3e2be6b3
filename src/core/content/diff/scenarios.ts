import type { ReadScenario } from '../../authoring/read-scenario.ts';
import type { Change, Effect } from './effects.ts';
import { type Happened, happened } from './happened.ts';

/** What is otherwise for the patient of a scenario, in the order in which somebody would ask. */
export function scenarioChanges(before: ReadScenario, after: ReadScenario): Change[] {
  const [was, is] = [before, after].map((one) => {
    const { pathway, steps } = one.run();
    return happened(pathway, steps);
  });
  return was && is ? changes(was, is) : [];
}

function changes(was: Happened, is: Happened): Change[] {
  return [
    ...compared(was.holds, is.holds, (old, now) => [
      now === undefined ? 'released' : old === undefined ? 'held' : 're-timed',
    ]),
    ...compared(was.gates, is.gates, (_old, now) => [now === 'open' ? 'opened' : 'refused']),
    ...compared(was.dues, is.dues, () => ['re-timed']),
    ...diverging(was.way, is.way),
    ...(was.levels.join() === is.levels.join()
      ? []
      : [said('escalated otherwise', 'levels', was.levels.join('; '), is.levels.join('; '))]),
    ...(was.end === is.end ? [] : [said('ends otherwise', 'the end', was.end, is.end)]),
  ];
}

type Told = string | undefined;

function compared(
  was: ReadonlyMap<string, string>,
  is: ReadonlyMap<string, string>,
  effectOf: (was: Told, is: Told) => readonly [Effect],
): Change[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    return old === now ? [] : [said(...effectOf(old, now), name, old, now)];
  });
}

/** Where the one first goes another way: all that follows does too. */
function diverging(was: readonly string[], is: readonly string[]): Change[] {
  const at = Math.max(was.length, is.length);
  for (let index = 0; index < at; index += 1)
    if (was[index] !== is[index])
      return [said('led elsewhere', `after ${was[index - 1] ?? 'the start'}`, was[index], is[index])];
  return [];
}

const said = (effect: Effect, of: string, was: Told, is: Told): Change => ({
  effect,
  says: `${of.replace(/, no\. 1$/, '')}: was ${was || 'not so'}; is ${is || 'not so'}`,
});
