import type { PlanKey } from '../core/plan/outcome.schema.ts';
import { fromStore } from '../store/outage.ts';
import type { JournalRow, Plans } from '../store/plans.ts';
import type { JournalLine } from './plan-view.schema.ts';

/**
 * A page of whole steps: the store pages by step, so that one cut in two would lose its rest. A step longer than the
 * page makes the page longer.
 */
export async function journalPage(
  plans: Pick<Plans, 'journal'>,
  key: PlanKey,
  { after, limit }: { after: number; limit: number },
): Promise<{ items: JournalLine[]; next?: number }> {
  for (let asked = limit + 1; ; asked *= 2) {
    const rows = await fromStore(plans.journal(key, { limit: asked, afterSequence: after }));
    if (rows.length < asked) return { items: rows.map(lineOf) };
    const cut = rows.at(-1)?.sequence;
    const whole = rows.filter(({ sequence }) => sequence !== cut);
    const next = whole.at(-1)?.sequence;
    if (next !== undefined) return { items: whole.map(lineOf), next };
  }
}

const lineOf = ({ actor, ...row }: JournalRow): JournalLine => ({
  ...row,
  actor: { id: actor.id, roles: [...actor.roles] },
});
