import type { TrackDefinition } from '../pathway/compiled.schema.ts';
import { isStage } from './course-items.ts';
import type { Report } from './issues.ts';
import type { Lead } from './lower-action.ts';
import { checkOnlyFor, lowerOnlyFor } from './lower-only-for.ts';
import { courseOf } from './lower-optional.ts';
import type { PathwayFile } from './pathway.schema.ts';
import { Refused } from './problem.ts';
import type { Track } from './track.schema.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What runs beside the course. Its stages and decisions are lowered with all others. */
export const lowerTracks = (tracks: readonly Track[], vocabulary: Vocabulary): TrackDefinition[] =>
  tracks.map(({ track, title = inWords(track), onlyFor, starts, course }) => ({
    track,
    title,
    ...(onlyFor ? { onlyFor: lowerOnlyFor(onlyFor, vocabulary) } : {}),
    starts,
    course: courseOf(course),
  }));

/** `radiotherapy-course` is the Radiotherapy course. */
export const inWords = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;

/** Each has a name of its own and a stage, and whatever starts by decision is started by one. */
export function checkTracks(
  { alongside = [] }: Pick<PathwayFile, 'alongside'>,
  {
    leads,
    vocabulary,
    report,
  }: {
    readonly leads: readonly Lead[];
    readonly vocabulary: Vocabulary;
    readonly report: Report;
  },
): void {
  const seen = new Set<string>();
  for (const [index, one] of alongside.entries()) {
    if (!('track' in one)) continue;
    const { track, onlyFor, starts, course } = one;
    const path = ['alongside', index];
    if (onlyFor) checkOnlyFor({ names: onlyFor, path: [...path, 'onlyFor'] }, vocabulary, report);
    if (seen.has(track))
      report([...path, 'track'], new Refused('CC1047', `there is a track \`${track}\` already`));
    seen.add(track);
    if (!course.some(isStage))
      report([...path, 'course'], new Refused('CC1011', 'a course has a stage', 'add `stage:`'));
    const isStarted = leads.some(({ step }) => step.do === 'start' && step.track === track);
    if (starts === 'by decision' && !isStarted)
      report([...path, 'starts'], new Refused('CC1082', `no outcome starts \`${track}\``));
  }
}
