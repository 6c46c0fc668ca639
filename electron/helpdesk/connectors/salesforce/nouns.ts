import type { Attachment } from '../../../../shared/domain/helpdesk.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connector.js';
import { htmlToText } from '../html-to-text.js';
import type { SfCase, SfComment, SfEmail, SfHeads } from './answers.js';

const WAITS = /wait|hold|pending/iu;

/** The version holds the newest mail and comment: neither changes the case it belongs to. */
export function threadOf(one: SfCase): HelpdeskThread {
  const [mail] = one.EmailMessages?.records ?? [];
  const [comment] = one.CaseComments?.records ?? [];
  const dates = [one.SystemModstamp, mail?.CreatedDate ?? '', comment?.CreatedDate ?? ''].sort();
  const email = one.Contact?.Email ?? one.SuppliedEmail ?? '';
  const subject = one.Subject ?? '';
  const fields: [string, string][] = [
    ['Case', one.CaseNumber ?? ''],
    ['Owner', one.Owner?.Name ?? ''],
    ['Status', one.Status ?? ''],
    ['Priority', one.Priority ?? ''],
    ['Type', one.Type ?? ''],
    ['Origin', one.Origin ?? ''],
  ];
  return {
    id: one.Id,
    subject: subject === '' ? `Case ${one.CaseNumber ?? one.Id}` : subject,
    channel: /chat|messag|sms|whatsapp/iu.test(one.Origin ?? '') ? 'chat' : 'email',
    status: one.IsClosed ? 'solved' : WAITS.test(one.Status ?? '') ? 'waiting' : 'open',
    customer: {
      name: one.Contact?.Name ?? one.SuppliedName ?? email,
      ...(email === '' ? {} : { email }),
    },
    fields: Object.fromEntries(fields.filter(([, value]) => value !== '')),
    version: `${one.SystemModstamp}/${mail?.Id ?? ''}/${comment?.Id ?? ''}`,
    updatedAt: dates.at(-1) ?? one.SystemModstamp,
  };
}

export const ofMail = (mail: SfEmail, attachments: readonly Attachment[]): HelpdeskMessage => ({
  id: mail.Id,
  sentAt: mail.CreatedDate,
  author: { role: mail.Incoming ? 'customer' : 'rep', name: mail.FromName ?? mail.FromAddress ?? '' },
  visibility: 'public',
  text: textOf(mail),
  attachments,
});

/** A comment by whoever is no standard user, such as a customer of the portal, is a customer's. */
export function ofComment({
  Id,
  CreatedDate,
  CommentBody,
  IsPublished,
  CreatedBy,
}: SfComment): HelpdeskMessage {
  const isRep = (CreatedBy?.UserType ?? 'Standard') === 'Standard';
  return {
    ...{ id: Id, sentAt: CreatedDate, attachments: [] },
    author: { role: isRep ? 'rep' : 'customer', name: CreatedBy?.Name ?? '' },
    visibility: IsPublished || !isRep ? 'public' : 'internal',
    text: (CommentBody ?? '').replace(/\r\n?/gu, '\n').trim(),
  };
}

/** A case that began with a mail has that mail's text as its description too. */
const SAME_MAIL_MS = 60_000;

/** What a case was opened with where no mail says it: a form's text, or what a rep wrote down on the phone. */
export function firstMessageOf(heads: SfHeads): HelpdeskMessage | null {
  const text = (heads.Description ?? '').replace(/\r\n?/gu, '\n').trim();
  const began = Date.parse(heads.CreatedDate);
  const isMail = (heads.EmailMessages?.records ?? []).some(
    ({ CreatedDate, Incoming }) => Incoming && Date.parse(CreatedDate) - began <= SAME_MAIL_MS,
  );
  if (text === '' || isMail) return null;
  const isPhone = /phone|call/iu.test(heads.Origin ?? '');
  const customer = heads.Contact?.Name ?? heads.SuppliedName ?? '';
  return {
    ...{ id: heads.Id, sentAt: heads.CreatedDate, text, attachments: [] },
    author: isPhone
      ? { role: 'rep', name: heads.CreatedBy?.Name ?? '' }
      : { role: 'customer', name: customer },
    visibility: isPhone ? 'internal' : 'public',
  };
}

function textOf({ HtmlBody, TextBody }: SfEmail): string {
  const html = HtmlBody ?? '';
  return html === '' ? (TextBody ?? '').replace(/\r\n?/gu, '\n').trim() : htmlToText(html);
}
