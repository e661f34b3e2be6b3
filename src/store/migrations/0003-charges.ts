import { type Kysely, type Migration, sql } from 'kysely';

/** What the payment service is asked for, in the order in which it is asked. */
const table = `
create table carechart.charge (
  number bigint generated always as identity, clinic text not null, effect_id text not null, plan_id text not null,
  patient text not null, charge text not null, asks text not null check (asks in ('payment', 'credit')),
  minor bigint not null check (minor > 0), currency text not null, says text not null, reference text,
  asked_at timestamptz not null,
  primary key (clinic, effect_id)
);
create index charge_by_number on carechart.charge (clinic, number);
alter table carechart.charge enable row level security;
alter table carechart.charge force row level security;
create policy clinic_only on carechart.charge
  using (clinic = nullif(current_setting('carechart.clinic', true), ''))
  with check (clinic = nullif(current_setting('carechart.clinic', true), ''));
grant select, insert on carechart.charge to carechart_app;
`;

export const charges: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(table).execute(db);
  },
};
