import { main } from '../../src/cli/main.ts';
import { twoStages } from '../fixtures/two-stages.compiled.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let url: string;
beforeEach(async () => {
  world = await createWorld({ compiled: twoStages, answerWithinMs: 150 });
  url = await world.api.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => world.api.close());

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function carechart(...words: string[]): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(['node', 'carechart', ...words], {
    env: { CARECHART_URL: url },
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** A verb that has to be taken. */
async function done(...words: string[]): Promise<string> {
  const { code, out, err } = await carechart(...words);
  expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
  return out;
}

const show = (): Promise<string> => done('show', 'plan-1');
const surgeon = ['--as', 'dermatologist', '--person', 'ada'];
const lead = ['--as', 'clinical-lead', '--person', 'lee'];

const start = (areas = 'treatment=left breast,right breast') =>
  done('start', 'mole-removal', '--patient', 'p-1', '--plan', 'plan-1', '--area', areas);

/** At the gate of the expander, consent signed. */
async function bringToGate(...facts: string[][]): Promise<void> {
  await start();
  await done('observe', 'plan-1', 'birthDate', '1990-05-05');
  for (const fact of facts) await done('observe', 'plan-1', ...fact);
  for (const area of ['left breast', 'right breast'])
    await done('observe', 'plan-1', 'skin', 'none', '--list', '--area', area);
  await done('history', 'plan-1', '--complete');
  await done('complete', 'plan-1', 'consultation/history');
  await done('consent', 'plan-1', 'expander-consent', '--signed-on', '2026-03-02');
}

test('start takes the areas that are chosen, and show tells them', async () => {
  await start();
  expect((await show()).split('\n').slice(1, 6)).toEqual([
    'patient p-1, in consultation since Mon 2 Mar 2026 09:00 (America/New_York)',
    'treatment: left breast, right breast',
    '',
    'For everyone to see',
    '  allergies  missing',
  ]);
  const without = await carechart('start', 'mole-removal', '--patient', 'p-2', '--plan', 'plan-2');
  expect(without).toMatchObject({ code: 1, err: expect.stringContaining('CC2025') });
});

test('facts are told with their area, as they were sent, and what is flagged before all others', async () => {
  await start();
  await done('observe', 'plan-1', 'temperature', '98.6', '--unit', '[degF]', '--at', '2026-03-02T13:30:00Z');
  await done('observe', 'plan-1', 'skin', 'infection,herpes', '--list', '--area', 'right breast');
  await done('observe', 'plan-1', 'skin', 'none', '--list', '--area', 'left breast');
  await done('observe', 'plan-1', 'allergies', 'penicillin,bee venom', '--list');
  const lines = (await show()).split('\n');
  expect(lines.slice(lines.indexOf('For everyone to see'), 7)).toEqual([
    'For everyone to see',
    '  allergies  penicillin, bee venom  clinician  Mon 2 Mar 2026 09:00',
    '',
  ]);
  const facts = lines.indexOf('Facts');
  expect(lines.slice(facts, facts + 4)).toEqual([
    'Facts',
    '  skin, left breast   none               clinician  Mon 2 Mar 2026 09:00',
    '  skin, right breast  infection, herpes  clinician  Mon 2 Mar 2026 09:00',
    '  temperature         37 Cel             clinician  Mon 2 Mar 2026 08:30  sent as 98.6 [degF]',
  ]);
});

test('a number below zero is a value, not an option', async () => {
  await start();
  const { code, err } = await carechart('observe', 'plan-1', 'temperature', '-4', '--unit', 'Cel');
  expect(code).toBe(1);
  expect(err).toContain('temperature -4 lies outside 30 to 45 Cel');
});

test('correct replaces and withdraw-fact takes back, by area and day', async () => {
  await start();
  await done('observe', 'plan-1', 'skin', 'infection', '--list', '--area', 'left breast', '--id', 'o-1');
  const of = ['--area', 'left breast', '--on', '2026-03-02'];
  await done('correct', 'plan-1', 'skin', 'herpes', '--list', ...of, '--reason', 'misread', '--event', 'o-1');
  expect(await show()).toContain('skin, left breast  herpes');
  await done('withdraw-fact', 'plan-1', 'skin', ...of, '--reason', 'of somebody else');
  expect(await show()).not.toContain('skin');
  const { err } = await carechart('withdraw-fact', 'plan-1', 'skin', ...of, '--reason', 'again');
  expect(err).toContain('CC2024');
  const journal = await done('journal', 'plan-1');
  expect(journal).toContain('Corrected: skin of 2026-03-02. misread');
  expect(journal).toContain('Withdrawn: skin of 2026-03-02. of somebody else');
});

test('a correction takes a number in another unit', async () => {
  await start();
  await done('observe', 'plan-1', 'glucose', '7', '--unit', 'mmol/L');
  await done(
    ...['correct', 'plan-1', 'glucose', '1.1', '--unit', 'g/L'],
    ...['--on', '2026-03-02', '--reason', 'another tube'],
  );
  expect(await show()).toContain('glucose  110 mg/dL  clinician  Mon 2 Mar 2026 09:00  sent as 1.1 g/L');
});

test('history records what was done before, and attests that it is all', async () => {
  await start();
  await done(
    ...['history', 'plan-1', '--procedure', 'breast-surgery on 2019-05-02 to 2019-05-03 in left breast'],
    ...['--procedure', 'implant-exchange on 2020-01-07'],
  );
  expect(await show()).toContain(
    [
      'Done before',
      '  breast-surgery    left breast  Thu 2 May 2019 to Fri 3 May 2019',
      '  implant-exchange               Tue 7 Jan 2020',
    ].join('\n'),
  );
  expect(await show()).not.toContain('attested');
  await done('history', 'plan-1', '--complete');
  expect(await show()).toContain('  attested as all there was, Mon 2 Mar 2026 09:00');
  const { err } = await carechart('history', 'plan-1', '--procedure', 'haircut on 2019-05-02');
  expect(err).toContain('CC2026');
});

test('every hold says of what it is, what it rests on, and each way in which it clears', async () => {
  await start();
  await done('observe', 'plan-1', 'nicotine', '2026-02-20');
  await done('observe', 'plan-1', 'skin', 'infection', '--list', '--area', 'left breast');
  await done('complete', 'plan-1', 'consultation/history');
  const lines = (await show()).split('\n');
  const held = lines.indexOf('Held');
  expect(lines.slice(held, lines.indexOf('', held))).toEqual([
    'Held',
    '  Nicotine within four weeks (postponement), since Mon 2 Mar 2026 09:00',
    '    nicotine 2026-02-20 (clinician, Mon 2 Mar 2026 09:00); within the last 4 weeks: yes',
    '    clears: by itself on Fri 20 Mar 2026',
    '        or: the nurse states nicotine (not within the last 4 weeks)',
    '        or: an override by the dermatologist, countersigned by the clinical-lead',
    '  Infection where we operate, left breast (postponement), since Mon 2 Mar 2026 09:00',
    '    skin of the left breast: infection (clinician, Mon 2 Mar 2026 09:00); includes infection: yes',
    '    clears: the nurse states skin of the left breast (does not include infection)',
    '  Eligibility not known: Of age (referral), since Mon 2 Mar 2026 09:00',
    '    birthDate is missing; the rule asks: at least 18 years',
    '    clears: the coordinator states birthDate (at least 18 years; now missing)',
    '  Infection where we operate, right breast: cannot be ruled out (postponement), since Mon 2 Mar 2026 09:00',
    '    skin of the right breast is missing; the rule asks: includes infection',
    '    clears: the nurse states skin of the right breast (does not include infection; now missing)',
  ]);
});

test('a hold is signed away by the role that may, and the signature is told', async () => {
  await bringToGate(['nicotine', 'never'], ['wound', 'open', '--area', 'right breast']);
  const hold = 'hold/expander/open-wound/right breast';
  expect(await show()).toContain('  Open wound, right breast (postponement), since Mon 2 Mar 2026 09:00');
  expect((await carechart('release', 'plan-1', hold)).err).toContain('CC2018');
  await done('release', 'plan-1', hold, '--note', 'seen today', ...surgeon);
  expect(await show()).toContain(
    'Signed away\n  open-wound (expander, right breast)  by ada (dermatologist)  Mon 2 Mar 2026 09:00',
  );
  expect(await done('explain', 'plan-1')).toContain('Expander may start now.');
});

test('an override is told with who signed, until when, and whose signature is missing', async () => {
  await bringToGate(['nicotine', '2026-02-28']);
  const override = ['override', 'plan-1', 'nicotine', 'expander', '--reason', 'urgent'];
  expect((await carechart('start-procedure', 'plan-1', 'expander')).err).toContain(
    'an override by the dermatologist, countersigned by the clinical-lead',
  );
  await done(...override, '--note', 'cannot wait', ...surgeon);
  expect(await show()).toContain(
    [
      'Set aside',
      '  Nicotine within four weeks (expander), by ada (dermatologist), waits for the second signature, of the clinical-lead',
      '    urgent: cannot wait',
      '    for one gate, until end of Mon 16 Mar 2026; expander/nicotine#1',
    ].join('\n'),
  );
  await done('countersign', 'plan-1', 'signature/expander/nicotine#1', ...lead);
  const shown = await show();
  expect(shown).toContain(
    '  Nicotine within four weeks (postponement), set aside, since Mon 2 Mar 2026 09:00',
  );
  expect(shown).toContain(
    '  Nicotine within four weeks (expander), by ada (dermatologist) and lee (clinical-lead)\n',
  );
  expect(await done('explain', 'plan-1')).toContain('Expander may start now.');
  await done('revoke-override', 'plan-1', 'expander/nicotine#1', '--reason', 'she can wait', ...surgeon);
  expect(await show()).not.toContain('Set aside');
  expect((await carechart('countersign', 'plan-1', 'expander/nicotine#1', ...lead)).err).toContain('CC3006');
});

test('a rule that nobody may set aside is not, and the refusal says so', async () => {
  await bringToGate(['nicotine', 'never']);
  const { code, err } = await carechart(
    ...[
      'override',
      'plan-1',
      'infection',
      'expander',
      '--area',
      'left breast',
      '--reason',
      'urgent',
      ...surgeon,
    ],
  );
  expect(code).toBe(1);
  expect(err).toContain('refused: CC3005 The rule cannot be set aside.');
});

test('explain tells the days of the appointment, the answer of the table, and what is ruled out', async () => {
  await bringToGate(['nicotine', 'never'], ['bmi', '36', '--unit', 'kg/m2']);
  await done('start-procedure', 'plan-1', 'expander');
  await done('perform', 'plan-1', 'expander', '--on', '2026-03-02', '--until', '2026-03-02');
  const text = await done('explain', 'plan-1');
  expect(text).toContain(
    'Appointment\n  may start from Tue 2 Jun 2026; best 2 Jul to 2 Sep 2026; no later than Wed 2 Dec 2026 (expander-to-exchange)',
  );
  expect(text).toContain('\nAnswered\n  Risk of surgery: high\n');
  expect(text).toContain('\nEligible\n  Of age\n');
  expect(text).toContain('\nRuled out\n  Infection where we operate, left breast\n');
  expect(await show()).toContain('  expander  Mon 2 Mar 2026  left breast, right breast');
  await done(
    ...[
      'override',
      'plan-1',
      'surgical-risk',
      'exchange',
      '--answer',
      'standard',
      '--reason',
      'judged',
      ...surgeon,
    ],
  );
  expect(await show()).toContain(
    '  Risk of surgery: standard (exchange), by ada (dermatologist)\n    judged\n    until ',
  );
});

test('a question is told with its outcomes, and decided by the role that is asked', async () => {
  await bringToGate(['nicotine', 'never']);
  await done('start-procedure', 'plan-1', 'expander');
  await done('perform', 'plan-1', 'expander', '--on', '2026-03-02');
  world.now = '2026-12-03T15:00:00.000Z';
  await done('observe', 'plan-1', 'nicotine', 'never');
  const shown = await show();
  expect(shown).toMatch(/Asked\n {2}dermatologist {2}due end of Fri 4 Dec 2026 .*go-on {2}late\/exchange/);
  const [id = ''] = /question\/late\/exchange\/\S+\/left breast\/\S+/.exec(shown) ?? [];
  expect((await carechart('decide', 'plan-1', id, 'go-on')).err).toContain('CC2018');
  expect((await carechart('decide', 'plan-1', id, 'stop', ...surgeon)).err).toContain('CC2029');
  await done('decide', 'plan-1', id, 'go-on', '--note', 'seen today', ...surgeon);
  expect(await show()).not.toContain(id);
});

test('an alert is told with what it says, and one that cannot tell is called blind', async () => {
  await bringToGate(['nicotine', 'never']);
  expect(await show()).toContain('Alerts\n  Fever  blind: its facts are not known\n');
  await done('observe', 'plan-1', 'temperature', '101', '--unit', '[degF]');
  expect(await show()).toContain('Alerts\n  Fever  Call us today.');
});

test('every verb for programs answers in JSON', async () => {
  await bringToGate(['nicotine', '2026-02-28']);
  const granted = await done(
    'override',
    'plan-1',
    'nicotine',
    'expander',
    '--reason',
    'urgent',
    ...surgeon,
    '--json',
  );
  expect(JSON.parse(granted)).toMatchObject({ outcome: 'accepted', phase: 'expander.ready' });
  const { code, out } = await carechart('--json', 'decide', 'plan-1', 'none', 'go-on');
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ code: 'CC2029', status: 422 });
  expect(JSON.parse(await done('show', 'plan-1', '--json'))).toMatchObject({
    overrides: [{ status: 'requested' }],
    areas: { treatment: ['left breast', 'right breast'] },
  });
});

test('help tells how a list is written, and lists every verb', async () => {
  expect((await carechart('observe', '--help')).out.replaceAll(/\s+/g, ' ')).toContain(
    'with --list, words with commas between them, or none',
  );
  const { out } = await carechart('--help');
  const verbs = [
    'correct',
    'withdraw-fact',
    'history',
    'release',
    'override',
    'countersign',
    'revoke-override',
    'decide',
  ];
  for (const verb of verbs) expect(out).toMatch(new RegExp(`^ {2}${verb} `, 'm'));
});
