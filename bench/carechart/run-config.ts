import type { Logger } from 'pino';
import { type Addresses, configFrom } from '../../src/cli/runtime.ts';
import type { Secrets } from '../../src/engine/secrets.ts';
import type { Servers } from '../../src/engine/servers.ts';
import { benchPathway, CLINIC } from './pathway.ts';

/** What a worker or an API of the bench is told; the rest is as Carechart runs. */
export interface RunConfig {
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  readonly taskQueue: string;
  readonly port: number;
}

export function runConfig(servers: Servers, taskQueue: string, port = 0): RunConfig {
  const { databaseUrl, temporalAddress, namespace, secrets } = servers;
  const clinic = { clinic: CLINIC, roles: benchPathway.clinic.roles };
  return { addresses: { databaseUrl, temporalAddress, namespace, clinic }, secrets, taskQueue, port };
}

export const wholeConfig = ({ addresses, secrets, taskQueue, port }: RunConfig, logger: Logger) => ({
  ...configFrom(addresses, secrets, logger),
  taskQueue,
  port,
});
