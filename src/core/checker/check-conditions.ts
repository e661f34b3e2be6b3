import { leavesOf } from '../pathway/conditions.ts';
import type { LoweredCondition } from '../pathway/facts.schema.ts';
import type { Catalogue } from './cells.ts';
import { counted, type Finding, type Looked, quoted, type Subject } from './finding.ts';
import { MOST_COMBINATIONS, Space } from './space.ts';

/** A condition where it stands, and what it would mean that it never holds, or always does. */
export interface Asked {
  readonly at: Subject;
  readonly when: LoweredCondition;
  /** What follows then, in words; absent: that is fine. */
  readonly never?: string;
  readonly always?: string;
  /** Which of the two cannot stay: nothing would be done, or nobody held, who should be. */
  readonly grave: readonly ('never' | 'always')[];
}

/** Tests of one condition that are looked at together. */
const MOST_TESTS = 100;

/** Conditions that no patient fulfils, or every patient does, and parts of them that change nothing. */
export function checkConditions(all: readonly Asked[], catalogue: Catalogue): Looked {
  const conditions = all.filter(({ when }) => leavesOf(when).length <= MOST_TESTS);
  if (all.length === 0) return { findings: [], explored: [] };
  const spaces = conditions.map((asked) => ({ asked, space: new Space([asked.when], catalogue) }));
  const findings = spaces.flatMap(({ asked, space }) => lookAt(asked, space));
  const undecided = spaces.reduce((sum, { space }) => sum + space.undecided, 0);
  const tests = conditions.reduce((sum, { when }) => sum + leavesOf(when).length, 0);
  const cut = `${counted(undecided, 'question')} about them took more than ${MOST_COMBINATIONS} combinations`;
  return {
    findings,
    explored: [
      `${counted(conditions.length, 'condition')} with ${counted(tests, 'test')}`,
      ...(undecided > 0 ? [cut] : []),
      ...(conditions.length < all.length
        ? [`not ${counted(all.length - conditions.length, 'condition')} of more than ${MOST_TESTS} tests`]
        : []),
    ],
  };
}

function lookAt({ at, when, never, always, grave }: Asked, space: Space): Finding[] {
  const facts = quoted([...new Set(leavesOf(when).map(({ fact }) => fact))]);
  const severityOf = (which: 'never' | 'always') => (grave.includes(which) ? 'error' : 'warning');
  if (space.isImpossible([{ when, is: 'met' }])) {
    if (never === undefined) return [];
    const says = `\`${at.name}\`: nobody can fulfil this, so ${never}`;
    const help = `look at what it asks of ${facts}: no value does all of that at once`;
    return [{ code: 'CC1215', severity: severityOf('never'), at, says, help }];
  }
  if (space.isImpossible([{ when, is: 'unmet' }])) {
    if (always === undefined) return [];
    const says = `\`${at.name}\`: everybody fulfils this, so ${always}`;
    return [
      { code: 'CC1216', severity: severityOf('always'), at, says, help: `narrow what it asks of ${facts}` },
    ];
  }
  return needless(space, when).map((words): Finding => {
    const says = `\`${at.name}\`: a part of this adds nothing, for the rest says as much: ${words}`;
    return { code: 'CC1217', severity: 'warning', at, says };
  });
}

/** Members of `any` that mean that another is met already, and of `all` that follow from the others. */
function needless(space: Space, condition: LoweredCondition): string[] {
  if ('fact' in condition) return [];
  if ('not' in condition) return needless(space, condition.not);
  const isAll = 'all' in condition;
  const members = isAll ? condition.all : condition.any;
  const [is, isNot] = isAll ? (['met', 'unmet'] as const) : (['unmet', 'met'] as const);
  const dropped: LoweredCondition[] = [];
  for (const member of members) {
    const others = members.filter((one) => one !== member && !dropped.includes(one));
    const rest = others.map((when) => ({ when, is }));
    if (others.length > 0 && space.isImpossible([{ when: member, is: isNot }, ...rest])) dropped.push(member);
  }
  const inner = members.filter((one) => !dropped.includes(one)).flatMap((member) => needless(space, member));
  return [...dropped.map(wordsOf), ...inner];
}

const wordsOf = (condition: LoweredCondition): string =>
  leavesOf(condition)
    .map(({ fact, name }) => `${fact} ${name}`)
    .join(', ');
