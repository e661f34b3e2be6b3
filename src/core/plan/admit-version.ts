import type { Actor } from '../model/actor.schema.ts';
import type { EventOf } from '../model/event.schema.ts';
import { CLINICAL_LEAD } from '../pathway/roles.ts';
import type { Border, Rejection } from './border.ts';

/** The version exists, is what it is called, and the clinical lead asks for it. */
export function admitVersion(
  { data, actor }: EventOf<'adoptVersion'> & { readonly actor: Actor },
  { next }: Border,
): Rejection | undefined {
  const { id, version, digest } = data.pathway;
  if (!actor.roles.includes(CLINICAL_LEAD)) {
    const says = `That a plan goes on by another version is the ${CLINICAL_LEAD}'s to say; ${actor.id} is ${actor.roles.join(', ')}.`;
    return { code: 'CC2018', says };
  }
  if (!next) return { code: 'CC4003', says: `No pathway with digest ${digest} is published.` };
  return next.id === id && next.version === version
    ? undefined
    : { code: 'CC4003', says: `The digest is that of ${next.id} ${next.version}, not of ${id} ${version}.` };
}
