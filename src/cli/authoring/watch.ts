import { type FSWatcher, watch } from 'node:fs';
import { join, sep } from 'node:path';
import { FOLDERS } from '../../engine/content.ts';
import { stopRequested } from '../runtime.ts';

/** An editor that saves writes several times. */
const SETTLED_MS = 150;

/**
 * Calls for every change below a clinic's folder, once it has settled, with the first file that changed; until somebody
 * asks to stop.
 */
export async function watched(root: string, changed: (file: string) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const settle = (file: string): void => {
    if (timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      changed(file);
    }, SETTLED_MS);
  };
  const watchers = FOLDERS.map(
    (folder): FSWatcher =>
      watch(join(root, folder), { recursive: true }, (_what, name) => {
        const file = [folder, ...(name === null ? [] : [name.replaceAll(sep, '/')])].join('/');
        // What editors keep beside a file while it is written is none of ours.
        if (!/(?:^|\/)\.|~$/.test(file)) settle(file);
      }),
  );
  try {
    await stopRequested();
  } finally {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  }
}
