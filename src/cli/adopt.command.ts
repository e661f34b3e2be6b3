import type { Command } from 'commander';
import { PlanView, VersionList } from '../api/plan-view.schema.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import { sessionOf } from './session.ts';
import type { Terminal } from './terminal.ts';

export function addAdoptCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('adopt')
    .description('have a plan go on by another published version of its pathway')
    .argument('<plan>')
    .argument(
      '<version>',
      'such as 1.1.0, of which the newest is meant; or twelve figures or more of its digest',
    )
    .requiredOption('--reason <text>', 'why');
  addEventOptions(verb).action(
    async (plan: string, version: string, options: EventOptions & { reason: string }, command: Command) => {
      const pathway = await versionNamed(command, terminal, { plan, version });
      const data = { pathway, reason: options.reason };
      await sendEvent(command, terminal, { plan, type: 'adoptVersion', data, options });
    },
  );
}

async function versionNamed(
  command: Command,
  terminal: Terminal,
  { plan, version }: { readonly plan: string; readonly version: string },
) {
  const { client } = sessionOf(command, terminal);
  const { pathway } = await client.get(`/v1/plans/${encodeURIComponent(plan)}`, PlanView);
  const { items } = await client.get(`/v1/pathways/${pathway.id}/versions`, VersionList);
  const isDigest = /^[0-9a-f]{12,64}$/.test(version);
  const found =
    items.find((one) => one.version === version) ??
    items.find((one) => isDigest && one.digest.startsWith(version));
  if (found) return { id: found.id, version: found.version, digest: found.digest };
  const versions = [...new Set(items.map((one) => one.version))].join(', ');
  return command.error(
    `error: no version ${version} of ${pathway.id} is published; published are: ${versions}`,
    {
      exitCode: 2,
    },
  );
}
