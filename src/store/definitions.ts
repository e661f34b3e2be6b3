import { sql } from 'kysely';
import type { PathwayReference } from '../core/model/event.schema.ts';
import { Failure } from '../core/model/failure.ts';
import { CompiledPathway, FORMAT } from '../core/pathway/compiled.schema.ts';
import { loadPathway, type Pathway } from '../core/pathway/pathway.ts';
import type { Database } from './database.ts';
import { digestOf } from './event-hash.ts';

/** Published pathways. What is published never changes: its name is the digest of its text. */
export interface Definitions {
  /** Publishes a pathway, and offers it: new plans start on it. */
  publish(compiled: CompiledPathway, by: string, at: string): Promise<PathwayReference>;
  /** Offers nothing but these pathways from now on. Running plans keep theirs. */
  offerOnly(clinic: string, pathways: readonly string[]): Promise<void>;
  /** The pathway of a digest, loaded once a process. @throws Failure CC4003 */
  load(clinic: string, digest: string): Promise<Pathway>;
  /** Makes sure that this build can run whatever plans there are. @throws Failure CC5009 */
  assertReadable(clinic: string): Promise<void>;
  /** What new plans may start on. */
  list(clinic: string): Promise<PublishedPathway[]>;
  /** Every version of a pathway that was ever published, the newest first: what running plans may adopt. */
  versions(clinic: string, pathway: string): Promise<PublishedPathway[]>;
}

export interface PublishedPathway extends PathwayReference {
  readonly title: string;
  readonly publishedAt: string;
}

interface PublishedRow {
  readonly pathway: string;
  readonly version: string;
  readonly digest: string;
  readonly title: string;
  readonly published_at: string;
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
    offerOnly: (clinic, pathways) => offerOnly(database, clinic, pathways),
    load(clinic, digest) {
      const key = `${clinic}/${digest}`;
      const known = loaded.get(key);
      if (known) return known;
      const fresh = fetchPathway(clinic, digest);
      loaded.set(key, fresh);
      fresh.catch(() => loaded.delete(key));
      return fresh;
    },
    assertReadable: (clinic) => assertReadable(database, clinic),
    list: (clinic) => list(database, clinic),
    versions: (clinic, pathway) => versions(database, clinic, pathway),
  };
}

async function assertReadable({ withClinic }: Database, clinic: string): Promise<void> {
  const format = sql<string>`compiled::json ->> 'format'`;
  const row = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.definition')
      .select(format.as('format'))
      .where('clinic', '=', clinic)
      .where(format, '<>', String(FORMAT))
      .executeTakeFirst(),
  );
  if (row)
    throw new Failure(
      'CC5009',
      `The database has plans of format ${row.format}; this build reads ${FORMAT}.`,
    );
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
  await database.withClinic(clinic, async (connection) => {
    await connection
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
      .execute();
    await connection
      .insertInto('carechart.offer')
      .values({ clinic, pathway, digest, since: at })
      .onConflict((conflict) => conflict.columns(['clinic', 'pathway']).doUpdateSet({ digest, since: at }))
      .execute();
  });
  return { id: pathway, version, digest };
}

async function offerOnly(
  { withClinic }: Database,
  clinic: string,
  pathways: readonly string[],
): Promise<void> {
  await withClinic(clinic, (connection) =>
    connection
      .deleteFrom('carechart.offer')
      .where('clinic', '=', clinic)
      .where('pathway', 'not in', [...pathways])
      .execute(),
  );
}

async function list(database: Database, clinic: string): Promise<PublishedPathway[]> {
  const rows = await database.withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.offer as offer')
      .innerJoin('carechart.definition as definition', (join) =>
        join.onRef('definition.clinic', '=', 'offer.clinic').onRef('definition.digest', '=', 'offer.digest'),
      )
      .select(['definition.pathway', 'version', 'definition.digest', 'title', 'published_at'])
      .where('offer.clinic', '=', clinic)
      .orderBy('definition.pathway')
      .execute(),
  );
  return rows.map(publishedOf);
}

async function versions(
  { withClinic }: Database,
  clinic: string,
  pathway: string,
): Promise<PublishedPathway[]> {
  const rows = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.definition')
      .select(['pathway', 'version', 'digest', 'title', 'published_at'])
      .where('clinic', '=', clinic)
      .where('pathway', '=', pathway)
      .orderBy('published_at', 'desc')
      .orderBy('digest')
      .execute(),
  );
  return rows.map(publishedOf);
}

const publishedOf = (row: PublishedRow): PublishedPathway => ({
  id: row.pathway,
  version: row.version,
  digest: row.digest,
  title: row.title,
  publishedAt: row.published_at,
});
