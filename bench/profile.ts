import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

/** One thread's profile, as V8's inspector gives it. */
export interface Profile {
  readonly thread: 'main' | 'workflows';
  readonly profile: {
    readonly nodes: readonly ProfileNode[];
    readonly samples: readonly number[];
    readonly timeDeltas: readonly number[];
  };
}

interface ProfileNode {
  readonly id: number;
  readonly children?: readonly number[];
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
}

export interface CpuShares {
  /** Milliseconds of a thread's own time by whose code it was, without idleness. */
  readonly selfMs: Readonly<Record<string, number>>;
  /** Of which under a function of Carechart's: with what it calls of libraries and of Node. */
  readonly underOwnMs: number;
  /** Carechart's functions with the most time in and under them. */
  readonly top: readonly string[];
}

/** Sums both threads' samples by whose code they fell into. @param bundlePath - the workflows' bundle, with its map */
export function sharesOf(profiles: readonly Profile[], bundlePath: string): CpuShares {
  const original = bundleReader(bundlePath);
  const selfMs: Record<string, number> = {};
  const under = new Map<string, number>();
  let underOwnMs = 0;
  for (const { profile } of profiles) {
    const byId = new Map(profile.nodes.map((node) => [node.id, node]));
    const ms = selfTimes(profile);
    const walk = (id: number, isUnderOwn: boolean, seen: ReadonlySet<string>): number => {
      const node = byId.get(id);
      if (!node) return 0;
      const { owner, name } = describe(node, original);
      const self = ms.get(id) ?? 0;
      if (owner !== 'idle') selfMs[owner] = (selfMs[owner] ?? 0) + self;
      const isOwn = isUnderOwn || owner === 'carechart';
      if (isOwn) underOwnMs += self;
      const isNew = owner === 'carechart' && !seen.has(name);
      const within = isNew ? new Set([...seen, name]) : seen;
      const total = (node.children ?? []).reduce((sum, child) => sum + walk(child, isOwn, within), self);
      if (isNew) under.set(name, (under.get(name) ?? 0) + total);
      return total;
    };
    const root = profile.nodes[0];
    if (root) walk(root.id, false, new Set());
  }
  const top = [...under]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 15)
    .map(([name, total]) => `${name} ${total.toFixed(0)} ms`);
  return { selfMs, underOwnMs, top };
}

function selfTimes({ samples, timeDeltas }: Profile['profile']): Map<number, number> {
  const ms = new Map<number, number>();
  samples.forEach((id, index) => {
    ms.set(id, (ms.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  });
  return ms;
}

type Original = (line: number, column: number) => string | undefined;

function describe({ callFrame }: ProfileNode, original: Original): { owner: string; name: string } {
  const { functionName, url, lineNumber, columnNumber } = callFrame;
  const source = /workflow-bundle-[^/]*\.js$/.test(url)
    ? (original(lineNumber, columnNumber) ?? 'bundle')
    : url;
  const name = `${functionName || '(anonymous)'} ${source.split('/').slice(-2).join('/')}`;
  return { owner: ownerOf(functionName, source), name };
}

function ownerOf(functionName: string, source: string): string {
  if (functionName === '(idle)' || functionName === '(root)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collector';
  if (functionName === '(program)') return 'native';
  if (source.startsWith('node:')) return 'node';
  const library = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (library) return library.startsWith('@temporalio/') ? '@temporalio' : library;
  if (/(^|\/)bench\//.test(source)) return 'bench';
  if (/(^|\/)(src|activities|workflows)\//.test(source)) return 'carechart';
  return source === 'bundle' || source.startsWith('webpack') ? '@temporalio' : 'native';
}

function bundleReader(path: string): Original {
  const text = readFileSync(path, 'utf8');
  const inline = /\/\/# sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)\s*$/.exec(
    text,
  )?.[1];
  if (!inline) return () => undefined;
  const map = new SourceMap(JSON.parse(Buffer.from(inline, 'base64').toString('utf8')));
  return (line, column) => {
    const entry = map.findEntry(line, column);
    return 'originalSource' in entry ? entry.originalSource : undefined;
  };
}
