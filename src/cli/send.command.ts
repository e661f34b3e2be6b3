import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addSendCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('send')
    .description('send any event to a plan')
    .argument('<plan>')
    .requiredOption('--type <type>', 'such as observation.recorded')
    .requiredOption('--data <json>', 'JSON, or @file with JSON');
  addEventOptions(verb).action(
    async (plan: string, options: EventOptions & { type: string; data: string }, command: Command) => {
      const { type } = options;
      await sendEvent(command, terminal, { plan, type, data: dataOf(options.data, command), options });
    },
  );
}

function dataOf(given: string, command: Command): unknown {
  try {
    return JSON.parse(given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return command.error(`error: --data cannot be read as JSON: ${said}`, { exitCode: 2 });
  }
}
