import { z } from 'zod';

import type { HelpdeskHttp } from '../helpdesk-http.js';
import { AttachmentList, type RtAttachment, type RtTransaction } from './answers.js';

const PAGE = 100;
/** RT checks a token with bcrypt on every call, so more at once only queue up in its workers. */
const AT_ONCE = 4;
/** From here on the attachments of the whole ticket are fewer calls than one call a transaction. */
const MANY = 12;

/** What hangs on each transaction, by its id. RT keeps texts apart from transactions; files come without their bytes. */
export async function attachmentsOf(
  http: HelpdeskHttp,
  ticketId: string,
  transactions: readonly RtTransaction[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly RtAttachment[]>> {
  return transactions.length < MANY
    ? ofEach(http, transactions, signal)
    : ofTicket(http, ticketId, new Set(transactions.map(({ id }) => id)), signal);
}

async function ofEach(
  http: HelpdeskHttp,
  transactions: readonly RtTransaction[],
  signal: AbortSignal,
): Promise<Map<string, RtAttachment[]>> {
  const found = new Map<string, RtAttachment[]>();
  await each(transactions, async ({ id }) => {
    const { body } = await http.json(
      `/REST/2.0/transaction/${id}/attachments`,
      AttachmentList,
      { query: { fields: 'ContentType,Filename', per_page: String(PAGE) } },
      signal,
    );
    found.set(id, await withTexts(http, body.items, signal));
  });
  return found;
}

async function ofTicket(
  http: HelpdeskHttp,
  ticketId: string,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, RtAttachment[]>> {
  const listed = async (page: number, fields: string): Promise<readonly RtAttachment[]> => {
    const query = { fields, per_page: String(PAGE), page: String(page) };
    const path = `/REST/2.0/ticket/${ticketId}/attachments`;
    return (await http.json(path, AttachmentList, { query }, signal)).body.items;
  };
  const found = new Map<string, RtAttachment[]>();
  for (let page = 1; ; page += 1) {
    const heads = await listed(page, 'TransactionId,ContentType,Filename');
    const items = heads.filter(({ TransactionId: id }) => id !== undefined && wanted.has(id));
    // A listing with contents brings every file along as base64, so it is asked for only where there are none.
    const texts = heads.every((head) => isText(head) || isContainer(head))
      ? await listed(page, 'TransactionId,ContentType,Filename,Content')
      : await withTexts(http, items, signal);
    for (const item of texts) {
      const id = item.TransactionId;
      if (id !== undefined && wanted.has(id)) found.set(id, [...(found.get(id) ?? []), item]);
    }
    if (heads.length < PAGE) return found;
  }
}

async function withTexts(
  http: HelpdeskHttp,
  items: readonly RtAttachment[],
  signal: AbortSignal,
): Promise<RtAttachment[]> {
  const filled = [...items];
  await each([...items.entries()], async ([at, item]) => {
    if (!isText(item)) return;
    const { body } = await http.json(`/REST/2.0/attachment/${item.id}`, Content, { isOnce: true }, signal);
    // A single attachment comes as base64, text too.
    filled[at] = { ...item, Content: Buffer.from(body.Content ?? '', 'base64').toString('utf8') };
  });
  return filled;
}

const Content = z.object({ Content: z.string().nullish() });

const isContainer = ({ ContentType }: RtAttachment): boolean => /^multipart\//iu.test(ContentType ?? '');

export const isText = ({ ContentType, Filename }: RtAttachment): boolean =>
  /^text\/(?:plain|html)\b/iu.test(ContentType ?? '') && (Filename ?? '') === '';

async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
}
