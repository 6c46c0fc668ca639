import { HelpdeskFailure } from '../helpdesk-failure.js';
import { textToHtml } from '../text-to-html.js';
import { IncomingFrom } from './answers.js';
import type { Soql } from './soql.js';

/** Most that a comment holds, in bytes. */
const COMMENT_BYTES = 4000;
const DRAFT = '5';

export interface Outgoing {
  readonly object: 'CaseComment' | 'EmailMessage';
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A comment that only the team sees. @throws HelpdeskFailure HELPDESK_WRITE_REFUSED for a text that is too long for one. */
export function commentOf(caseId: string, text: string): Outgoing {
  if (Buffer.byteLength(text) > COMMENT_BYTES)
    throw new HelpdeskFailure(
      'HELPDESK_WRITE_REFUSED',
      `A comment of a case holds ${String(COMMENT_BYTES)} bytes.`,
    );
  return { object: 'CaseComment', fields: { ParentId: caseId, CommentBody: text, IsPublished: false } };
}

/**
 * A draft that answers the customer's newest mail, to be looked at and sent in Salesforce.
 * @param customerEmail whom it goes to where the customer never wrote a mail.
 */
export async function draftOf(
  soql: Soql,
  caseId: string,
  text: string,
  about: { readonly subject: string; readonly customerEmail: string | undefined },
  signal: AbortSignal,
): Promise<Outgoing> {
  const [last] = await soql.all(
    `SELECT Id, FromAddress, Subject FROM EmailMessage WHERE ParentId = '${caseId}' AND Incoming = true ORDER BY CreatedDate DESC LIMIT 1`,
    IncomingFrom,
    signal,
  );
  const to = last?.FromAddress ?? about.customerEmail;
  if (to === undefined || to === '')
    throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'The case names no address to answer to.');
  const subject = last?.Subject ?? about.subject;
  return {
    object: 'EmailMessage',
    fields: {
      ...{ ParentId: caseId, Status: DRAFT, Incoming: false, ToAddress: to },
      Subject: /^re:/iu.test(subject) ? subject : `Re: ${subject}`,
      ...{ TextBody: text, HtmlBody: textToHtml(text) },
      ...(last ? { ReplyToEmailMessageId: last.Id } : {}),
    },
  };
}
