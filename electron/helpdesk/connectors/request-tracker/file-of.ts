import { z } from 'zod';

import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';

const RtFile = z.object({ Content: z.string().nullish() });

/** The bytes of one file; RT sends them as base64 inside JSON. Asked for below its ticket, so that RT checks the right to see it. */
export async function fileOf(
  http: HelpdeskHttp,
  ticketId: string,
  attachmentId: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const Listed = z.object({ items: z.array(z.object({ id: z.union([z.string(), z.number()]) })) });
  for (let page = 1; ; page += 1) {
    const query = { per_page: '100', page: String(page) };
    const { body } = await http.json(`/REST/2.0/ticket/${ticketId}/attachments`, Listed, { query }, signal);
    if (body.items.some(({ id }) => String(id) === attachmentId)) break;
    if (body.items.length < 100) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId);
  }
  const { body } = await http.json(`/REST/2.0/attachment/${attachmentId}`, RtFile, { isOnce: true }, signal);
  const bytes = Buffer.from(body.Content ?? '', 'base64');
  if (bytes.byteLength > maxBytes)
    throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', `larger than ${String(maxBytes)} bytes`);
  return bytes;
}
