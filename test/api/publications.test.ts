import type { SourceFile } from '../../src/core/authoring/source.ts';
import { compileContent } from '../../src/core/content/compile-content.ts';
import { sorted } from '../../src/core/content/content.ts';
import { digestOf } from '../../src/store/event-hash.ts';
import { type SmallFile, smallClinic } from '../support/small-clinic.ts';
import { authoringFolder } from './authoring-folder.ts';
import { type Answered, type Caller, callerOf } from './caller.ts';
import { createWorld, type World } from './world.ts';

const PATHWAY = 'pathways/mole-removal.pathway.yaml';
const PROPOSALS = '/v1/pathways/mole-removal/proposals';
/** What was kept of its scenarios names the version, and is kept anew with it. */
const TRACES = ['pathways/mole-removal-held.trace.txt', 'pathways/mole-removal-straight.trace.txt'] as const;
const VERSION = { in: PATHWAY, from: 'version: "1.0.0"', to: 'version: "2.0.0"' } as const;

const nextVersion = (): SourceFile[] => smallClinic(VERSION, { without: TRACES });

let world: World;
let author: Caller;
let other: Caller;
beforeEach(async () => {
  world = await createWorld();
  author = await callerOf(world, 'silva', 'clinical-lead');
  other = await callerOf(world, 'haas', 'clinical-lead');
});
afterEach(() => world.api.close());

const propose = (files: readonly SourceFile[] = nextVersion(), caller = author): Promise<Answered> =>
  caller.post(PROPOSALS, { files });
const approve = (digest: unknown, body: object = {}, caller = other): Promise<Answered> =>
  caller.post(`${PROPOSALS}/${digest}/approval`, body);

describe('proposing', () => {
  it('keeps who wrote it and when, under the digest of what it compiles to', async () => {
    const { status, body } = await propose();
    const { content } = sorted(nextVersion());
    const [compiled] = content ? compileContent(content).pathways : [];
    expect([status, body]).toEqual([
      201,
      {
        ...{ id: 'mole-removal', version: '2.0.0', author: 'silva', proposedAt: world.now },
        ...{ title: 'Removal of a mole under local numbing', digest: digestOf(compiled?.compiled) },
      },
    ]);
    expect((await other.get(PROPOSALS)).body).toEqual({ items: [body] });
  });

  it('the same files twice is one proposal, and whoever proposed first is its author', async () => {
    const { body } = await propose();
    expect((await propose(nextVersion(), other)).body).toEqual(body);
  });

  const changed = (file: SmallFile, from: string, to: string): SourceFile[] =>
    nextVersion().map((one) => (one.file === file ? { file, text: one.text.replace(from, to) } : one));

  it('another text under a version that is taken is refused', async () => {
    await propose();
    const { status, body } = await propose(changed(PATHWAY, 'title: Excision', 'title: An excision'));
    expect([status, body.code]).toEqual([409, 'CC1181']);
  });

  it.each<[string, () => SourceFile[], string, string]>([
    [
      'what does not pass its check',
      () => changed(PATHWAY, 'role: dermatologist', 'role: dermatologst'),
      'CC1182',
      'pathways/mole-removal.pathway.yaml:12:13',
    ],
    [
      'a rule of which a case says otherwise',
      () => changed('rules/minor-surgery.rules.yaml', 'within the last 7 days', 'within the last 6 days'),
      'CC1182',
      'rules/minor-surgery.cases.yaml',
    ],
    [
      'a pathway whose scenario comes otherwise',
      () => changed(PATHWAY, '7 to 10 days after procedure', '7 to 11 days after procedure'),
      'CC1182',
      'pathways/mole-removal-straight.scenario.yaml',
    ],
    [
      'a pathway that no scenario shows',
      () => nextVersion().filter(({ file }) => !/scenario|trace/.test(file)),
      'CC1182',
      'No scenario',
    ],
    [
      'files of another clinic',
      () => changed('rules/clinic.yaml', 'clinic: northside', 'clinic: southside'),
      'CC1182',
      'southside',
    ],
    [
      'a pathway that the files do not hold',
      () =>
        changed(PATHWAY, 'pathway: mole-removal', 'pathway: mole-away').filter(
          ({ file }) => !/scenario|trace/.test(file),
        ),
      'CC4003',
      'mole-away',
    ],
  ])('%s is refused, and nothing of it is kept', async (_what, files, code, says) => {
    const { body } = await propose(files());
    expect(body.code).toBe(code);
    expect(body.detail).toContain(says);
    expect((await author.get(PROPOSALS)).body).toEqual({ items: [] });
  });

  it.each(['patient', 'service'])('by a %s is refused', async (role) => {
    expect((await propose(nextVersion(), await callerOf(world, 'pat', role))).body.code).toBe('CC2018');
  });
});

