import { type Kysely, type Migration, sql } from 'kysely';

const CLINIC_TABLES = ['definition', 'offer', 'plan', 'step', 'journal', 'effect', 'message'];

const tables = `
create table carechart.definition (
  clinic text not null, digest text not null, pathway text not null, version text not null, title text not null,
  compiled text not null, published_at timestamptz not null, published_by text not null,
  primary key (clinic, digest)
);
create table carechart.offer (
  clinic text not null, pathway text not null, digest text not null, since timestamptz not null,
  primary key (clinic, pathway),
  foreign key (clinic, digest) references carechart.definition (clinic, digest)
);
create table carechart.plan (
  clinic text not null, plan_id text not null, patient text not null,
  pathway text not null, version text not null, digest text not null,
  sequence integer not null, status text not null, chart text not null, chart_entered_at timestamptz not null,
  next_due_at timestamptz, wake_at timestamptz, escalation integer not null, holds text[] not null,
  started_at timestamptz not null, updated_at timestamptz not null, head text not null,
  primary key (clinic, plan_id)
) with (fillfactor = 80);
create index plan_by_wake on carechart.plan (clinic, wake_at) where wake_at is not null;
create index plan_by_due on carechart.plan (clinic, status, next_due_at, plan_id);
create table carechart.step (
  clinic text not null, plan_id text not null, sequence integer not null check (sequence > 0),
  source text not null, event_id text not null, event_hash text not null, type text not null,
  event text not null, now timestamptz not null, answer text not null, state text not null, state_hash text not null,
  effects text not null, head text not null,
  primary key (clinic, plan_id, sequence),
  unique (clinic, plan_id, source, event_id)
);
create table carechart.journal (
  clinic text not null, plan_id text not null, sequence integer not null, entry integer not null,
  at timestamptz not null, kind text not null, actor_id text not null, actor_roles text[] not null,
  body text, salt text, body_hash text not null, hash text not null,
  primary key (clinic, plan_id, sequence, entry)
);
create table carechart.effect (
  clinic text not null, effect_id text not null, plan_id text not null, kind text not null, body text not null,
  requested_at timestamptz not null, performed_at timestamptz,
  primary key (clinic, effect_id)
);
create index effect_owed on carechart.effect (clinic, plan_id) where performed_at is null;
create table carechart.message (
  number bigint generated always as identity, clinic text not null, effect_id text not null, plan_id text not null,
  role text not null, subject text not null, says text not null, level integer not null, told_at timestamptz not null,
  primary key (clinic, effect_id)
);
create index message_by_role on carechart.message (clinic, role, number);
`;

/**
 * The commit is a meeting: it inserts the step if the one before it is there, with the very state and head that the
 * step stands on, and its place is free; otherwise it answers with the row that is there, or with the row that this
 * event already has. Only a start has nothing before it.
 */
