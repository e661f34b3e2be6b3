import { beginningOf } from '../pathway/chart.ts';
import type { CompiledPathway, MaintenanceDefinition, StageDefinition } from '../pathway/compiled.schema.ts';
import type { DecisionDefinition } from '../pathway/decisions.schema.ts';
import { ExitName } from '../pathway/rules.schema.ts';
import { lengthText } from '../pathway/tailored.ts';
import { COMPLETED, type DrawnEdge, outcomesOf } from './drawn-outcomes.ts';
import { deciderWords, exitTitle, forWhom } from './drawn-words.ts';

export interface DrawnNode {
  readonly id: string;
  readonly kind: 'begin' | 'phase' | 'gate' | 'decision' | 'exit' | 'end';
  /** What stands in it, line by line. */
  readonly lines: readonly string[];
  /** The group that it stands in. */
  readonly within?: string | undefined;
}

export interface DrawnGroup {
  readonly id: string;
  readonly kind: 'stage' | 'track' | 'beside';
  readonly lines: readonly string[];
  readonly within?: string | undefined;
}

/** A pathway as it is drawn: every place that a plan can wait in, and what leads from one to the next. */
export interface Drawing {
  readonly title: string;
  readonly version: string;
  readonly nodes: readonly DrawnNode[];
  readonly groups: readonly DrawnGroup[];
  readonly edges: readonly DrawnEdge[];
}

/** A stage and a track may have one name. */
const groupOf = (kind: DrawnGroup['kind'], name: string): string => `${kind}/${name}`;

type Part = Pick<Drawing, 'nodes' | 'groups' | 'edges'>;
const NOTHING: Part = { nodes: [], groups: [], edges: [] };

const joined = (parts: readonly Part[]): Part => ({
  nodes: parts.flatMap(({ nodes }) => nodes),
  groups: parts.flatMap(({ groups }) => groups),
  edges: parts.flatMap(({ edges }) => edges),
});

/** Draws the course with its gates, its decisions with what their outcomes lead to, the tracks, and the exits. */
export function drawingOf(compiled: CompiledPathway): Drawing {
  const { title, version, course, tracks } = compiled;
  const before: Part = {
    ...NOTHING,
    nodes: [
      { id: 'begin', kind: 'begin', lines: [] },
      ...(['consultation', 'assessment'] as const).map((id): DrawnNode => {
        const choices = compiled.choices.filter(({ made }) => made === id);
        const lines = [id === 'consultation' ? 'Consultation' : 'Assessment'];
        return { id, kind: 'phase', lines: [...lines, ...choices.map((one) => `choice: ${one.title}`)] };
      }),
    ],
  };
  const first = decidedFirst(compiled);
  const parts = [
    before,
    first,
    line(compiled, { items: course, end: COMPLETED }),
    ...tracks.map((track) => trackPart(compiled, track)),
  ];
  const drawn = joined(parts);
  const beside = decidedBeside(compiled, new Set(drawn.nodes.map(({ id }) => id)));
  const all = joined([drawn, beside]);
  return { title, version, ...joined([all, exits(compiled, all.edges)]) };
}

/** From the beginning by the decisions of the first two phases to the course. */
function decidedFirst(compiled: CompiledPathway): Part {
  const { decidedIn, choices, course, decisions } = compiled;
  const isChoice = (name: string): boolean => choices.some(({ choice }) => choice === name);
  const asked = (phase: keyof typeof decidedIn) =>
    decidedIn[phase]
      .filter((name) => !isChoice(name))
      .flatMap((name) => decisions.find(({ decision }) => decision === name) ?? []);
  const chain = [
    'begin',
    'consultation',
    ...asked('consultation').map(({ decision }) => decision),
    'assessment',
  ];
  const last = [
    ...chain,
    ...asked('assessment').map(({ decision }) => decision),
    entryOf(compiled, course[0]?.name ?? COMPLETED),
  ];
  const of = [...asked('consultation'), ...asked('assessment')];
  const plain = last.flatMap((from, index): DrawnEdge[] => {
    const to = last[index + 1];
    return to === undefined || of.some(({ decision }) => decision === from) ? [] : [{ from, to }];
  });
  const decided = of.map((one) =>
    decisionPart(compiled, one, { next: last[last.indexOf(one.decision) + 1] }),
  );
  return joined([{ ...NOTHING, edges: plain }, ...decided]);
}

interface Line {
  readonly items: CompiledPathway['course'];
  /** Where it leads to after its last item. */
  readonly end: string;
  readonly within?: string;
}

