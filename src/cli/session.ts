import type { Command } from 'commander';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import type { Terminal } from './terminal.ts';

/** What every verb that talks to the API gets. */
export interface Session {
  readonly client: ApiClient;
  readonly isJson: boolean;
  /** Prints one thing: as JSON for programs, as text for people. */
  print(value: unknown, text: string): void;
}

export const DEFAULT_URL = 'http://127.0.0.1:4300';

const Globals = z.object({
  url: z.string().optional(),
  as: z.string(),
  person: z.string().optional(),
  json: z.boolean().optional(),
});

export function addGlobalOptions(program: Command): void {
  program
    .option('--url <address>', `of the API (CARECHART_URL; else ${DEFAULT_URL})`)
    .option('--as <role>', 'the role that you act in; several with commas', 'coordinator')
    .option('--person <name>', 'who you are (else the name of the role)')
    .option('--json', 'print what the API answers, for programs');
}

export function sessionOf(command: Command, { env, out }: Terminal): Session {
  const { url, as, person, json = false } = Globals.parse(command.optsWithGlobals());
  const roles = as.split(',').map((role) => role.trim());
  const address = url ?? env.CARECHART_URL ?? DEFAULT_URL;
  if (!URL.canParse(address)) command.error(`error: --url ${address} is not an address`, { exitCode: 2 });
  return {
    client: new ApiClient({
      url: address,
      person: person ?? roles[0] ?? as,
      roles,
      token: env.CARECHART_TOKEN,
    }),
    isJson: json,
    print: (value, text) => out(json ? JSON.stringify(value, null, 2) : text),
  };
}
