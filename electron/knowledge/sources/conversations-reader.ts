import type { Paragraph, RootContent } from 'mdast';
import { z } from 'zod';

import { fieldNamed, parseFields, type ArticleFields } from './article-fields.js';
import { keyOf } from './article-ids.js';
import { UnreadableFile } from './failure-reason.js';
import { markdownOf } from './markdown-text.js';
import { streamText } from './read-text.js';
import type { ArticleDraft, SourceReader } from './source-reader.js';
import { textLines } from './text-lines.js';

/** A conversation is one line; a longer one is no conversation. */
const MAX_LINE_CHARACTERS = 4 * 1024 * 1024;
const LONGEST_TITLE = 120;

const AUTHORS: Readonly<Record<string, string>> = {
  customer: 'Customer',
  user: 'Customer',
  client: 'Customer',
  enduser: 'Customer',
  visitor: 'Customer',
  rep: 'Rep',
  agent: 'Rep',
  assistant: 'Rep',
  support: 'Rep',
  human: 'Rep',
  system: 'System',
  action: 'System',
  bot: 'System',
};

const Message = z.preprocess(
  (value) =>
    Array.isArray(value) ? { author: value[0] as unknown, text: value[1] as unknown } : renamed(value),
  z.object({ author: z.string(), text: z.string() }),
);
const Case = z.object({
  id: z.union([z.string(), z.number()]).transform(String).nullish(),
  subject: z.string().nullish(),
  messages: z.array(Message).min(1, 'must hold a message'),
});

/**
 * `.jsonl` and `.ndjson`: one past conversation a line, `{"id", "subject", "messages": [{"author", "text"}]}`. Each is one
 * case, its title the subject or the customer's first message. Read line by line.
 */
export const conversationsReader: SourceReader = {
  id: 'conversations-1',
  async *read(file, signal) {
    const text = streamText(file, signal);
    const ids = new Set<string>();
    let line = 0;
    try {
      for await (const json of textLines(text, MAX_LINE_CHARACTERS)) {
        line++;
        if (json === null) {
          yield { failure: { place: line, reason: 'The line is longer than 4 million characters.' } };
          continue;
        }
        if (json.trim() === '') continue;
        try {
          const draft = caseOf(json, line);
          if (ids.has(draft.key ?? ''))
            throw new UnreadableFile(`An earlier line has the id "${draft.key ?? ''}".`);
          ids.add(draft.key ?? '');
          yield { article: draft };
        } catch (cause) {
          yield { failure: { place: line, reason: cause instanceof Error ? cause.message : String(cause) } };
        }
      }
    } finally {
      text.destroy();
    }
  },
};

function caseOf(json: string, line: number): ArticleDraft {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new UnreadableFile('The line is not valid JSON.');
  }
  const parsed = Case.safeParse(withMessages(value));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnreadableFile(
      `It is no conversation: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`,
    );
  }
  const { id, subject, messages } = parsed.data;
  const turns = messages
    .map(({ author, text }) => ({ author: authorOf(author), text: text.trim() }))
    .filter(({ text }) => text !== '');
  const asked = turns.find(({ author }) => author === 'Customer') ?? turns[0];
  if (!asked) throw new UnreadableFile('The conversation has no words.');
  const title = shortened(subject?.trim() || asked.text);
  return {
    key: keyOf(id ?? JSON.stringify(messages)),
    fields: { ...fieldsOf(value as Record<string, unknown>), title },
    markdown: markdownOf({ type: 'root', children: turns.flatMap(blocksOf) }),
    place: line,
  };
}

/** Other names of the same list. */
function withMessages(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { id, conversation_id, convo_id, ticket_id, subject, messages, turns, original, comments } =
    value as Record<string, unknown>;
  return {
    id: id ?? conversation_id ?? convo_id ?? ticket_id,
    subject: subject ?? undefined,
    messages: messages ?? turns ?? original ?? comments,
  };
}

function renamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { author, role, from, speaker, sender, text, body, content, message } = value as Record<
    string,
    unknown
  >;
  return { author: author ?? role ?? from ?? speaker ?? sender, text: text ?? body ?? content ?? message };
}

/** Names of people are not kept: whoever is no known role is a rep. */
function authorOf(author: string): string {
  return AUTHORS[author.toLowerCase().replace(/[^a-z]/g, '')] ?? 'Rep';
}

function blocksOf({ author, text }: { author: string; text: string }): RootContent[] {
  const [first = '', ...rest] = text.split(/\n\s*\n/);
  const paragraph = (value: string): Paragraph => ({
    type: 'paragraph',
    children: [{ type: 'text', value: value.replace(/\s*\n\s*/g, ' ').trim() }],
  });
  const opening = paragraph(first);
  opening.children.unshift(
    { type: 'strong', children: [{ type: 'text', value: `${author}:` }] },
    { type: 'text', value: ' ' },
  );
  return [opening, ...rest.map(paragraph)];
}

function fieldsOf(value: Readonly<Record<string, unknown>>): ArticleFields {
  const known = Object.entries(value).filter(
    ([name, field]) => typeof field === 'string' && field.trim() !== '' && fieldNamed(name) !== null,
  );
  return parseFields(Object.fromEntries(known));
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.length <= LONGEST_TITLE) return line;
  return `${line.slice(0, LONGEST_TITLE).replace(/\s+\S*$/, '')}…`;
}
