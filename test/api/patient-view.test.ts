import { PatientView } from '../../src/api/patient-view.schema.ts';
import { patientView } from '../../src/api/patient-view.ts';
import { PlanView } from '../../src/api/plan-view.schema.ts';
import { viewOf } from '../../src/api/plan-view.ts';
import { patientText } from '../../src/cli/patient-text.ts';
import { planText } from '../../src/cli/plan-text.ts';
import { careOf, irritate, irritated, kept, noonOf, underCare } from '../support/care.ts';
import { leave } from '../support/decided.ts';
import { alertOf, for_, leaf, stageOf, taskOf, type Variation } from '../support/pathways.ts';
import { eventOf, type RunningPlan } from '../support/plan.ts';

const SPANISH = {
  language: 'es',
  says: [
    { was: 'Say of home', now: 'Lávese con suavidad.' },
    { was: 'Let your skin rest.', now: 'Deje descansar la piel.' },
    { was: 'Call us today.', now: 'Llámenos hoy.' },
  ],
};

const recovery = [
  taskOf('stitches', {
    due: { from: for_(7, 'day'), to: for_(10, 'day'), after: 'procedure' },
    title: 'Stitches out',
    say: 'Keep them dry.',
  }),
];

/** Two operations: the first done on 9 March, with home care since then. */
function treated(more: Variation = {}): RunningPlan {
  return underCare(
    [
      careOf('home', {
        because: 'Clean skin heals.',
        morning: [{ text: 'cream', note: 'Thinly.' }],
        until: { by: for_(4, 'week'), after: 'first session' },
      }),
    ],
    {
      stages: [stageOf('first', { recovery }), stageOf('second', { say: 'The second operation.' })],
      rules: [irritated()],
      alerts: [
        alertOf('sore', { all: [leaf('irritation', 'greaterThanInclusive', 3)] }, { say: 'Call us today.' }),
        alertOf('quiet', { all: [leaf('irritation', 'greaterThanInclusive', 3)] }),
      ],
      texts: [SPANISH],
      languages: ['en', 'es'],
      ...more,
    },
  );
}

const seen = ({ pathway, state }: RunningPlan, language?: string): PatientView =>
  PatientView.parse(patientView({ pathway, state, now: state.now }, language));
const staffText = ({ pathway, state }: RunningPlan): string =>
  planText(PlanView.parse(viewOf(pathway, state, state.now)));

describe('what a patient reads', () => {
  it('says where the plan is, and since when', () => {
    expect(seen(treated()).where).toEqual([
      { phase: 'recovery', title: { text: 'Stage first' }, since: noonOf('2026-03-09') },
    ]);
  });

  it('says what is next, in the words of its stage', () => {
    const plan = treated();
    expect(seen(plan).next).toEqual([
      { title: { text: 'Stage second' }, says: { text: 'The second operation.' } },
    ]);
  });

  it('says for which day that is booked', () => {
    const plan = treated();
    plan.send(eventOf('appointment.booked', { stage: 'second', on: '2026-04-20' }));
    expect(seen(plan).next[0]).toMatchObject({ bookedOn: '2026-04-20' });
  });

  it('gives milestones as ranges of days', () => {
    expect(seen(treated()).milestones).toEqual([
      {
        title: { text: 'Stitches out' },
        says: { text: 'Keep them dry.' },
        ...{ from: '2026-03-16', to: '2026-03-19', isForYou: false },
      },
    ]);
  });

  it('gives home care with its why, its notes and its last day', () => {
    expect(seen(treated()).care).toMatchObject([
      {
        care: 'home',
        says: { text: 'Say of home' },
        because: { text: 'Clean skin heals.' },
        morning: [{ text: 'cream', note: 'Thinly.' }],
        lastDay: '2026-04-06',
        stopped: [],
      },
    ]);
  });

  it('says what not to use, why, and who looks at it', () => {
    const plan = treated();
    irritate(plan, 2, '2026-03-10');
    const [care] = seen(plan).care;
    expect(care?.stopped).toEqual([
      { title: { text: 'Title of irritated' }, says: { text: 'Let your skin rest.' }, lookedAtBy: 'nurse' },
    ]);
    expect(patientText(seen(plan))).toContain(
      'DO NOT USE FOR NOW: Let your skin rest. Until the nurse has looked at it.',
    );
  });

  it('says when to call, of all that watches now and says something to patients', () => {
    expect(seen(treated()).callWhen).toEqual([
      {
        title: { text: 'Title of sore' },
        says: { text: 'Call us today.' },
        signs: ['irritation: greaterThanInclusive 3'],
      },
    ]);
  });

  it('says what stands in the way where the rule tells patients, and not otherwise', () => {
    const rules = [
      irritated({ stops: ['procedure'], tell: ['patient'] }),
      irritated({ rule: 'other', stops: ['procedure'] }),
    ];
    const plan = treated({ rules, stages: [stageOf('first'), stageOf('second')] });
    for (const id of Object.keys(plan.state.tasks)) plan.complete(id);
    irritate(plan, 3, '2026-03-10');
    expect(Object.keys(plan.state.holds)).toHaveLength(2);
    expect(seen(plan).waitsFor.map(({ says }) => says.text)).toEqual(['Let your skin rest.']);
  });

  it('says what was signed', () => {
    const plan = treated();
    plan.consent('second-consent', '2026-03-10', noonOf('2026-03-10'));
    expect(seen(plan).signed).toEqual([
      { form: 'second-consent', by: 'patient', signedOn: '2026-03-10', for: [{ text: 'Stage second' }] },
    ]);
  });

  it('says that the plan is off its course, with the home care that goes on', () => {
    const plan = treated();
    leave(plan, 'postponement', noonOf('2026-03-10'));
    const { where, care } = seen(plan);
    expect([where[0]?.phase, care.length]).toEqual(['postponement', 1]);
  });
});

describe('what a patient reads in another language', () => {
  it('is translated where there are words, and marked where there are none', () => {
    const { language, care, callWhen, title } = seen(treated(), 'es');
    expect([language, care[0]?.says, callWhen[0]?.says]).toEqual([
      'es',
      { text: 'Lávese con suavidad.' },
      { text: 'Llámenos hoy.' },
    ]);
    expect(title).toEqual({ text: 'Removal of a mole', isUntranslated: true });
    expect(patientText(seen(treated(), 'es'))).toContain('Removal of a mole (*) [es]');
  });

  it.each([undefined, 'en', 'fr'])('is the first of the clinic where %s is asked for', (asked) => {
    const { language, care } = seen(treated(), asked);
    expect([language, care[0]?.says]).toEqual(['en', { text: 'Say of home' }]);
  });
});

describe('what staff see of home care', () => {
  it('is what is in force, what stops it and for whom it waits, and how it is kept to', () => {
    const plan = treated();
    kept(plan, 'some', { from: '2026-03-09', to: '2026-03-15' });
    irritate(plan, 2, '2026-03-16');
    const text = staffText(plan);
    expect(text).toContain('Title of home (home): since Mon 9 Mar 2026 12:00, to Mon 6 Apr 2026');
    expect(text).toContain('morning: cream');
    expect(text).toContain('STOPPED: Title of irritated, waits for the nurse (care:home/irritated)');
    expect(text).toContain('kept to: Mon 9 Mar 2026 to Sun 15 Mar 2026 some');
  });

  it('is nothing where there is none', () => {
    expect(staffText(underCare([]))).not.toContain('Home care');
  });
});
