import { chmodSync, createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type Environment, randomSuffix, removeQuietly } from '../machine/files.ts';
import { run } from '../machine/run.ts';

const DEFAULT_SOURCE = 'https://temporal.download';
const ASK_TIMEOUT_MS = 5_000;
const DOWNLOAD_TIMEOUT_MS = 180_000;

const DownloadInfo = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin' };
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

export interface DownloadOptions {
  /** Path at the source, such as `cli/v1.5.1`. */
  readonly artifact: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Where the program goes; it appears there whole or not at all. */
  readonly target: string;
  readonly env: Environment;
  readonly onProgress: (line: string) => void;
}

/**
 * Fetches a program from where the SDK fetches it, by the SDK's own protocol, without the SDK: its downloader would
 * start the server too, with output on our terminal and a life bound to ours.
 * `CARECHART_TEMPORAL_DOWNLOADS` names another source, or `off`.
 * @throws with the reason in plain words; at once without a network
 */
export async function downloadProgram(options: DownloadOptions): Promise<void> {
  const source = options.env.CARECHART_TEMPORAL_DOWNLOADS ?? DEFAULT_SOURCE;
  if (source === 'off') throw new Error('switched off by CARECHART_TEMPORAL_DOWNLOADS');
  const platform = PLATFORMS[process.platform];
  const arch = ARCHITECTURES[process.arch];
  if (platform === undefined || arch === undefined) {
    throw new Error(`no program is offered for ${process.platform} on ${process.arch}`);
  }
  const query = new URLSearchParams({ arch, platform, format: 'tar.gz', ...options.query });
  const answer = await fetch(`${source}/${options.artifact}?${query}`, {
    signal: AbortSignal.timeout(ASK_TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  const { archiveUrl, fileToExtract } = DownloadInfo.parse(await answer.json());
  options.onProgress(`Downloading ${archiveUrl}`);
  await unpack(archiveUrl, fileToExtract, options.target);
}

async function unpack(archiveUrl: string, fileToExtract: string, target: string): Promise<void> {
  const answer = await fetch(archiveUrl, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!answer.ok || answer.body === null) throw new Error(`${archiveUrl} answered ${answer.status}`);
  const folder = `${target}.${randomSuffix()}.partial`;
  mkdirSync(folder, { recursive: true });
  try {
    const archive = join(folder, 'archive.tar.gz');
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(archive));
    const unpacked = await run('tar', ['-xzf', archive, '-C', folder, fileToExtract]);
    if (!unpacked.ok) throw new Error(`the archive could not be unpacked: ${unpacked.output}`);
    const program = join(folder, fileToExtract);
    if (!statSync(program).isFile()) throw new Error('the archive holds no program');
    chmodSync(program, 0o755);
    renameSync(program, target);
  } finally {
    removeQuietly(folder);
  }
}
