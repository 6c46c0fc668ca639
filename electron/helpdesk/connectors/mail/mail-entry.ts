import { createHash } from 'node:crypto';
import type { AddressObject } from 'mailparser';

/** Whom a mail names. */
export interface MailPerson {
  readonly name: string;
  /** In small letters. */
  readonly address: string;
}

/** What the head of a mail tells. Everything in it is data of others. */
export interface MailHead {
  /** Without its angle brackets; empty where the mail has none. */
  readonly messageId: string;
  /** Ids of the mails before it, the oldest first: `References`, then `In-Reply-To`. */
  readonly parents: readonly string[];
  readonly subject: string;
  readonly from: MailPerson | null;
  readonly replyTo: MailPerson | null;
  /** `To` and `Cc`. */
  readonly recipients: readonly MailPerson[];
  /** Written by a machine: a bounce, an absence note. A list is none: shared mailboxes of groups mark all mail so. */
  readonly isAutomatic: boolean;
  /** By the clock of whoever wrote it, ISO 8601; null where it cannot be read. */
  readonly date: string | null;
}

/** A mail that lies in a mailbox, by its head. */
export interface MailEntry {
  /** The same for the same mail, wherever it lies: 16 hexadecimal digits. */
  readonly id: string;
  readonly head: MailHead;
  /** When it arrived, by the mailbox's clock, ISO 8601. */
  readonly arrivedAt: string;
  /** It lies in the folder of what was sent. */
  readonly isSent: boolean;
  /** It was seen and lies there no more: filed away, or deleted. */
  readonly isGone?: true;
  /** Grows with every mail of its folder, since arrival is told by the second. */
  readonly order: number;
  /** Where its source reads it from; means nothing to anybody else. */
  readonly place: string;
  /** Size of the whole mail. */
  readonly bytes: number;
}

/** The head fields that are asked for. */
export const HEAD_FIELDS = [
  ...['message-id', 'references', 'in-reply-to', 'subject', 'from', 'reply-to', 'to', 'cc', 'date'],
  ...['auto-submitted', 'precedence', 'x-autoreply'],
];
const MOST_PARENTS = 200;
const MACHINE = /^(?:mailer-daemon|postmaster|no-?reply-bounce)@/u;

/** @param source head fields of RFC 5322, with or without the body behind them. */
export async function headOf(source: Buffer): Promise<MailHead> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, { skipTextToHtml: true, skipHtmlToText: true });
  const references = typeof mail.references === 'string' ? [mail.references] : (mail.references ?? []);
  const parents = [...references, mail.inReplyTo ?? ''].flatMap(idsIn);
  const [from = null] = peopleIn(mail.from);
  const [replyTo = null] = peopleIn(mail.replyTo);
  const [messageId = ''] = idsIn(mail.messageId ?? '');
  const said = (name: string): string => {
    const value = mail.headers.get(name);
    return typeof value === 'string' ? value.toLowerCase() : value === undefined ? '' : 'structured';
  };
  const submitted = said('auto-submitted');
  return {
    ...{ messageId, from, replyTo, subject: (mail.subject ?? '').replace(/\s+/gu, ' ').trim() },
    // The first names the root, the last the mail it answers; between them a long thread may be cut.
    parents: [...new Set(parents)].filter((id) => id !== messageId).slice(-MOST_PARENTS),
    recipients: [...peopleIn(mail.to), ...peopleIn(mail.cc)],
    isAutomatic:
      (submitted !== '' && !submitted.startsWith('no')) ||
      ['bulk', 'junk', 'auto_reply'].includes(said('precedence')) ||
      said('x-autoreply') !== '' ||
      MACHINE.test(from?.address ?? ''),
    date: mail.date === undefined || Number.isNaN(mail.date.getTime()) ? null : mail.date.toISOString(),
  };
}

/** The id of a mail; one without a Message-ID is known by what its head tells. */
export function mailIdOf(head: MailHead): string {
  const { messageId, from, subject, date } = head;
  return hashOf(messageId === '' ? `${from?.address ?? ''}\n${subject}\n${date ?? ''}` : messageId, 16);
}

export const hashOf = (text: string, digits: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

const idsIn = (text: string): string[] =>
  text
    .split(/[\s<>]+/u)
    .filter((id) => id !== '')
    .map((id) => id.slice(0, 998));

function peopleIn(field: AddressObject | AddressObject[] | undefined): MailPerson[] {
  const objects = field === undefined ? [] : Array.isArray(field) ? field : [field];
  return objects
    .flatMap(({ value }) => value.flatMap((one) => [one, ...(one.group ?? [])]))
    .map(({ name, address }) => ({ name, address: (address ?? '').toLowerCase() }))
    .filter(({ address }) => address !== '');
}
