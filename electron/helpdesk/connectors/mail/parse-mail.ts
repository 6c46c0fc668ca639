import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Attachment as MailFile } from 'mailparser';

import { HelpdeskFailure } from '../helpdesk-failure.js';
import { htmlToText } from '../html-to-text.js';

/** What a mail says, and the files that hang on it. */
export interface MailContent {
  readonly text: string;
  readonly files: readonly MailFile[];
}

const CHUNK_BYTES = 64 * 1024;

/**
 * Takes a mail apart. A text in two forms is taken as plain text, as a rep's mail program does where it may not load anything; quoted
 * mails stay in it. Files are numbered as they come.
 * @throws HelpdeskFailure HELPDESK_ANSWER_UNREADABLE for what is no mail.
 */
export async function parseMail(source: Buffer): Promise<MailContent> {
  const options = { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true };
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(Readable.from(chunksOf(source)), options).catch((error: unknown) => {
    throw new HelpdeskFailure('HELPDESK_ANSWER_UNREADABLE', 'A mail cannot be read.', null, { cause: error });
  });
  const plain = (mail.text ?? '').replace(/\r\n?/gu, '\n').trim();
  return {
    text: plain === '' && typeof mail.html === 'string' ? htmlToText(mail.html) : plain,
    files: mail.attachments,
  };
}

/** In pieces with a turn between them, so that a mail of 25 MB does not hold up the window. */
async function* chunksOf(source: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < source.length; at += CHUNK_BYTES) {
    yield source.subarray(at, at + CHUNK_BYTES);
    await turn();
  }
}
