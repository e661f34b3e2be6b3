import { isChosenFrom } from '../pathway/areas.ts';
import { type Pathway, sessionsIn } from '../pathway/pathway.ts';
import { WAITING } from './lines.ts';
import type { PlanState } from './plan-state.schema.ts';

/** A plan, the version that it runs by, and the one that it is to go on by. */
export interface Versions {
  readonly before: Pathway;
  readonly next: Pathway;
  readonly state: PlanState;
}

/** Where a plan is and has been, its people and its sites, as far as the other version does not have them. */
export const placesMissing = (versions: Versions): string[] => [
  ...clinicMissing(versions),
  ...chartsMissing(versions),
  ...stagesMissing(versions),
  ...sitesMissing(versions),
];

function clinicMissing({ before, next, state }: Versions): string[] {
  const { clinic } = next;
  const waits = Object.values(state.waits);
  const ladders = waits.flatMap(({ ladder, climbs }) => (climbs === undefined ? [ladder] : [ladder, climbs]));
  const asked = Object.values(state.questions).flatMap(({ roles, answer }) => (answer ? [] : roles));
  const owing = Object.values(state.tasks).flatMap(({ role, status }) =>
    status === 'requested' ? [role] : [],
  );
  const roles = new Set([...waits.map(({ owner }) => owner), ...asked, ...owing]);
  return [
    ...(clinic.clinic === before.clinic.clinic ? [] : [`It is of another clinic, ${clinic.clinic}.`]),
    ...(next.zone === before.zone ? [] : [`Its days are those of ${next.zone}, not of ${before.zone}.`]),
    ...[...roles]
      .filter((role) => !clinic.roles.includes(role))
      .map((role) => `It knows no ${role}, of whom something is asked now.`),
    ...[...new Set(ladders)]
      .filter((name) => !clinic.ladders.some(({ ladder }) => ladder === name))
      .map((name) => `It has no ladder ${name}, which somebody climbs now.`),
  ];
}

function chartsMissing({ next, state }: Versions): string[] {
  const { leave, tracks } = state;
  const main = next.line(undefined).chart;
  const at = [state.chart, ...(leave ? [leave.from] : [])];
  const begun = Object.entries(tracks).filter(
    ([, { chart, asked }]) => chart !== WAITING.chart || asked !== undefined,
  );
  return [
    ...at.filter((chart) => !main.has(chart)).map(noChart),
    ...begun.flatMap(([track, { chart, leftFrom }]) => {
      if (!next.tracks.some((one) => one.track === track)) return [`It has no track ${track}.`];
      const line = next.line(track).chart;
      return [chart, ...(leftFrom === undefined ? [] : [leftFrom])]
        .filter((one) => !line.has(one))
        .map((one) => `${noChart(one)} (${track})`);
    }),
  ];
}

const noChart = (chart: string): string => `It has no ${chart}, where the plan is.`;

/** What has been come to, done, booked or told to wait can be looked at, taken back and gone on with by its name alone. */
function stagesMissing(versions: Versions): string[] {
  const { stages, performed, gates, bookings, delays, holds } = versions.state;
  const names = [
    ...[stages, bookings, delays].flatMap((all) => Object.keys(all)),
    ...[...performed, ...gates, ...Object.values(holds)].map(({ stage }) => stage),
  ];
  return [...new Set(names)].flatMap((name) => stageDiffers(versions, name));
}

function stageDiffers({ before, next, state }: Versions, name: string): string[] {
  const [known, stage] = [before.stage(name), next.stage(name)];
  if (!stage) return [`It has no stage ${name}.`];
  if (!known) return [];
  const has = new Set(sessionsIn(stage).map(({ session }) => session));
  return [
    ...(before.trackOf(name) === next.trackOf(name) ? [] : [`${name} stands in another course there.`]),
    ...(known.elsewhere === stage.elsewhere
      ? []
      : [`${name} is done ${stage.elsewhere ? 'elsewhere' : 'here'} there.`]),
    ...((known.list === undefined) === (stage.list === undefined)
      ? []
      : [`The sessions of ${name} are ${stage.list ? 'listed one by one' : 'all alike'} there.`]),
    ...sessionsKnown(state, name)
      .filter((session) => !has.has(session))
      .map((session) => `${name} has no session ${session} there.`),
  ];
}

function sessionsKnown({ performed, gates, stages }: PlanState, name: string): string[] {
  const { goneBy = [], passedOver = [] } = stages[name] ?? {};
  const ofStage = [...performed, ...gates].filter(({ stage }) => stage === name);
  const named = [...ofStage, ...passedOver].flatMap(({ session }) => session ?? []);
  return [...new Set([...named, ...goneBy])];
}

/** A site is another one where it is made of other parts: what was seen of it was not seen of them. */
function sitesMissing({ before, next, state }: Versions): string[] {
  const chosen = Object.values(state.areas).flat();
  const seen = Object.values(state.observations).flatMap((all) => all.flatMap(({ area }) => area ?? []));
  const done = [
    ...state.performed.flatMap(({ areas }) => areas),
    ...state.past.flatMap(({ area }) => area ?? []),
  ];
  const sites = new Set([...chosen, ...seen, ...done]);
  return [
    ...[...sites]
      .filter((site) => !isSameSite({ before, next }, site))
      .map((site) => `It has no ${site}, or another one.`),
    ...(['treatment', 'donor'] as const).flatMap((role) =>
      isChosenFrom(next.areaChoices[role], state.areas[role] ?? [])
        ? []
        : [`Its ${role} area cannot be ${state.areas[role]?.join(', ') || 'left open'}.`],
    ),
  ];
}

function isSameSite({ before, next }: Pick<Versions, 'before' | 'next'>, site: string): boolean {
  const known = ({ areas }: Pathway): string | undefined =>
    areas.sites.includes(site) ? areas.atomsOf(site).toSorted().join() : undefined;
  return known(before) === known(next);
}
