import type { PlanEvent } from '../../../src/core/model/event.schema.ts';
import type { Duration } from '../../../src/core/model/primitives.schema.ts';
import type { CompiledPathway } from '../../../src/core/pathway/compiled.schema.ts';
import type { PlanState } from '../../../src/core/plan/plan-state.schema.ts';
import type { Stated } from '../oracle.ts';
import { dayOn } from '../wall-calendar.ts';

interface Signed {
  readonly form: string;
  readonly by: string;
  readonly signedOn: string;
  readonly isWithdrawn: boolean;
}

interface Granted {
  readonly id: string;
  readonly roles: readonly string[];
  readonly by: string;
  readonly on: string;
  readonly countersigned?: { readonly by: string; readonly roles: readonly string[] };
}

/** What was told of a patient and signed for them, kept beside the plan and not by it: only what the plan accepted. */
export class Told {
  stated: Stated[] = [];
  signed: Signed[] = [];
  readonly granted = new Map<string, Granted>();
  readonly released = new Set<string>();
  readonly figures = new Map<string, string>();
  /** The sessions for which an answer has changed a level for good. */
  readonly lowered = new Set<string>();
  /** Since when the plan has been in a maintenance; begun anew by another procedure. */
  maintained: { readonly name: string; readonly since: string; readonly behind: number } | undefined;
  readonly #compiled: CompiledPathway;
  readonly #withdrawals = new Map<string, string>();

  constructor(compiled: CompiledPathway) {
    this.#compiled = compiled;
  }

  take(event: PlanEvent, { before, state }: { before: PlanState | undefined; state: PlanState }): void {
    const { now } = state;
    const zone = this.#compiled.clinic.timeZone;
    switch (event.type) {
      case 'startPlan':
        for (const [figure, one] of Object.entries(event.data.figures ?? {}))
          this.figures.set(figure, String(typeof one === 'object' ? one.value : one));
        return;
      case 'observation.recorded':
        for (const one of event.data.observations)
          this.stated.push({
            ...{ fact: one.fact, value: one.value, unit: one.unit, area: one.area },
            source: this.#sourceOf(event, one.from),
            observedAt: one.observedAt ?? event.time ?? now,
          });
        return;
      case 'fact.corrected':
      case 'fact.withdrawn': {
        const { fact, area, on } = event.data;
        const isMeant = (one: Stated): boolean =>
          one.fact === fact && one.area === area && dayOn(one.observedAt, zone) === on;
        const [last] = this.stated
          .filter(isMeant)
          .map(({ observedAt }) => observedAt)
          .sort()
          .reverse();
        this.stated = this.stated.filter((one) => !isMeant(one));
        if (event.type === 'fact.corrected' && last !== undefined)
          this.stated.push({
            ...{ fact, area, value: event.data.value, unit: event.data.unit, observedAt: last },
            source: this.#sourceOf(event, event.data.from),
          });
        return;
      }
      case 'consent.recorded': {
        const { form, by, signedOn } = event.data;
        const at = this.#withdrawals.get(form);
        const day = at === undefined ? '' : dayOn(at, zone);
        const isAgain = at === undefined || signedOn > day || (signedOn === day && (event.time ?? '') >= at);
        this.signed.push({ form, by, signedOn, isWithdrawn: !isAgain });
        return;
      }
      case 'consent.withdrawn': {
        const { form } = event.data;
        const at = event.time !== undefined && event.time < now ? event.time : now;
        const last = this.#withdrawals.get(form);
        if (last === undefined || last < at) this.#withdrawals.set(form, at);
        this.signed = this.signed.map((one) =>
          one.form === form && one.signedOn <= dayOn(at, zone) ? { ...one, isWithdrawn: true } : one,
        );
        return;
      }
      case 'releaseHold':
        this.released.add(event.data.hold);
        return;
      case 'grantOverride': {
        const [id = ''] = Object.keys(state.overrides).filter((one) => !before?.overrides[one]);
        const { roles, id: by } = event.actor;
        this.granted.set(id, { id, roles, by, on: dayOn(now, zone) });
        return;
      }
      case 'countersignOverride': {
        const known = this.granted.get(event.data.override);
        const countersigned = { by: event.actor.id, roles: event.actor.roles };
        if (known) this.granted.set(known.id, { ...known, countersigned });
        return;
      }
      case 'revokeOverride':
        this.granted.delete(event.data.override);
        return;
      default:
    }
  }

  /** `undefined` where nobody set it. */
  lengthSet(figure: string): Duration | undefined {
    const [, count, unit] = /^(\d+) (day|week|month|year)s?$/.exec(this.figures.get(figure) ?? '') ?? [];
    return count === undefined ? undefined : { count: Number(count), unit: unit as Duration['unit'] };
  }

  #sourceOf({ actor, source }: PlanEvent, from: string | undefined): string {
    if (from !== undefined) return from;
    if (actor.roles.includes('service'))
      return this.#compiled.clinic.sources.find((one) => one.source === source)?.is ?? 'service';
    return actor.roles.every((role) => role === 'patient' || role === 'guardian') ? 'patient' : 'clinician';
  }
}
