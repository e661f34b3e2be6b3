import type { Command } from 'commander';
import { type JournalLine, JournalPage, PlanView } from '../api/plan-view.schema.ts';
import { journalText } from './plan-text.ts';
import { type Session, sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { asWholeNumber } from './values.ts';

export function addJournalCommand(program: Command, terminal: Terminal): void {
  program
    .command('journal')
    .description('what happened to a plan, in order')
    .argument('<plan>')
    .option('--after <step>', 'only what came after this step', asWholeNumber, 0)
    .action(async (plan: string, { after }: { after: number }, command: Command) => {
      const session = sessionOf(command, terminal);
      const path = `/v1/plans/${encodeURIComponent(plan)}`;
      const items = await readAll(session, path, String(after));
      const { timeZone } = await session.client.get(path, PlanView);
      session.print({ items }, journalText(items, timeZone));
    });
}

async function readAll({ client }: Session, path: string, from: string): Promise<JournalLine[]> {
  const items: JournalLine[] = [];
  for (let after: string | undefined = from; after !== undefined; ) {
    const query = new URLSearchParams({ after, limit: '500' });
    const page: JournalPage = await client.get(`${path}/journal?${query}`, JournalPage);
    items.push(...page.items);
    after = page.next === undefined ? undefined : String(page.next);
  }
  return items;
}
