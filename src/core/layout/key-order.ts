/**
 * The keys of each kind of item in the order in which the grammar lists them. An item begins with its kind; which kind
 * an item is of, where it has keys of several, is said by the order of this list.
 */
const KINDS: Readonly<Record<string, string>> = {
  pathway:
    'version title uses team areas choices figures consultation assessment course decisions intervals alongside goals charges exits',
  ruleSet: 'version title sources rules',
  casesFor: 'zone today cases',
  scenario: 'of zone start steps',
  stage:
    'title onlyFor onlyWhen optional procedure in andIn anaesthesia elsewhere lasts consent with sessions spacing missed untilWhen beforeEach afterEach prep closure recovery reassess price say',
  session: 'title onlyFor procedure with say',
  task: 'title role due every from until records needs onlyWhen onlyFor ladder handsTo clears outcome say',
  contraindication: 'title when stops of strength then clears override ifUnknown tell say because source',
  interval:
    'title from to area counts minimum recommended latest ifLate grace ifEarly sameDay otherPlans onlyWhen because source',
  table: 'title answers taken rows override because source',
  alert: 'title when of within do say because source',
  eligibility: 'title for when otherwise because source',
  choice: 'title by made due ladder ifUnknown values',
  figure: 'title value values levels startsAt oneOf adjust source',
  decision: 'title on by due ladder needs noQuorum ifUnknown outcomes',
  review: 'title every by due ladder outcomes',
  track: 'title onlyFor starts course',
  maintenance: 'title lasts tasks say',
  pack: 'title tasks care',
};

/** Groups of keys that have no name of their own, by the key under which they stand. */
const GROUPS: Readonly<Record<string, string>> = {
  consent: 'form by orGuardianBelow covers lasts',
  spacing: 'from minimum recommended latest ifLate grace ifEarly sameDay onlyWhen source',
  override: 'by second lasts covers reasons',
  adjust: 'by from to when because',
  prep: 'packs tasks',
  closure: 'packs tasks',
  recovery: 'packs tasks',
  consultation: 'tasks decisions',
  assessment: 'tasks decisions',
  beforeEach: 'packs tasks decision',
  afterEach: 'packs tasks decision',
};

/**
 * Puts the keys of one mapping into the grammar's order. A key that the grammar does not list stays behind the one that
 * it follows; names that somebody gave (of outcomes, values, facts) stay as they stand.
 * @param under - the key that the mapping is the value of; undefined: an item of a list, or a whole file
 * @returns the same keys
 */
export function inOrder(keys: readonly string[], under: string | undefined): string[] {
  const order = orderOf(keys, under);
  if (!order) return [...keys];
  const runs: { readonly place: number; readonly keys: string[] }[] = [];
  for (const key of keys) {
    const place = order.indexOf(key);
    const last = runs.at(-1);
    if (place < 0 && last) last.keys.push(key);
    else runs.push({ place, keys: [key] });
  }
  return runs.toSorted((one, other) => one.place - other.place).flatMap((run) => run.keys);
}

function orderOf(keys: readonly string[], under: string | undefined): readonly string[] | undefined {
  if (under !== undefined) return Object.hasOwn(GROUPS, under) ? GROUPS[under]?.split(' ') : undefined;
  const kind = Object.keys(KINDS).find((one) => keys.includes(one));
  return kind === undefined ? undefined : [kind, ...(KINDS[kind]?.split(' ') ?? [])];
}
