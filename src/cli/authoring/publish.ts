import { Approved, Proposed, ProposedList, VersionList } from '../../api/plan-view.schema.ts';
import { Failure } from '../../core/model/failure.ts';
import { readContent } from '../../engine/content.ts';
import type { Session } from '../session.ts';
import { dayText, table } from '../text.ts';
import { contentAsked } from './content-asked.ts';

const SHORT = 12;

/** Sends the clinic's files; the server checks and tries them itself. */
export async function publish(pathway: string, folder: string | undefined, session: Session): Promise<void> {
  const { root } = contentAsked(folder === undefined ? [] : [folder]);
  const { files, problems } = readContent(root);
  const [unread] = problems;
  if (unread) throw new Failure(unread.code, `${unread.file}: ${unread.message}`);
  const made = await session.client.post(`/v1/pathways/${pathway}/proposals`, { files }, Proposed);
  const { version, digest, author } = made;
  session.print(
    made,
    [
      `${pathway} ${version} is proposed by ${author}; its digest is ${digest.slice(0, SHORT)}.`,
      'No plan starts on it before another clinical lead has approved it:',
      '',
      `  carechart approve ${pathway} ${digest.slice(0, SHORT)} --as clinical-lead --person <name>`,
    ].join('\n'),
  );
}

export async function approve(
  pathway: string,
  digest: string,
  { effectiveOn }: { readonly effectiveOn?: string | undefined },
  { client, print }: Session,
): Promise<void> {
  const { items } = await client.get(`/v1/pathways/${pathway}/proposals`, ProposedList);
  const meant = items.filter((one) => one.digest.startsWith(digest));
  const [only, another] = meant;
  if (!only || another) {
    const waiting =
      items.map((one) => `${one.version} ${one.digest.slice(0, SHORT)}`).join(', ') || 'nothing';
    throw new Failure('CC1184', `Of ${pathway} there waits: ${waiting}.`);
  }
  const body = effectiveOn === undefined ? {} : { effectiveOn };
  const made = await client.post(`/v1/pathways/${pathway}/proposals/${only.digest}/approval`, body, Approved);
  const { version, author, approver, effectiveAt } = made;
  print(
    made,
    `${pathway} ${version}, proposed by ${author}, is approved by ${approver}: new plans start on it from ${effectiveAt} on.`,
  );
}

/** Every version, and what waits for approval. */
export async function versions(pathway: string, { client, print }: Session): Promise<void> {
  const { items: waiting } = await client.get(`/v1/pathways/${pathway}/proposals`, ProposedList);
  const { items } = await client
    .get(`/v1/pathways/${pathway}/versions`, VersionList)
    .catch((error: unknown) => {
      if (waiting.length > 0) return { items: [] };
      throw error;
    });
  const rows = [
    ['version', 'digest', 'author', 'approved by', 'effective from', 'plans'],
    ...waiting.map((one) => [
      one.version,
      one.digest.slice(0, SHORT),
      one.author,
      'waits for approval',
      '',
      '',
    ]),
    ...items.map(({ version, digest, author, approver, effectiveAt, publishedAt, plans }) => [
      ...[version, digest.slice(0, SHORT), author, approver ?? 'came with Carechart'],
      ...[dayText((effectiveAt ?? publishedAt).slice(0, 10)), `${plans}`],
    ]),
  ];
  print({ items, waiting }, table(rows, '').join('\n'));
}
