import type { Pathway } from '../core/pathway/pathway.ts';
import type { PlanState } from '../core/plan/plan-state.schema.ts';
import type { PlanView } from './plan-view.schema.ts';

/** What holds a plan, and what people have said to it. */

export const holdsOf = ({ holds }: PlanState): PlanView['holds'] =>
  Object.entries(holds).map(([id, hold]) => {
    const { kind, rule, stage, area, response, raisedAt, needsSignature, finding } = hold;
    const { title, result, evidence, clears } = finding;
    const since = raisedAt;
    return {
      id,
      kind,
      rule,
      stage,
      area,
      response,
      since,
      needsSignature,
      title,
      result,
      evidence,
      clears,
    };
  });

export const releasesOf = ({ releases }: PlanState): PlanView['releases'] =>
  Object.entries(releases).map(([hold, { rule, stage, area, by, role, at }]) => ({
    hold,
    rule,
    stage,
    area,
    by,
    role,
    at,
  }));

export function overridesOf(pathway: Pathway, { overrides }: PlanState): PlanView['overrides'] {
  return Object.entries(overrides).flatMap(([id, override]) => {
    const {
      status,
      version: _version,
      coversUnknown: _unknown,
      cites: _cites,
      ended: _ended,
      ...told
    } = override;
    if (status !== 'requested' && status !== 'active') return [];
    return [{ id, title: titleOf(pathway, override.rule), status, ...told }];
  });
}

function titleOf(pathway: Pathway, rule: string): string {
  const contraindication = pathway.contraindication(rule);
  if (contraindication) return contraindication.title;
  const isTable = pathway.stages.some(({ table }) => table?.table === rule);
  return isTable ? pathway.table(rule).title : rule;
}

/** In the order of the rules; one for each site that a rule is asked of. */
export const alertsOf = (pathway: Pathway, { alerts }: PlanState): PlanView['alerts'] =>
  pathway.alerts.flatMap(({ rule, title, say }) =>
    Object.entries(alerts).flatMap(([id, { status, tasks }]) => {
      const site = id === rule ? '' : id.startsWith(`${rule}/`) ? id.slice(rule.length + 1) : undefined;
      if (site === undefined || status === 'watching') return [];
      return [{ rule, title: site === '' ? title : `${title}, ${site}`, status, says: say, tasks }];
    }),
  );
