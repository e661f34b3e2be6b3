import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/**
 * The plan's one timer. Set anew only when the new instant is earlier: a timer that fires early costs one look at the
 * clock, a timer set anew costs two events of history.
 */
export class WakeTimer {
  #armedFor: number | undefined;
  #scope: CancellationScope | undefined;

  /** @param at - epoch milliseconds; undefined: there is nothing to wait for, and an armed timer may run out */
  arm(at: number | undefined): void {
    if (at === undefined || (this.#armedFor !== undefined && this.#armedFor <= at)) return;
    this.#scope?.cancel();
    const scope = new CancellationScope({ cancellable: true });
    this.#armedFor = at;
    this.#scope = scope;
    scope
      .run(() => sleep(Math.max(at - Date.now(), 1)))
      .then(
        () => this.#fired(scope),
        (error) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }

  #fired(scope: CancellationScope): void {
    if (this.#scope !== scope) return;
    this.#armedFor = undefined;
    this.#scope = undefined;
  }

  get isArmed(): boolean {
    return this.#armedFor !== undefined;
  }
}
