import fs from 'node:fs';
import { z } from 'zod';

import {
  Channel,
  PastContact,
  type Conversation,
  type ConversationMessage,
} from '../../shared/domain/conversation.js';
import { AppErrorException } from '../../shared/errors/app-error.js';

/** One message as a conversation file holds it. `afterMs` is the pause before it when the conversation is played live. */
const FileMessage = z.object({
  author: z.enum(['customer', 'rep', 'system']),
  text: z.string(),
  afterMs: z.number().nonnegative().default(0),
  sentAt: z.iso.datetime().optional(),
});

/** The documented conversation file (resources/demo/README.md); other keys are ignored. */
export const ConversationFile = z.object({
  id: z.string().min(1).default('conversation'),
  subject: z.string().default(''),
  channel: Channel.default('email'),
  customer: z
    .object({ name: z.string().default('Customer'), email: z.string().optional() })
    .default({ name: 'Customer' }),
  messages: z.array(FileMessage).min(1),
  pastContacts: z.array(PastContact).default([]),
});
export type ConversationFile = z.infer<typeof ConversationFile>;

/**
 * Reads a conversation file, `-` being standard input.
 * @throws AppErrorException CONVERSATION_FILE_NOT_FOUND, CONVERSATION_FILE_INVALID with the field that is wrong.
 */
export function readConversationFile(file: string): ConversationFile {
  let text: string;
  try {
    text = fs.readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('CONVERSATION_FILE_NOT_FOUND', `${file}: ${reason}`, { cause: error });
  }
  return parseConversationFile(text, file === '-' ? 'standard input' : file);
}

/** @throws AppErrorException CONVERSATION_FILE_INVALID. */
export function parseConversationFile(text: string, name: string): ConversationFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('CONVERSATION_FILE_INVALID', `${name}: ${reason}`, { cause: error });
  }
  const parsed = ConversationFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppErrorException('CONVERSATION_FILE_INVALID', `${name}: ${z.prettifyError(parsed.error)}`);
}

/** Turns a file into the conversation it describes, with all messages in; messages without a time end at `now`. */
export function toConversation(file: ConversationFile, now: Date): Conversation {
  const messages: ConversationMessage[] = file.messages.map((message, at) => ({
    id: `${file.id}-${String(at + 1)}`,
    conversationId: file.id,
    author: message.author,
    text: message.text,
    sentAt: message.sentAt ?? new Date(now.getTime() - (file.messages.length - 1 - at) * 1000).toISOString(),
  }));
  return {
    id: file.id,
    subject: file.subject,
    channel: file.channel,
    status: 'open',
    customer:
      file.customer.email === undefined
        ? { name: file.customer.name }
        : { name: file.customer.name, email: file.customer.email },
    messages,
    pastContacts: file.pastContacts,
    updatedAt: messages.at(-1)?.sentAt ?? now.toISOString(),
  };
}
