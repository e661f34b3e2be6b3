import type { Clearing, Clearings } from '../model/verdict.schema.ts';
import { homeOf } from '../pathway/chart.ts';
import type { TrackDefinition } from '../pathway/compiled.schema.ts';
import { COORDINATOR, staffOf } from '../pathway/roles.ts';
import { lastIdOf } from './asked-decisions.ts';
import { askedOf } from './boards.ts';
import { isFor, whyNotFor } from './choices.ts';
import { choiceReasons } from './chosen-stages.ts';
import type { Draft } from './draft.ts';
import { lineInHand, viewAlong, WAITING } from './lines.ts';
import type { Reason } from './outcome.schema.ts';
import { completing, deciding } from './refusal.ts';
import { openWorkOf } from './tasks.ts';

/** A plan as it looks along one of its lines. */
type Seen = Pick<Draft, 'pathway' | 'state' | 'now' | 'inHand'>;

/**
 * Why nothing of a track can be started or booked while it has not begun, and what would begin it: that is never a thing
 * of the track itself.
 * @returns none where the line in hand is no track, or has begun
 */
export function waitingReasons(draft: Seen): Reason[] {
  const line = lineInHand(draft);
  const track = draft.pathway.tracks.find((one) => one.track === line);
  if (!track || draft.state.chart !== WAITING.chart) return [];
  const { pathway, state, now } = draft;
  const unmade = choiceReasons(pathway, state, track, now);
  if (unmade.length > 0) return unmade;
  const says = `${track.title} has not begun`;
  if (isFor(state, track.onlyFor) === false) {
    const why = whyNotFor(pathway, state, track.onlyFor);
    return [{ invariant: 'phase', says: `${says}: it is not for this patient (${why}).`, clears: [] }];
  }
  const begins = track.starts === 'with course' ? 'with the course' : 'once that is decided';
  const clears = track.starts === 'with course' ? towardsCourse(draft) : starting(draft, track);
  return [{ invariant: 'phase', says: `${says}: it begins ${begins}.`, clears }];
}

/** The work, or else the decisions, before the course. */
function towardsCourse({ pathway, inHand }: Seen): Clearings {
  if (!inHand) return [];
  const { state } = viewAlong(inHand.pathway, inHand.whole, undefined);
  if (pathway.line(undefined).chart.isFinal(homeOf(state))) return [];
  const work = openWorkOf(state).map(([id, task]): Clearing[] => [completing(id, task)]);
  const asked = Object.entries(state.questions).flatMap(([id, { about, answer, roles }]): Clearing[][] =>
    about === state.chart && !answer ? [[deciding(id, { role: staffOf(roles) })]] : [],
  );
  return [...work, ...asked].slice(0, MOST_WAYS);
}

/** The decisions of which an outcome starts it, and the gates whose table does. */
function starting({ pathway, state }: Seen, { track }: TrackDefinition): Clearings {
  const { decisions, stages } = pathway.startersOf(track);
  const decided = decisions.map(({ decision, by }): Clearing[] => [
    deciding(lastIdOf(state, decision), { role: staffOf(askedOf(by)) }),
  ]);
  const started = stages.map(({ stage }): Clearing[] => [
    { kind: 'event', type: 'startProcedure', needs: stage, role: COORDINATOR },
  ]);
  return [...decided, ...started].slice(0, MOST_WAYS);
}

const MOST_WAYS = 3;
