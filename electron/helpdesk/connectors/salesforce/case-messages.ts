import type { HelpdeskMessage, MessagePage } from '../connector.js';
import { Comment, Email } from './answers.js';
import { filesOf } from './case-files.js';
import { headsOf } from './case-heads.js';
import { firstMessageOf, ofComment, ofMail } from './nouns.js';
import type { Soql } from './soql.js';

const EMAIL = 'SELECT Id, CreatedDate, Incoming, FromName, FromAddress, HtmlBody, TextBody FROM EmailMessage';
const COMMENT =
  'SELECT Id, CreatedDate, CommentBody, IsPublished, CreatedBy.Name, CreatedBy.UserType FROM CaseComment';

/**
 * Messages that are not known at the cursor, which is the ids of those that are. A look at a quiet case is one call; texts are asked
 * for only of what is new.
 */
export async function messagesAfter(
  soql: Soql,
  caseId: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<MessagePage> {
  const { heads, mails, comments } = await headsOf(soql, caseId, signal);
  const first = firstMessageOf(heads);
  const known = new Set((cursor ?? '').split(' '));
  const isNew = (id: string): boolean => !known.has(id);
  const newMails = mails.filter(({ Id }) => isNew(Id));
  const withFiles = newMails.filter(({ HasAttachment }) => HasAttachment).map(({ Id }) => Id);
  const files = await filesOf(soql, withFiles, signal);
  const texts = await soql.among(
    EMAIL,
    'Id',
    newMails.map(({ Id }) => Id),
    Email,
    signal,
  );
  const said = await soql.among(COMMENT, 'Id', comments.filter(isNew), Comment, signal);
  const messages: HelpdeskMessage[] = [
    ...(first && isNew(first.id) ? [first] : []),
    ...texts.map((mail) => ofMail(mail, files.get(mail.Id) ?? [])),
    ...said.map(ofComment),
  ];
  const ids = [...(first ? [first.id] : []), ...mails.map(({ Id }) => Id), ...comments];
  return {
    messages: messages.sort((a, b) => Date.parse(a.sentAt) - Date.parse(b.sentAt)),
    cursor: ids.join(' '),
  };
}
