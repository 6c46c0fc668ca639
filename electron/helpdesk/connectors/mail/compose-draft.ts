import type { MailPerson } from './mail-entry.js';

export interface DraftOfReply {
  readonly from: MailPerson;
  readonly to: MailPerson;
  readonly subject: string;
  /** The mail it answers; empty where it has no id. */
  readonly inReplyTo: string;
  /** Ids of the mails before it, the oldest first. */
  readonly references: readonly string[];
  readonly text: string;
  readonly key: string;
  readonly now: Date;
}

const KEPT_REFERENCES = 40;

/** A reply as a mail of RFC 5322 in plain text, for the drafts of a mail program. Nothing of a field can become another field. */
export function composeDraft(draft: DraftOfReply): Buffer {
  const { from, to, subject, inReplyTo, references, text, key, now } = draft;
  const domain = /@([a-z0-9.-]+)$/iu.exec(from.address)?.[1] ?? 'localhost';
  const answered = /^re\s*:/iu.test(subject) ? subject : `Re: ${subject}`;
  const ids = [...new Set([...references, inReplyTo])].filter(isId).slice(-KEPT_REFERENCES);
  const fields = [
    `From: ${personOf(from)}`,
    `To: ${personOf(to)}`,
    `Subject: ${words(answered)}`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${token(key)}@${domain}>`,
    ...(isId(inReplyTo) ? [`In-Reply-To: <${inReplyTo}>`] : []),
    ...(ids.length === 0 ? [] : [`References: ${ids.map((id) => `<${id}>`).join('\r\n ')}`]),
    `X-Cuecard-Key: ${token(key)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const body = Buffer.from(text.replace(/\r\n?|\n/gu, '\r\n'), 'utf8').toString('base64');
  return Buffer.from(`${fields.join('\r\n')}\r\n\r\n${body.replace(/.{76}/gu, '$&\r\n')}\r\n`, 'utf8');
}

/** The key as it stands in `X-Cuecard-Key`. */
export const token = (key: string): string => key.replace(/[^\w.-]/gu, '_').slice(0, 100);

const isId = (id: string): boolean => /^[\x21-\x7e]{1,900}$/u.test(id) && !/[<>]/u.test(id);

function personOf({ name, address }: MailPerson): string {
  const bare = address.replace(/[\s<>,;"()]/gu, '');
  return name === '' ? bare : `${words(name)} <${bare}>`;
}

/** Encoded words of RFC 2047, at most 75 characters each, cut between characters; plain words stay as they are. */
function words(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (/^[A-Za-z0-9 .:#!?'+/-]{0,60}$/u.test(line)) return line;
  const parts: string[] = [];
  let part = '';
  for (const character of line) {
    if (Buffer.byteLength(part + character) > 42) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part]
    .map((one) => `=?utf-8?B?${Buffer.from(one, 'utf8').toString('base64')}?=`)
    .join('\r\n ');
}
