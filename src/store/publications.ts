import { sql } from 'kysely';
import { Failure } from '../core/model/failure.ts';
import type { CompiledPathway } from '../core/pathway/compiled.schema.ts';
import type { Database } from './database.ts';
import { digestOf } from './event-hash.ts';

/** A version that waits for another person's approval. */
export interface Proposal {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly title: string;
  readonly author: string;
  readonly proposedAt: string;
  /** The clinic's, in which its days are counted. */
  readonly zone: string;
}

export interface Approval {
  readonly approver: string;
  readonly approvedAt: string;
  /** New plans start on it from then on. */
  readonly effectiveAt: string;
}

/** What clinical leads propose, and other clinical leads approve. Neither ever changes. */
export interface Publications {
  /** The same text proposed again is the first proposal. @throws Failure CC1181 of another text under its version */
  propose(compiled: CompiledPathway, author: string, at: string): Promise<Proposal>;
  /** Those that nobody has approved yet, the newest first. */
  waiting(clinic: string, pathway: string): Promise<Proposal[]>;
  /** Publishes it. @throws Failure CC1184 where it does not wait any more */
  approve(clinic: string, digest: string, approval: Approval): Promise<void>;
}

export const publicationsOf = (database: Database): Publications => ({
  propose: (compiled, author, at) => propose(database, compiled, author, at),
  waiting: (clinic, pathway) => waiting(database, clinic, pathway),
  approve: (clinic, digest, approval) => approve(database, { clinic, digest }, approval),
});

async function propose(
  { withClinic }: Database,
  compiled: CompiledPathway,
  author: string,
  at: string,
): Promise<Proposal> {
  const { pathway, version, title } = compiled;
  const { clinic } = compiled.clinic;
  const digest = digestOf(compiled);
  return withClinic(clinic, async (connection) => {
    const other = await connection
      .selectFrom('carechart.definition')
      .select('digest')
      .where('clinic', '=', clinic)
      .where('pathway', '=', pathway)
      .where('version', '=', version)
      .where('digest', '<>', digest)
      .executeTakeFirst();
    if (other) throw taken(pathway, version, other.digest);
    await connection
      .insertInto('carechart.proposal')
      .values({
        ...{ clinic, digest, pathway, version, title, author },
        ...{ compiled: JSON.stringify(compiled), proposed_at: at },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const kept = await connection
      .selectFrom('carechart.proposal')
      .select(['digest', 'author', 'proposed_at'])
      .where('clinic', '=', clinic)
      .where('pathway', '=', pathway)
      .where('version', '=', version)
      .executeTakeFirstOrThrow();
    if (kept.digest !== digest) throw taken(pathway, version, kept.digest);
    const { author: first, proposed_at: proposedAt } = kept;
    return { id: pathway, version, digest, title, author: first, proposedAt, zone: compiled.clinic.timeZone };
  });
}

const taken = (pathway: string, version: string, digest: string): Failure =>
  new Failure('CC1181', `${pathway} ${version} is ${digest.slice(0, 12)} already.`);

async function waiting({ withClinic }: Database, clinic: string, pathway: string): Promise<Proposal[]> {
  const rows = await withClinic(clinic, (connection) =>
    connection
      .selectFrom('carechart.proposal as proposal')
      .leftJoin('carechart.approval as approval', (join) =>
        join
          .onRef('approval.clinic', '=', 'proposal.clinic')
          .onRef('approval.digest', '=', 'proposal.digest'),
      )
      .select(['proposal.pathway', 'version', 'proposal.digest', 'title', 'author', 'proposed_at'])
      .select(sql<string>`compiled::json -> 'clinic' ->> 'timeZone'`.as('zone'))
      .where('proposal.clinic', '=', clinic)
      .where('proposal.pathway', '=', pathway)
      .where('approval.digest', 'is', null)
      .orderBy('proposed_at', 'desc')
      .orderBy('proposal.digest')
      .execute(),
  );
  return rows.map(({ pathway: id, version, digest, title, author, proposed_at: proposedAt, zone }) => ({
    ...{ id, version, digest, title, author, proposedAt, zone },
  }));
}

async function approve(
  { withClinic }: Database,
  { clinic, digest }: { readonly clinic: string; readonly digest: string },
  { approver, approvedAt, effectiveAt }: Approval,
): Promise<void> {
  await withClinic(clinic, async (connection) => {
    const proposal = await connection
      .selectFrom('carechart.proposal')
      .selectAll()
      .where('clinic', '=', clinic)
      .where('digest', '=', digest)
      .executeTakeFirst();
    if (!proposal) throw new Failure('CC1184', `Nothing with digest ${digest} was proposed.`);
    const { pathway, version, title, compiled } = proposal;
    const approved = await connection
      .insertInto('carechart.approval')
      .values({ clinic, digest, pathway, approver, approved_at: approvedAt, effective_at: effectiveAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('digest')
      .executeTakeFirst();
    if (!approved) throw new Failure('CC1184', `${pathway} ${version} was approved before.`);
    await connection
      .insertInto('carechart.definition')
      .values({
        ...{ clinic, digest, pathway, version, title, compiled },
        ...{ published_at: approvedAt, published_by: approver },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}
