import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRecord, writeWhole } from '../machine/files.ts';
import { generateSigningKeys } from './event-signature.ts';

const KeyPair = z.strictObject({ privateKey: z.string(), publicKey: z.string() });

/** What a data folder keeps to itself: the roles' passwords, and the keys that events and local sign-ins are signed with. */
export const Secrets = z.strictObject({
  passwords: z.strictObject({ owner: z.string(), app: z.string(), jobs: z.string() }),
  events: KeyPair,
  issuer: KeyPair,
});
export type Secrets = z.infer<typeof Secrets>;

/** The folder's secrets, made on its first use. The file is readable by its owner only. */
export async function ensureSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json');
  const kept = readRecord(path, Secrets);
  if (kept) return kept;
  const password = (): string => randomBytes(24).toString('base64url');
  const secrets: Secrets = {
    passwords: { owner: password(), app: password(), jobs: password() },
    events: generateSigningKeys(),
    issuer: generateSigningKeys(),
  };
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  await writeWhole(path, JSON.stringify(secrets, null, 2), 0o600);
  return secrets;
}