function line(compiled: CompiledPathway, { items, end, within }: Line): Part {
  const ending: Part = { ...NOTHING, nodes: [{ id: end, kind: 'end', lines: ['Completed'], within }] };
  const parts = items.map(({ kind, name }, index): Part => {
    const following = items[index + 1];
    const next = following ? entryOf(compiled, following.name) : end;
    if (kind === 'stage') {
      const stage = compiled.stages.find((one) => one.stage === name);
      return stage ? stagePart(compiled, stage, { next, within }) : NOTHING;
    }
    if (kind === 'decision') {
      const decision = compiled.decisions.find((one) => one.decision === name);
      return decision ? decisionPart(compiled, decision, { next, within }) : NOTHING;
    }
    const one = compiled.maintenance.find(({ maintenance }) => maintenance === name);
    return one ? maintenancePart(one, { next, within }) : NOTHING;
  });
  return joined([...parts, ending]);
}

/** Where a stage, a decision or a maintenance begins. */
function entryOf({ stages }: CompiledPathway, name: string): string {
  const definition = stages.find(({ stage }) => stage === name);
  return definition ? beginningOf(definition) : name;
}

const waysOf = (compiled: CompiledPathway) => ({
  entry: (name: string) => entryOf(compiled, name),
  past(name: string): string {
    for (const { course } of [compiled, ...compiled.tracks]) {
      const at = course.findIndex((item) => item.name === name);
      const next = at < 0 ? undefined : course[at + 1];
      if (next) return entryOf(compiled, next.name);
    }
    return COMPLETED;
  },
});

const maintenancePart = (
  { maintenance: id, title, lasts }: MaintenanceDefinition,
  { next, within }: { readonly next: string; readonly within?: string | undefined },
): Part => ({
  groups: [],
  nodes: [{ id, kind: 'phase', lines: [title, `lasts ${lengthText(lasts)}`], within }],
  edges: [{ from: id, to: next }],
});

interface Around {
  readonly next?: string | undefined;
  readonly within?: string | undefined;
  /** The stage that `again` does once more. */
  readonly stage?: string | undefined;
}

function decisionPart(compiled: CompiledPathway, one: DecisionDefinition, around: Around): Part {
  const { decision: id, title, by } = one;
  const { edges, says } = outcomesOf(one, { ...around, ...waysOf(compiled) });
  const lines = [title, deciderWords(by), ...says];
  return { groups: [], nodes: [{ id, kind: 'decision', lines, within: around.within }], edges };
}

/** From its gate through its phases; what has no work is left out. */
function stagePart(compiled: CompiledPathway, stage: StageDefinition, { next, within }: Around): Part {
  const { stage: id, title, onlyFor } = stage;
  const group = groupOf('stage', id);
  const decisionNamed = (name: string | undefined): DecisionDefinition | undefined =>
    compiled.decisions.find(({ decision }) => decision === name);
  const phases = phasesOf(stage);
  const asked = [stage.decidedBefore, stage.decidedAfter, stage.reassess].map(decisionNamed);
  const [before, after, reassess] = asked;
  const chain = [
    ...(before ? [before.decision] : []),
    ...phases.slice(0, phases.findIndex(({ id: one }) => one === `${id}.procedure`) + 1).map((one) => one.id),
    ...(after ? [after.decision] : []),
    ...phases.slice(phases.findIndex(({ id: one }) => one === `${id}.procedure`) + 1).map((one) => one.id),
    ...(reassess ? [reassess.decision] : []),
  ];
  const followed = (name: string): string | undefined => chain[chain.indexOf(name) + 1] ?? next;
  const decided = asked.flatMap((one) =>
    one ? [decisionPart(compiled, one, { next: followed(one.decision), within: group, stage: id })] : [],
  );
  const plain = phases.flatMap(({ id: from }): DrawnEdge[] => {
    const to = followed(from);
    return to === undefined ? [] : [{ from, to }];
  });
  return joined([
    {
      groups: [{ id: group, kind: 'stage', lines: [title, ...forWhom(onlyFor)], within }],
      nodes: phases,
      edges: plain,
    },
    ...decided,
    atGate(compiled, stage),
    {
      ...NOTHING,
      edges: isRepeated(stage) ? [{ from: `${id}.procedure`, to: `${id}.ready`, label: 'next session' }] : [],
    },
  ]);
}

const isRepeated = ({ sessions, list }: StageDefinition): boolean => list !== undefined || sessions !== 1;

