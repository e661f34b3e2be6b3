import type { Duration } from '../model/primitives.schema.ts';
import type { StageDefinition } from '../pathway/compiled.schema.ts';
import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import { type Pathway, sessionsIn } from '../pathway/pathway.ts';
import type { Subject } from './finding.ts';
import { leadsTo } from './journeys.ts';

/** A fact that a gate asks, why, and how old it may be there. */
export interface GateFact {
  readonly fact: string;
  /** The rule that asks, where it is written. */
  readonly by: Subject;
  /** Each of them binds; none: it is good for ever. */
  readonly goodFor: readonly Duration[];
}

/** What a condition at a gate is part of. */
interface Asking {
  readonly by: Subject;
  readonly when: LoweredCondition;
}

/** All that is asked at the procedure's gate of a stage, at any of its sessions. */
export function gateFacts(pathway: Pathway, stage: StageDefinition): GateFact[] {
  const asked = askedAt(pathway, stage).flatMap(({ by, when }) =>
    leavesOf(when).map(({ fact, params }): GateFact => {
      const base = pathway.derived(fact)?.of ?? fact;
      const taken = params?.taken;
      const within = taken && 'within' in taken ? [taken.within] : [];
      const { goodFor } = pathway.fact(base) ?? {};
      return { fact: base, by, goodFor: [...within, ...(goodFor ? [goodFor] : [])] };
    }),
  );
  const counted = pathway.intervals.flatMap((rule): GateFact[] =>
    rule.from.kind === 'fact' && leadsTo(rule, stage)
      ? [
          {
            fact: rule.from.fact,
            by: { kind: 'interval', name: rule.rule },
            goodFor: [pathway.fact(rule.from.fact)?.goodFor ?? []].flat(),
          },
        ]
      : [],
  );
  return [...asked, ...counted];
}

function askedAt(pathway: Pathway, stage: StageDefinition): Asking[] {
  const { eligibility, intervals } = pathway;
  const sessions = sessionsIn(stage).map((session) => pathway.stageAt(session));
  const rules = new Set([stage, ...sessions].flatMap((one) => pathway.contraindicationsOf(one)));
  const table = stage.table ? [pathway.table(stage.table.table)] : [];
  return [
    ...(stage.onlyWhen ? [{ by: { kind: 'stage', name: stage.stage }, when: stage.onlyWhen }] : []),
    ...eligibility.map(({ rule, when }) => ({ by: { kind: 'eligibility', name: rule }, when })),
    ...[...rules].map(({ rule, when }) => ({ by: { kind: 'contraindication', name: rule }, when })),
    ...table.flatMap(({ rule, rows }) =>
      rows.map(({ when }) => ({ by: { kind: 'table', name: rule }, when })),
    ),
    ...intervals.flatMap((rule) =>
      rule.onlyWhen && leadsTo(rule, stage)
        ? [{ by: { kind: 'interval', name: rule.rule }, when: rule.onlyWhen }]
        : [],
    ),
  ];
}
