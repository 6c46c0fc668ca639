import type { Attachment } from '../../../../shared/domain/helpdesk.js';
import { HelpdeskFailure } from '../helpdesk-failure.js';
import type { HelpdeskHttp } from '../helpdesk-http.js';
import { mediaTypeOf } from '../media-type.js';
import { FileLink, OldFile } from './answers.js';
import { headsOf } from './case-heads.js';
import { API, type Soql } from './soql.js';

const LINKS =
  `SELECT LinkedEntityId, ContentDocument.Title, ContentDocument.FileExtension, ContentDocument.ContentSize,
  ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink`.replace(/\s+/gu, ' ');
const OLD = 'SELECT Id, ParentId, Name, ContentType, BodyLength FROM Attachment';

/** The files of mails, by mail: of Salesforce Files, and of the older kind, by how the account keeps what mails bring. */
export async function filesOf(
  soql: Soql,
  mailIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Attachment[]>> {
  const files = new Map<string, Attachment[]>();
  const put = (mailId: string, file: Attachment): void => {
    files.set(mailId, [...(files.get(mailId) ?? []), file]);
  };
  for (const { LinkedEntityId: mailId, ContentDocument: file } of await soql.among(
    ...([LINKS, 'LinkedEntityId', mailIds, FileLink, signal] as const),
  )) {
    const { Title: title, FileExtension: ending, ContentSize: size } = file;
    const name = `${title ?? 'file'}${ending == null || ending === '' ? '' : `.${ending}`}`;
    put(mailId, {
      ...{ id: file.LatestPublishedVersionId, name, mediaType: mediaTypeOf(name), bytes: size ?? null },
    });
  }
  for (const file of await soql.among(OLD, 'ParentId', mailIds, OldFile, signal)) {
    const name = file.Name ?? 'file';
    put(file.ParentId, {
      ...{
        id: file.Id,
        name,
        mediaType: file.ContentType ?? mediaTypeOf(name),
        bytes: file.BodyLength ?? null,
      },
    });
  }
  return files;
}

/** The bytes of a file of a case. The token may see more than this case, so the file is looked for among its own first. */
export async function fileOf(
  http: HelpdeskHttp,
  soql: Soql,
  caseId: string,
  fileId: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const { mails } = await headsOf(soql, caseId, signal);
  const withFiles = mails.filter(({ HasAttachment }) => HasAttachment).map(({ Id }) => Id);
  const files = [...(await filesOf(soql, withFiles, signal)).values()].flat();
  if (!/^\w{15,18}$/u.test(fileId) || !files.some(({ id }) => id === fileId))
    throw new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', fileId.slice(0, 40));
  const path = fileId.startsWith('00P')
    ? `Attachment/${fileId}/Body`
    : `ContentVersion/${fileId}/VersionData`;
  return http.bytes(`${API}/sobjects/${path}`, maxBytes, signal);
}
