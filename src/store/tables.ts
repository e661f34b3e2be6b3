import type { Generated } from 'kysely';

/** The tables of schema `carechart`. Instants are UTC text; what must come back byte for byte is text, never jsonb. */
export interface Tables {
  'carechart.definition': DefinitionTable;
  'carechart.offer': OfferTable;
  'carechart.proposal': ProposalTable;
  'carechart.approval': ApprovalTable;
  'carechart.plan': PlanTable;
  'carechart.step': StepTable;
  'carechart.journal': JournalTable;
  'carechart.effect': EffectTable;
  'carechart.message': MessageTable;
  'carechart.charge': ChargeTable;
}

interface DefinitionTable {
  clinic: string;
  digest: string;
  pathway: string;
  version: string;
  title: string;
  compiled: string;
  published_at: string;
  published_by: string;
}

/** Which published version new plans start on. */
interface OfferTable {
  clinic: string;
  pathway: string;
  digest: string;
  since: string;
}

interface ProposalTable {
  clinic: string;
  digest: string;
  pathway: string;
  version: string;
  title: string;
  compiled: string;
  author: string;
  proposed_at: string;
}

interface ApprovalTable {
  clinic: string;
  digest: string;
  pathway: string;
  approver: string;
  approved_at: string;
  effective_at: string;
}

/** The read model: one row a plan, written by the commit that moves it. */
interface PlanTable {
  clinic: string;
  plan_id: string;
  patient: string;
  pathway: string;
  version: string;
  digest: string;
  sequence: number;
  status: string;
  chart: string;
  chart_entered_at: string;
  next_due_at: string | null;
  /** When the plan's own timer fires next. */
  wake_at: string | null;
  escalation: number;
  holds: string[];
  started_at: string;
  updated_at: string;
  head: string;
}

interface StepTable {
  clinic: string;
  plan_id: string;
  sequence: number;
  source: string;
  event_id: string;
  event_hash: string;
  type: string;
  /** As the core took it, with its actor: with `now` it makes the same step again. */
  event: string;
  now: string;
  answer: string;
  state: string;
  state_hash: string;
  effects: string;
  head: string;
}

interface JournalTable {
  clinic: string;
  plan_id: string;
  sequence: number;
  entry: number;
  at: string;
  kind: string;
  actor_id: string;
  actor_roles: string[];
  body: string | null;
  salt: string | null;
  body_hash: string;
  hash: string;
}

interface EffectTable {
  clinic: string;
  effect_id: string;
  plan_id: string;
  kind: string;
  body: string;
  requested_at: string;
  performed_at: string | null;
}

interface MessageTable {
  number: Generated<number>;
  clinic: string;
  effect_id: string;
  plan_id: string;
  role: string;
  subject: string;
  says: string;
  level: number;
  told_at: string;
}

/** What the payment service is asked for. */
interface ChargeTable {
  number: Generated<number>;
  clinic: string;
  effect_id: string;
  plan_id: string;
  patient: string;
  charge: string;
  asks: string;
  /** In the smallest unit of the currency. */
  minor: number;
  currency: string;
  says: string;
  reference: string | null;
  asked_at: string;
}
