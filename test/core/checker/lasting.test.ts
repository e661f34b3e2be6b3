import { HERE } from '../authoring/sample.ts';
import { describeFindings } from './findings.ts';

const END = '  - maintenance: later';
const NEEDED = 'onlyWhen: { neuropathy: below 3 }';
const CALL = '{ task: call, title: Call, role: nurse, every: 2 weeks, records: [neuropathy] }';

/** A span of time after the last treatment, which not everybody needs. */
const WATCH = `  - stage: watch
    title: Watch and wait
    lasts: 3 months
    ${NEEDED}
    tasks:
      - ${CALL}
    reassess:
      decision: watched
      title: Watched for long enough?
      by: surgeon
      due: 7 days after asked
      outcomes: { on: { again: no limit }, enough: go }
${END}`;

/** A treatment after it, of which the temperature was taken before the last one. */
const TREATED = `  - stage: once-more
    title: Once more
    procedure: excision
    in: treatment
    consent: { form: cut-consent, by: patient, covers: one procedure, lasts: 6 months }
${END}`;

const inWatch = (from: string, to: string): string => WATCH.replace(from, to);
const thenTreated = (span: string): string => span.replace(END, TREATED);
/** Everybody goes through it. */
const always = inWatch(`    ${NEEDED}\n`, '');

const INTERVAL = 'intervals:\n';
const inTime = (latest: string): string =>
  `${INTERVAL}  - { interval: soon, title: Soon again, from: end of fill, to: start of once-more, minimum: 1 day, latest: ${latest}, ifLate: { ask: surgeon } }\n`;

const WELL = 'outcomes: { yes: go, no: { exit: further-evaluation } }';
const FILL = 'outcomes: { fill: go,';

describeFindings([
  [
    'CC1201',
    'error',
    'a span of time at whose end somebody is only ever asked',
    'pathway',
    {
      from: END,
      wrong: inWatch('stage:', `${HERE}stage:`).replace('enough: go', 'ask: { ask: nurse }'),
      right: WATCH,
    },
  ],
  [
    'CC1200',
    'error',
    'a span of time that nobody comes to',
    'pathway',
    {
      from: `${WELL}\n${END}`,
      wrong: `${WELL.replace('go', 'end')}\n${inWatch('stage:', `${HERE}stage:`)}`,
      right: `${WELL}\n${WATCH}`,
    },
  ],
  [
    'CC1231',
    'warning',
    'work that comes round less often than the span of time lasts',
    'pathway',
    {
      from: END,
      wrong: inWatch('every: 2 weeks', `every: ${HERE}4 months`),
      right: inWatch('2 weeks', '2 months'),
    },
  ],
  [
    'CC1208',
    'error',
    'a stage for nobody who is eligible',
    'pathway',
    {
      from: END,
      wrong: inWatch('stage:', `${HERE}stage:`).replace('neuropathy: below 3', 'age: below 16 years'),
      right: inWatch('neuropathy: below 3', 'age: below 60 years'),
    },
  ],
  [
    'CC1215',
    'error',
    'a stage whose condition contradicts itself',
    'pathway',
    {
      from: END,
      wrong: inWatch(
        '{ neuropathy: below 3 }',
        `${HERE}{ all: [ { neuropathy: below 2 }, { neuropathy: at least 3 } ] }`,
      ),
      right: inWatch(
        '{ neuropathy: below 3 }',
        '{ any: [ { neuropathy: below 2 }, { neuropathy: at least 3 } ] }',
      ),
    },
  ],
  [
    'CC1216',
    'warning',
    'a stage whose condition everybody fulfils',
    'pathway',
    {
      from: END,
      wrong: inWatch(
        '{ neuropathy: below 3 }',
        `${HERE}{ any: [ { neuropathy: below 3 }, { neuropathy: at least 3 } ] }`,
      ),
      right: WATCH,
    },
  ],
  [
    'CC1235',
    'note',
    'a stage that hangs on what nobody records',
    'pathway',
    {
      from: END,
      wrong: inWatch('stage:', `${HERE}stage:`).replace('neuropathy: below 3', 'height: below 100 cm'),
      right: WATCH,
    },
  ],
  [
    'CC1229',
    'warning',
    'a temperature from before a span of time that everybody goes through',
    'pathway',
    {
      from: END,
      wrong: thenTreated(always).replace('stage: once-more', `${HERE}stage: once-more`),
      right: thenTreated(WATCH),
    },
  ],
  [
    'CC1225',
    'error',
    'a latest day that is over before a span of time is',
    'pathway',
    {
      from: INTERVAL,
      given: ['pathway', END, thenTreated(inWatch('[neuropathy]', '[neuropathy, temperature]'))],
      wrong: inTime(`${HERE}2 months`),
      right: inTime('4 months'),
    },
  ],
  [
    'CC1203',
    'warning',
    'what follows an exit, and is never come to',
    'pathway',
    {
      from: FILL,
      wrong: `outcomes: { fill: ${HERE}{ exit: postponement, then: { to: fill, atMost: 1, then: { ask: nurse } } },`,
      right: 'outcomes: { fill: { exit: postponement, then: { to: fill } },',
    },
  ],
  [
    'CC1236',
    'warning',
    'what a decision waits for, and nobody of the team supplies',
    'pathway',
    {
      from: `- decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    ${WELL}`,
      wrong: `- ${HERE}decision: well
    title: Is all well?
    by: surgeon
    due: 14 days after last session
    needs: [height]
    ${WELL}`,
      given: ['pathway', 'team: [surgeon, nurse]', 'team: [surgeon]'],
      right: `- decision: well
    title: Is all well?
    by: { table: risk, confirm: surgeon }
    due: 14 days after last session
    outcomes: { standard: go, some: { wait: 7 days, atMost: 1, then: go }, high: { exit: further-evaluation } }`,
    },
  ],
]);
