import { type Kysely, type Migration, sql } from 'kysely';

const TABLES = ['proposal', 'approval'];

/** One version is one text, for good: a second text under it finds its place taken. */
const tables = `
create table carechart.proposal (
  clinic text not null, digest text not null, pathway text not null, version text not null, title text not null,
  compiled text not null, author text not null, proposed_at timestamptz not null,
  primary key (clinic, digest),
  unique (clinic, pathway, version)
);
create table carechart.approval (
  clinic text not null, digest text not null, pathway text not null,
  approver text not null, approved_at timestamptz not null, effective_at timestamptz not null,
  primary key (clinic, digest),
  foreign key (clinic, digest) references carechart.proposal (clinic, digest)
);
create index approval_by_pathway on carechart.approval (clinic, pathway, effective_at);
`;

const rowSecurity = TABLES.map(
  (table) => `
alter table carechart.${table} enable row level security;
alter table carechart.${table} force row level security;
create policy clinic_only on carechart.${table}
  using (clinic = nullif(current_setting('carechart.clinic', true), ''))
  with check (clinic = nullif(current_setting('carechart.clinic', true), ''));
grant select, insert on carechart.${table} to carechart_app;
`,
).join('');

/** What clinical leads propose and approve. Neither is ever changed or taken away. */
export const publications: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const part of [tables, rowSecurity]) await sql.raw(part).execute(db);
  },
};
