import type { Command } from 'commander';
import {
  changesIn,
  withAddedStage,
  withFigureChange,
  withIntervalChange,
  withObjectiveChange,
  withTaskChange,
} from './change-words.ts';
import { addEventOptions, type EventOptions, sendEvent } from './event-verb.ts';
import type { Terminal } from './terminal.ts';
import { oneMore, withoutWait } from './values.ts';

interface ReviseOptions extends EventOptions {
  readonly reason: string;
  readonly changes?: readonly unknown[];
  readonly figure?: readonly unknown[];
  readonly interval?: readonly unknown[];
  readonly task?: readonly unknown[];
  readonly objective?: readonly unknown[];
  readonly dropTask?: readonly string[];
  readonly skipStage?: readonly string[];
  readonly addStage?: readonly unknown[];
  readonly chooseAgain?: readonly string[];
}

const asGiven = oneMore((given: string) => given);
const asTask = oneMore((given: string) => withoutWait(given, 'task'));

export function addReviseCommand(program: Command, terminal: Terminal): void {
  const verb = program
    .command('revise')
    .description('adjust a running plan for its patient: all that is said, or nothing')
    .argument('<plan>')
    .requiredOption('--reason <text>')
    .option('--figure <figure=value>', 'such as cycle="21 days"', withFigureChange)
    .option('--interval <rule:part=length>', 'such as spacing:minimum="8 weeks"', withIntervalChange)
    .option(
      '--task <task:part=words>',
      'such as excision.recovery/visit:due="3 days after procedure"',
      withTaskChange,
    )
    .option('--objective <objective:part=words>', 'such as fewer:target="at least 60 %"', withObjectiveChange)
    .option('--drop-task <task>', 'that is not done for this patient', asTask)
    .option('--skip-stage <stage>', 'that is not done for this patient', asGiven)
    .option('--add-stage <words>', 'such as "second-exchange like exchange after exchange"', withAddedStage)
    .option('--choose-again <choice>', 'that whoever makes it makes anew', asGiven)
    .option('--changes <file>', 'a list of changes in YAML, each as the event says it', changesIn);
  addEventOptions(verb).action(async (plan: string, options: ReviseOptions, command: Command) => {
    const changes = changesOf(options);
    if (changes.length === 0)
      command.error('error: say what is to be otherwise; see --help', { exitCode: 2 });
    const data = { reason: options.reason, changes };
    await sendEvent(command, terminal, { plan, type: 'revisePlan', data, options });
  });
}

/** Stages that are added stand before what else is said, for it may be of them. */
const changesOf = (options: ReviseOptions): unknown[] => [
  ...(options.changes ?? []),
  ...(options.addStage ?? []),
  ...(options.skipStage ?? []).map((stage) => ({ change: 'stage-skipped', stage })),
  ...(options.figure ?? []),
  ...(options.interval ?? []),
  ...(options.task ?? []),
  ...(options.objective ?? []),
  ...(options.dropTask ?? []).map((task) => ({ change: 'task-dropped', task })),
  ...(options.chooseAgain ?? []).map((choice) => ({ change: 'choice', choice })),
];
