import type { Command } from 'commander';

/** What somebody has written as JSON; what cannot be had or read is bad usage. */
export function jsonOf(name: string, command: Command, read: () => string): unknown {
  try {
    return JSON.parse(read());
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return command.error(`error: ${name} cannot be read as JSON: ${said}`, { exitCode: 2 });
  }
}
