import type { Command } from 'commander';
import { addCancelCommand } from './cancel.command.ts';
import { addCompleteCommand } from './complete.command.ts';
import { addConsentCommand } from './consent.command.ts';
import { addExplainCommand } from './explain.command.ts';
import { addHealthCommand } from './health.command.ts';
import { addJournalCommand } from './journal.command.ts';
import { addListCommand } from './list.command.ts';
import { addObserveCommand } from './observe.command.ts';
import { addPathwaysCommand } from './pathways.command.ts';
import { addPerformCommand } from './perform.command.ts';
import { addSendCommand } from './send.command.ts';
import { addGlobalOptions } from './session.ts';
import { addShowCommand } from './show.command.ts';
import { addStartCommand } from './start.command.ts';
import { addStartProcedureCommand } from './start-procedure.command.ts';
import type { Terminal } from './terminal.ts';
import { addWithdrawConsentCommand } from './withdraw-consent.command.ts';

/** The verbs that talk to a running API, in the order in which help lists them. */
export function addClientCommands(program: Command, terminal: Terminal): void {
  addGlobalOptions(program);
  addStartCommand(program, terminal);
  addSendCommand(program, terminal);
  addObserveCommand(program, terminal);
  addCompleteCommand(program, terminal);
  addConsentCommand(program, terminal);
  addWithdrawConsentCommand(program, terminal);
  addStartProcedureCommand(program, terminal);
  addPerformCommand(program, terminal);
  addCancelCommand(program, terminal);
  addShowCommand(program, terminal);
  addListCommand(program, terminal);
  addJournalCommand(program, terminal);
  addExplainCommand(program, terminal);
  addPathwaysCommand(program, terminal);
  addHealthCommand(program, terminal);
}
