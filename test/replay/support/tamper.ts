import { compressingCodec } from '../../../src/engine/payload-codec.ts';
import { type JsonPayload, payloadFromJson, payloadToJson } from './history-json.ts';
import type { HistoryEvent, KeptPlan } from './kept-plan.ts';

/** A copy of a kept plan with its history changed; the store's rows stay as they were. */
export async function tampered(
  kept: KeptPlan,
  change: (runs: Tamper) => Promise<void> | void,
): Promise<KeptPlan> {
  const copy = structuredClone(kept);
  await change(new Tamper(copy));
  return copy;
}

/** What somebody, or a failing disk, might do to a history. */
export class Tamper {
  readonly #kept: KeptPlan;

  constructor(kept: KeptPlan) {
    this.#kept = kept;
  }

  /** All events of one kind (`signaled`), in order, of one run or of all. */
  events(kind: string, run?: number): HistoryEvent[] {
    const runs = run === undefined ? this.#kept.runs : this.#kept.runs.slice(run, run + 1);
    return runs.flatMap(({ events }) => events).filter(({ eventType }) => eventType === `EVENT_TYPE_${kind}`);
  }

  /** Takes an event out and closes the gap: the ids, and what points to them. */
  remove(event: HistoryEvent): void {
    for (const run of this.#kept.runs) {
      const events = run.events as HistoryEvent[];
      const index = events.indexOf(event);
      if (index < 0) continue;
      events.splice(index, 1);
      const gone = Number(event.eventId);
      const closed = JSON.parse(JSON.stringify(events), (key, value) =>
        /^(event|.*Event)Id$/.test(key) && Number(value) > gone ? String(Number(value) - 1) : value,
      );
      events.splice(0, events.length, ...closed);
    }
  }

  /** Rewrites one payload, as the data converter wrote it. */
  async rewrite(payload: JsonPayload, change: (text: string) => string): Promise<void> {
    const [decoded] = await compressingCodec.decode([payloadFromJson(payload)]);
    if (!decoded) throw new Error('one payload for one');
    const before = new TextDecoder().decode(decoded.data ?? undefined);
    const after = change(before);
    if (after === before) throw new Error(`nothing to change in ${before}`);
    const [encoded] = await compressingCodec.encode([{ ...decoded, data: new TextEncoder().encode(after) }]);
    Object.assign(payload, payloadToJson(encoded ?? {}));
  }
}