function phasesOf(stage: StageDefinition): DrawnNode[] {
  const { stage: id, consent, elsewhere, anaesthesia, prep, closure, recovery, table, period } = stage;
  const asks = [
    ...(consent ? ['consent'] : []),
    ...(anaesthesia ? [`${anaesthesia} anaesthesia`] : []),
    ...(table ? [`table ${table.table}`] : []),
  ];
  const gate = elsewhere ? ['Done elsewhere'] : ['Gate', ...asks];
  const node = (phase: string, kind: DrawnNode['kind'], lines: readonly string[]): DrawnNode => ({
    id: `${id}.${phase}`,
    ...{ kind, lines, within: groupOf('stage', id) },
  });
  const titles = (tasks: readonly { readonly title: string }[]): string[] => tasks.map(({ title }) => title);
  if (period)
    return [node('period', 'phase', [`lasts ${lengthText(period.lasts)}`, ...titles(period.tasks)])];
  return [
    node('ready', 'gate', gate),
    ...(prep ? [node('prep', 'phase', ['Preparation', ...titles(prep)])] : []),
    node('procedure', 'phase', ['Procedure', ...sessionsOf(stage)]),
    ...(closure.length > 0 ? [node('closure', 'phase', ['Closure', ...titles(closure)])] : []),
    ...(recovery.length > 0 ? [node('recovery', 'phase', ['Recovery', ...titles(recovery)])] : []),
  ];
}

function sessionsOf({ sessions, list, untilWhen }: StageDefinition): string[] {
  const listed = list?.flatMap((one) => (one.kind === 'session' ? [one.title] : [])) ?? [];
  if (listed.length > 0) return listed;
  const most = typeof sessions === 'number' ? `${sessions}` : `the ${sessions.figure}`;
  return sessions === 1 ? [] : [`${untilWhen ? 'up to ' : ''}${most} sessions`];
}

/** What a table says at the gate, where it does not simply open it. */
function atGate(compiled: CompiledPathway, { stage, table }: StageDefinition): Part {
  if (!table) return NOTHING;
  const around = { stage, ...waysOf(compiled), next: `${stage}.procedure` };
  const { edges } = outcomesOf({ decision: `${stage}.ready`, outcomes: table.outcomes }, around);
  return { ...NOTHING, edges: edges.filter(({ to }) => to !== `${stage}.procedure`) };
}

function trackPart(
  compiled: CompiledPathway,
  { track, title, onlyFor, starts, course }: CompiledPathway['tracks'][number],
): Part {
  const first = entryOf(compiled, course[0]?.name ?? '');
  const within = groupOf('track', track);
  const begins = starts === 'with course' ? 'starts with the course' : 'starts by a decision';
  return joined([
    {
      groups: [{ id: within, kind: 'track', lines: [title, begins, ...forWhom(onlyFor)] }],
      nodes: [{ id: `${track}.waiting`, kind: 'begin', lines: ['Waits to begin'], within }],
      edges: [{ from: `${track}.waiting`, to: first }],
    },
    line(compiled, { items: course, end: `${track}.${COMPLETED}`, within }),
  ]);
}

const BESIDE = 'beside';

/** What is decided whenever it is asked: by a rule, by name, or again and again. */
function decidedBeside(compiled: CompiledPathway, drawn: ReadonlySet<string>): Part {
  const { decisions, choices, reviews } = compiled;
  const parts = decisions
    .filter(({ decision }) => !drawn.has(decision) && !choices.some(({ choice }) => choice === decision))
    .map((one) => {
      const part = decisionPart(compiled, one, { within: BESIDE });
      const review = reviews.find((each) => each.review === one.decision);
      if (!review) return part;
      const nodes = part.nodes.map((node) => ({
        ...node,
        lines: [...node.lines, `every ${lengthText(review.every)}`],
      }));
      return { ...part, nodes };
    });
  if (parts.length === 0) return NOTHING;
  return joined([
    { ...NOTHING, groups: [{ id: BESIDE, kind: 'beside', lines: ['Asked on the way'] }] },
    ...parts,
  ]);
}

/** Those that somebody can decide for, and those that a rule leads to. */
function exits(
  { exits: terms, contraindications, eligibility }: CompiledPathway,
  edges: readonly DrawnEdge[],
): Part {
  const ruled = [
    ...contraindications.map(({ response }) => response),
    ...eligibility.map(({ otherwise }) => otherwise),
  ];
  const reached = ExitName.options.filter(
    (exit) => edges.some(({ to }) => to === exit) || ruled.some((response) => response === exit),
  );
  const nodes = reached.map((id): DrawnNode => {
    const { reviewEvery, closesAfter, returnsTo } = terms[id];
    const lines = [
      exitTitle(id),
      `looked at every ${lengthText(reviewEvery)}`,
      `returns to ${returnsTo}`,
      `closes after ${lengthText(closesAfter)}`,
    ];
    return { id, kind: 'exit', lines };
  });
  return { ...NOTHING, nodes };
}
