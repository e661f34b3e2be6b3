import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import { jsonOf } from './json-argument.ts';
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
      const data = jsonOf('--data', command, () => textOf(options.data));
      await sendEvent(command, terminal, { plan, type, data, options });
    },
  );
}

const textOf = (given: string): string =>
  given.startsWith('@') ? readFileSync(given.slice(1), 'utf8') : given;
