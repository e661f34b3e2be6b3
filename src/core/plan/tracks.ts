import { Defect } from '../model/failure.ts';
import type { Draft } from './draft.ts';

/** What runs beside the course begins. */
export function startTrack(_draft: Draft, track: string, _why: string): void {
  throw new Defect(`there is no track ${track}`);
}
