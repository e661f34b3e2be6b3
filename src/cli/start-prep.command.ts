import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addStartPrepCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('start-prep')
    .description("ask the gate of a stage's prep to open")
    .argument('<plan>')
    .argument('<stage>');
  addEventOptions(verb).action(
    async (plan: string, stage: string, options: EventOptions, command: Command) => {
      await sendEvent(command, terminal, { plan, type: 'startPrep', data: { stage }, options });
    },
  );
}
