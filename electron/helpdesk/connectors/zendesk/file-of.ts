import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import type { ZdFile } from './answers.js';
import { pagesOf } from './comment-pages.js';

export interface FileRequest {
  readonly http: HelpdeskHttp;
  readonly baseUrl: string;
  /** As a header; goes to the helpdesk's own files and nowhere else. */
  readonly authorization: () => string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/**
 * The bytes of one file of a ticket. Where an account has files only for those who are signed in, its own address wants the token and
 * then leads to the file store, which must not see it.
 */
export async function fileOf(
  { http, baseUrl, authorization, fetch, timeoutMs }: FileRequest,
  ticketId: string,
  attachmentId: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const url = await addressOf(http, ticketId, attachmentId, signal);
  const home = new URL(baseUrl).origin;
  const fetchFile: typeof fetch = (input, init) => {
    const at = new URL(input instanceof Request ? input.url : input);
    const isOwn = at.origin === home && at.pathname.startsWith('/attachments/');
    const headers = { ...(init?.headers as Record<string, string>), authorization: authorization() };
    return fetch(input, isOwn ? { ...init, headers } : init);
  };
  return downloadFile({ url, baseUrl, maxBytes, fetch: fetchFile, timeoutMs }, signal);
}

async function addressOf(
  http: HelpdeskHttp,
  ticketId: string,
  attachmentId: string,
  signal: AbortSignal,
): Promise<string> {
  for await (const { comments } of pagesOf(http, ticketId, signal)) {
    const file = comments
      .flatMap(({ attachments }) => attachments ?? [])
      .find(({ id, deleted }) => id === attachmentId && deleted !== true);
    if (!file) continue;
    if (isHarmful(file))
      throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'Zendesk found malware in the file.');
    if (file.content_url != null && file.content_url !== '') return file.content_url;
  }
  throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', attachmentId);
}

const isHarmful = (file: ZdFile): boolean =>
  file.malware_scan_result === 'malware_found' && file.malware_access_override !== true;