describe('approving', () => {
  it('by another clinical lead makes it effective at once, and it waits no more', async () => {
    const { body } = await propose();
    const approved = await approve(body.digest);
    expect([approved.status, approved.body]).toEqual([
      201,
      { ...body, approver: 'haas', approvedAt: world.now, effectiveAt: world.now },
    ]);
    expect((await author.get(PROPOSALS)).body).toEqual({ items: [] });
    expect((await approve(body.digest)).body.code).toBe('CC1184');
  });

  it.each<[string, string, string]>([
    ['yesterday', '2026-03-01', 'CC1185'],
    ['today', '2026-03-02', '2026-03-02T14:00:00.000Z'],
    [
      'tomorrow, from the first instant of the day where the clinic is',
      '2026-03-03',
      '2026-03-03T05:00:00.000Z',
    ],
  ])('from %s', async (_when, effectiveOn, expected) => {
    const { body } = await propose();
    const answer = await approve(body.digest, { effectiveOn });
    expect(answer.body.code ?? answer.body.effectiveAt).toBe(expected);
  });

  it('by its author is refused', async () => {
    const { body } = await propose();
    expect((await approve(body.digest, {}, author)).body.code).toBe('CC1183');
  });

  it('by somebody who is no clinical lead is refused', async () => {
    const { body } = await propose();
    const surgeon = await callerOf(world, 'haas', 'dermatologist');
    expect((await approve(body.digest, {}, surgeon)).body.code).toBe('CC1186');
  });

  it('of what nobody has proposed is refused', async () => {
    expect((await approve('a'.repeat(64))).body.code).toBe('CC1184');
  });
});

describe('at the command line', () => {
  it('one person publishes, another approves, and the versions tell of both', async () => {
    const clinic = authoringFolder();
    clinic.change(PATHWAY, VERSION.from, VERSION.to);
    await clinic.run('test', '{}', '--update');
    const url = await world.api.listen({ host: '127.0.0.1', port: 0 });
    const as = (person: string) => ['--url', url, '--as', 'clinical-lead', '--person', person];
    const published = await clinic.run('publish', 'mole-removal', clinic.path, ...as('silva'));
    expect([published.code, published.err]).toEqual([0, '']);
    expect(published.out).toContain('mole-removal 2.0.0 is proposed by silva');
    const digest = /digest is (\w{12})/.exec(published.out)?.[1] ?? '';
    const waiting = await clinic.run('versions', 'mole-removal', ...as('haas'));
    expect(waiting.out).toMatch(new RegExp(`2\\.0\\.0 +${digest} +silva +waits for approval`));
    expect(waiting.out).toMatch(/1\.0\.0 +\w{12} +carechart +came with Carechart +Mon 2 Mar 2026 +0/);
    expect((await clinic.run('approve', 'mole-removal', digest, ...as('silva'))).err).toContain('CC1183');
    expect((await clinic.run('approve', 'mole-removal', 'ffff', ...as('haas'))).err).toContain(
      `2.0.0 ${digest}`,
    );
    const approved = await clinic.run('approve', 'mole-removal', digest.slice(0, 6), ...as('haas'));
    expect([approved.code, approved.out]).toEqual([
      0,
      expect.stringContaining('mole-removal 2.0.0, proposed by silva, is approved by haas'),
    ]);
    clinic.remove();
  });
});
