import type { Command } from 'commander';
import { PlanList, PlanView } from '../api/plan-view.schema.ts';
import { listText } from './plan-text.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';
import { asWholeNumber } from './values.ts';

interface ListOptions {
  readonly status?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export function addListCommand(program: Command, terminal: Terminal): void {
  program
    .command('list')
    .description("the clinic's plans, soonest due first")
    .option('--status <status>', 'active, on-hold, completed, revoked, or draft for what is prescribed only')
    .option('--limit <count>', 'at most 200', asWholeNumber, 50)
    .option('--cursor <cursor>', 'where the page before ended')
    .action(async ({ status, limit, cursor }: ListOptions, command: Command) => {
      const { client, print } = sessionOf(command, terminal);
      const query = new URLSearchParams({
        limit: String(limit),
        ...(status === undefined ? {} : { status }),
        ...(cursor === undefined ? {} : { cursor }),
      });
      const page = await client.get(`/v1/plans?${query}`, PlanList);
      const [first] = page.items;
      // Plans of one clinic are in one zone.
      const timeZone = first
        ? (await client.get(`/v1/plans/${encodeURIComponent(first.planId)}`, PlanView)).timeZone
        : 'UTC';
      const more =
        page.next === undefined ? '' : `\nmore: carechart list --limit ${limit} --cursor ${page.next}`;
      print(page, `${listText(page.items, timeZone)}${more}`);
    });
}
