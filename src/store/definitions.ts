import type { PathwayReference } from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';
import { CompiledPathway } from '../core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../core/pathway/pathway.ts';
import type { Database } from './database.ts';
import { digestOf } from './event-hash.ts';

/** Published pathways. What is published never changes: its name is the digest of its text. */
export interface Definitions {
  publish(compiled: CompiledPathway, by: string, at: string): Promise<PathwayReference>;
  /** The pathway of a digest, loaded once a process. @throws Failure CC4003 */
  load(clinic: string, digest: string): Promise<Pathway>;
  /** The newest of each pathway. */
  list(clinic: string): Promise<PublishedPathway[]>;
}

export interface PublishedPathway extends PathwayReference {
  readonly title: string;
  readonly publishedAt: string;
}

export function definitionsOf(database: Database): Definitions {
  const loaded = new Map<string, Promise<Pathway>>();
  const fetchPathway = async (clinic: string, digest: string): Promise<Pathway> => {
    const row = await database.withClinic(clinic, (connection) =>
      connection
        .selectFrom('carechart.definition')
        .select('compiled')
        .where('clinic', '=', clinic)
        .where('digest', '=', digest)
        .executeTakeFirst(),
    );
    if (!row) throw new Failure('CC4003', `No pathway with digest ${digest} is published.`);
    return loadPathway(CompiledPathway.parse(JSON.parse(row.compiled)));
  };
  return {
    publish: (compiled, by, at) => publish(database, compiled, by, at),
    load(clinic, digest) {
      const key = `${clinic}/${digest}`;
      const known = loaded.get(key);
      if (known) return known;
      const fresh = fetchPathway(clinic, digest);
      loaded.set(key, fresh);
      fresh.catch(() => loaded.delete(key));
      return fresh;
    },
    list: (clinic) => list(database, clinic),
  };
}

async function publish(
  database: Database,
  compiled: CompiledPathway,
  by: string,
  at: string,
): Promise<PathwayReference> {
  const { clinic } = compiled.clinic;
  const digest = digestOf(compiled);
  const { pathway, version, title } = compiled;
  await database.withClinic(clinic, (connection) =>
    connection
      .insertInto('carechart.definition')
      .values({
        clinic,
        digest,
        pathway,
        version,
        title,
        compiled: JSON.stringify(compiled),
        published_at: at,
        published_by: by,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return { id: pathway, version, digest };
}

async function list(database: Database, clinic: string): Promise<PublishedPathway[]> {
  const rows = await database.withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.definition')
      .select(['pathway', 'version', 'digest', 'title', 'published_at'])
      .distinctOn('pathway')
      .where('clinic', '=', clinic)
      .orderBy('pathway')
      .orderBy('published_at', 'desc')
      .execute(),
  );
  return rows.map(({ pathway, version, digest, title, published_at }) => ({
    id: pathway,
    version,
    digest,
    title,
    publishedAt: published_at,
  }));
}
