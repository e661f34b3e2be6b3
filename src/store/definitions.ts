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
  /** What new plans start on at that time. */
  list(clinic: string, at: string): Promise<PublishedPathway[]>;
  /** Every version of a pathway that was ever published, the newest first: what running plans may adopt. */
  versions(clinic: string, pathway: string): Promise<PublishedVersion[]>;
}

export interface PublishedPathway extends PathwayReference {
  readonly title: string;
  readonly publishedAt: string;
}

export interface PublishedVersion extends PublishedPathway {
  /** Who wrote it; `carechart` of what came with Carechart. */
  readonly author: string;
  /** Absent of what came with Carechart: nobody of the clinic has approved it. */
  readonly approver?: string;
  readonly effectiveAt?: string;
  /** How many plans run on it now. */
  readonly plans: number;
}

interface PublishedRow {
  readonly pathway: string;
  readonly version: string;
  readonly digest: string;
  readonly title: string;
  readonly published_at: string;
}

interface VersionRow extends PublishedRow {
  readonly author: string;
  readonly approver: string | null;
  readonly effective_at: string | null;
  readonly plans: number;
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
    list: (clinic, at) => list(database, clinic, at),
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

/** What the clinic has approved goes before what came with Carechart, from its day on. */
async function list({ withClinic }: Database, clinic: string, at: string): Promise<PublishedPathway[]> {
  const { rows } = await withClinic(clinic, (connection) =>
    sql<PublishedRow>`
      select d.pathway, d.version, d.digest, d.title, d.published_at
      from (
        select distinct on (pathway) digest from (
          select pathway, digest, since, since as decided, 1 as place from carechart.offer where clinic = ${clinic}
          union all
          select pathway, digest, effective_at, approved_at, 0 from carechart.approval
          where clinic = ${clinic} and effective_at <= ${at}
        ) as offered
        order by pathway, place, since desc, decided desc
      ) as newest
      join carechart.definition d on d.clinic = ${clinic} and d.digest = newest.digest
      order by d.pathway`.execute(connection),
  );
  return rows.map(publishedOf);
}

async function versions(
  { withClinic }: Database,
  clinic: string,
  pathway: string,
): Promise<PublishedVersion[]> {
  const { rows } = await withClinic(clinic, (connection) =>
    sql<VersionRow>`
      select d.pathway, d.version, d.digest, d.title, d.published_at,
        coalesce(p.author, d.published_by) as author, a.approver, a.effective_at,
        (select count(*)::int from carechart.plan r
         where r.clinic = ${clinic} and r.digest = d.digest and r.status in ('active', 'on-hold')) as plans
      from carechart.definition d
      left join carechart.proposal p on p.clinic = d.clinic and p.digest = d.digest
      left join carechart.approval a on a.clinic = d.clinic and a.digest = d.digest
      where d.clinic = ${clinic} and d.pathway = ${pathway}
      order by d.published_at desc, d.digest`.execute(connection),
  );
  return rows.map((row) => ({
    ...publishedOf(row),
    author: row.author,
    plans: row.plans,
    ...(row.approver === null ? {} : { approver: row.approver }),
    ...(row.effective_at === null ? {} : { effectiveAt: row.effective_at }),
  }));
}

const publishedOf = (row: PublishedRow): PublishedPathway => ({
  id: row.pathway,
  version: row.version,
  digest: row.digest,
  title: row.title,
  publishedAt: row.published_at,
});
