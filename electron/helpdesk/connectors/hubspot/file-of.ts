import { downloadFile } from '../download-file.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { SignedUrl } from './answers.js';
import { ifAllowed } from './asked-once.js';
import { filesOf, spokenIn } from './thread-messages.js';

export interface FileRequest {
  readonly http: HelpdeskHttp;
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
  readonly timeoutMs: number;
}

/**
 * The bytes of one file of a thread. A private file is fetched from an address HubSpot signs for a while, which takes the right to
 * files; without it the address in the message is tried, which serves public ones. Neither sees the token.
 */
export async function fileOf(
  { http, baseUrl, fetch, timeoutMs }: FileRequest,
  threadId: string | null,
  fileId: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const messages = threadId === null ? [] : await spokenIn(http, threadId, signal);
  const file = messages.flatMap(filesOf).find((one) => one.fileId === fileId);
  if (!file) throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', fileId);
  const path = `/files/v3/files/${encodeURIComponent(fileId)}/signed-url`;
  const signed = await ifAllowed(() => http.json(path, SignedUrl, {}, signal));
  const url = signed?.body.url ?? file.url ?? '';
  if (url === '') throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', fileId);
  return downloadFile({ url, baseUrl, maxBytes, fetch, timeoutMs }, signal);
}
