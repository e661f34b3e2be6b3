import type { Command } from 'commander';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';

export function addBarrierCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('barrier')
    .description('record what stands in the way of a goal, as the patient says it')
    .argument('<plan>')
    .argument('<goal>')
    .argument('<barrier>', 'in words, such as "No way to the clinic on weekdays"');
  addEventOptions(verb).action(
    async (plan: string, goal: string, barrier: string, options: EventOptions, command: Command) => {
      await sendEvent(command, terminal, {
        plan,
        type: 'barrier.recorded',
        data: { goal, barrier },
        options,
      });
    },
  );
}