const commitStep = `
create function carechart.commit_step(
  p_clinic text, p_plan_id text, p_sequence integer, p_source text, p_event_id text, p_event_hash text, p_type text,
  p_event text, p_now timestamptz, p_answer text, p_state text, p_state_hash text, p_effects text,
  p_base_hash text, p_previous_head text, p_head text,
  p_journal jsonb, p_plan jsonb
) returns table (
  outcome text, sequence integer, source text, event_id text, event_hash text, answer text, state text,
  effects text, head text
) language plpgsql as $$
begin
  perform set_config('carechart.clinic', p_clinic, true);
  insert into carechart.step as s
  select p_clinic, p_plan_id, p_sequence, p_source, p_event_id, p_event_hash, p_type,
         p_event, p_now, p_answer, p_state, p_state_hash, p_effects, p_head
  where (p_sequence = 1 and p_type = 'startPlan') or exists (
    select from carechart.step b
    where b.clinic = p_clinic and b.plan_id = p_plan_id and b.sequence = p_sequence - 1 and b.head = p_previous_head
      and b.state_hash = p_base_hash)
  on conflict do nothing;
  if found then
    insert into carechart.journal
    select p_clinic, p_plan_id, p_sequence, j.entry, j.at, j.kind, j.actor_id, j.actor_roles, j.body, j.salt,
           j.body_hash, j.hash
    from jsonb_to_recordset(p_journal) as j(entry integer, at timestamptz, kind text, actor_id text,
      actor_roles text[], body text, salt text, body_hash text, hash text);
    if p_effects <> '[]' then
      insert into carechart.effect
      select p_clinic, e ->> 'id', p_plan_id, e ->> 'kind', e::text, p_now, null
      from jsonb_array_elements(p_effects::jsonb) e
      on conflict do nothing;
    end if;
    insert into carechart.plan
    select p_clinic, p_plan_id, r.patient, r.pathway, r.version, r.digest, p_sequence, r.status, r.chart,
           r.chart_entered_at, r.next_due_at, r.wake_at, r.escalation, r.holds, r.started_at, p_now, p_head
    from jsonb_to_record(p_plan) as r(patient text, pathway text, version text, digest text, status text, chart text,
      chart_entered_at timestamptz, next_due_at timestamptz, wake_at timestamptz, escalation integer, holds text[], started_at timestamptz)
    on conflict (clinic, plan_id) do update set
      version = excluded.version, digest = excluded.digest, sequence = excluded.sequence, status = excluded.status,
      chart = excluded.chart, chart_entered_at = excluded.chart_entered_at, next_due_at = excluded.next_due_at,
      wake_at = excluded.wake_at,
      escalation = excluded.escalation, holds = excluded.holds, updated_at = excluded.updated_at,
      head = excluded.head;
    perform pg_notify('carechart_step', json_build_array(p_clinic, p_plan_id, p_source, p_event_id)::text);
    return query select 'committed', p_sequence, p_source, p_event_id, p_event_hash, p_answer, null::text,
      p_effects, p_head;
    return;
  end if;
  return query select 'adopted', s.sequence, s.source, s.event_id, s.event_hash, s.answer, s.state, s.effects, s.head
    from carechart.step s where s.clinic = p_clinic and s.plan_id = p_plan_id and s.sequence = p_sequence;
  if found then return; end if;
  return query select 'known', s.sequence, s.source, s.event_id, s.event_hash, s.answer, null::text, s.effects, s.head
    from carechart.step s
    where s.clinic = p_clinic and s.plan_id = p_plan_id and s.source = p_source and s.event_id = p_event_id;
  if found then return; end if;
  raise exception 'step % of plan % has no step before it', p_sequence, p_plan_id using errcode = 'CC410';
end $$;
`;

/** Reads that every event needs, each one statement: in a transaction of its own it would be three. */
const reads = `
create function carechart.answer_to(p_clinic text, p_plan_id text, p_source text, p_event_id text)
returns table (answer text, sequence integer, event_hash text) language plpgsql as $$
begin
  perform set_config('carechart.clinic', p_clinic, true);
  return query select s.answer, s.sequence, s.event_hash from carechart.step s
    where s.clinic = p_clinic and s.plan_id = p_plan_id and s.source = p_source and s.event_id = p_event_id;
end $$;
create function carechart.last_step(p_clinic text, p_plan_id text)
returns table (state text, head text) language plpgsql as $$
begin
  perform set_config('carechart.clinic', p_clinic, true);
  return query select s.state, s.head from carechart.step s
    where s.clinic = p_clinic and s.plan_id = p_plan_id order by s.sequence desc limit 1;
end $$;
`;

/** Row-level security for every table: no clinic set, no rows; forced, so that it binds the owner too. */
const rowSecurity = CLINIC_TABLES.map(
  (table) => `
alter table carechart.${table} enable row level security;
alter table carechart.${table} force row level security;
create policy clinic_only on carechart.${table}
  using (clinic = nullif(current_setting('carechart.clinic', true), ''))
  with check (clinic = nullif(current_setting('carechart.clinic', true), ''));
`,
).join('');

/** The app reads and adds; only the read model, what is offered, and the mark of a performed effect ever change. */
const grants = `
grant usage on schema carechart to carechart_app;
grant select, insert on ${CLINIC_TABLES.map((table) => `carechart.${table}`).join(', ')} to carechart_app;
grant update on carechart.plan to carechart_app;
grant update, delete on carechart.offer to carechart_app;
grant update (performed_at) on carechart.effect to carechart_app;
grant usage on schema carechart to carechart_jobs;
`;

export const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const part of [tables, commitStep, reads, rowSecurity, grants]) await sql.raw(part).execute(db);
  },
};
