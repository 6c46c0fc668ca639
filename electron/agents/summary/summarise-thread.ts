import { z } from 'zod';

import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import type { ModelFailure } from '../../../shared/domain/model-run.js';
import type { Team } from '../../../shared/domain/team.js';
import type { ChatModel, ChatOutcome } from '../../models/chat-model.js';
import { cutMiddle } from '../context/cut-middle.js';
import { privateValuesOf } from '../private-values.js';
import { fence, fenceNotice, newBoundary } from '../text/fence.js';
import { unknownQuantities } from '../text/unknown-quantities.js';
import { choosePrompt } from '../writing/choose-prompt.js';
import { SUMMARY_FRAME, summaryPrompt, WRAP_UP_FRAME, wrapUpPrompt } from './summary-prompt.js';

export interface SummaryDeps {
  readonly chat: ChatModel;
  /** Whose prompts are used. */
  readonly team: Pick<Team, 'prompts'>;
  readonly countTokens: (text: string) => number;
  /** For the ledger and for budgets. */
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** A summary and the newest message it holds. */
export interface RollingSummary {
  readonly summary: string;
  readonly openQuestions: readonly string[];
  readonly messageId: string;
}

/** Messages one call reads, in tokens. */
const BATCH_TOKENS = 4_000;
const MESSAGE_TOKENS = 1_200;
/** Of a thread nobody summarised before, only this many of the newest messages are read. */
const MAX_MESSAGES = 200;
const form = z.object({
  summary: z.string().min(1).max(3_000),
  openQuestions: z.array(z.string().min(1).max(300)).max(10),
});
const noteForm = z.object({ note: z.string().min(1).max(2_000) });

/**
 * Brings a summary up to date with the messages since it was made, in as many calls as they need; the thread before is never read again. An
 * update that holds a number neither the old summary nor the messages have is not taken. On a failure what was reached so far comes back
 * with it.
 */
export async function updateSummary(
  conversation: Conversation,
  before: RollingSummary | null,
  deps: SummaryDeps,
): Promise<{ readonly rolling: RollingSummary | null; readonly failure: ModelFailure | null }> {
  let rolling = before;
  const instructions = `${choosePrompt(deps.team, summaryPrompt).text}\n\n${SUMMARY_FRAME}`;
  for (const batch of batchesOf(since(conversation, before), deps.countTokens)) {
    const known = [rolling?.summary ?? '', ...(rolling?.openQuestions ?? [])].join('\n').trim();
    const boundary = newBoundary();
    const parts = [
      ...(known === '' ? [] : ['# Summary so far', fence('conversation_summary', known, boundary)]),
      '# Messages since, oldest first',
      ...batch.map((message) => fencedMessage(message, boundary, deps.countTokens)),
      '# Task\nGive the summary anew.',
    ];
    const outcome = await ask(conversation, instructions, parts.join('\n\n'), boundary, form, deps);
    if (!outcome.ok) return { rolling, failure: outcome.failure };
    const { summary, openQuestions } = outcome.value;
    const said = [known, ...batch.map(({ text, sentAt }) => `${text} ${sentAt.slice(0, 10)}`)].join('\n');
    if (unknownQuantities([summary, ...openQuestions].join('\n'), said).length > 0)
      return { rolling, failure: untrue };
    const last = batch.at(-1);
    if (last) rolling = { summary, openQuestions, messageId: last.id };
  }
  return { rolling, failure: null };
}

/** The note for the record, from the summary and the newest messages. */
export async function writeWrapUp(
  conversation: Conversation,
  rolling: RollingSummary | null,
  deps: SummaryDeps,
): Promise<ChatOutcome<{ note: string }>> {
  const instructions = `${choosePrompt(deps.team, wrapUpPrompt).text}\n\n${WRAP_UP_FRAME}`;
  const boundary = newBoundary();
  const batches = batchesOf(conversation.messages.filter(isSpoken).slice(-MAX_MESSAGES), deps.countTokens);
  const newest = batches.at(-1) ?? [];
  const isWhole = batches.length <= 1;
  const parts = [
    ...(rolling && !isWhole ? ['# Summary', fence('conversation_summary', rolling.summary, boundary)] : []),
    '# The conversation, oldest message first',
    ...newest.map((message) => fencedMessage(message, boundary, deps.countTokens)),
    '# Task\nWrite the note.',
  ];
  const outcome = await ask(conversation, instructions, parts.join('\n\n'), boundary, noteForm, deps);
  if (!outcome.ok) return outcome;
  const said = [
    rolling?.summary ?? '',
    ...newest.map(({ text, sentAt }) => `${text} ${sentAt.slice(0, 10)}`),
  ].join('\n');
  return unknownQuantities(outcome.value.note, said).length > 0 ? { ok: false, failure: untrue } : outcome;
}

function ask<S extends z.ZodType>(
  conversation: Conversation,
  instructions: string,
  text: string,
  boundary: string,
  schema: S,
  { chat, runId, signal }: SummaryDeps,
): Promise<ChatOutcome<z.output<S>>> {
  return chat.fill({
    ...{ task: 'summary', runId, signal, form: schema, formName: 'summary' },
    conversationId: conversation.id,
    turns: [
      { role: 'system', text: `${instructions}\n\n# Data\n${fenceNotice(boundary)}` },
      { role: 'user', text },
    ],
    privateValues: privateValuesOf(conversation, { customerIntent: null, toolCalls: [] }),
  });
}

const untrue: ModelFailure = {
  code: 'MODEL_MALFORMED',
  message: 'The model wrote a number that nobody had written.',
  canRetry: true,
};

function isSpoken({ author, text }: ConversationMessage): boolean {
  return author !== 'system' && text.trim() !== '';
}

function since({ messages }: Conversation, before: RollingSummary | null): ConversationMessage[] {
  const at = before ? messages.findIndex(({ id }) => id === before.messageId) : -1;
  return messages
    .slice(at + 1)
    .filter(isSpoken)
    .slice(-MAX_MESSAGES);
}

function batchesOf(
  messages: readonly ConversationMessage[],
  countTokens: (text: string) => number,
): ConversationMessage[][] {
  const batches: ConversationMessage[][] = [];
  let left = 0;
  for (const message of messages) {
    const tokens = Math.min(MESSAGE_TOKENS, countTokens(message.text.slice(0, 8 * MESSAGE_TOKENS))) + 40;
    const current = batches.at(-1);
    if (!current || tokens > left) {
      batches.push([message]);
      left = BATCH_TOKENS - tokens;
    } else {
      current.push(message);
      left -= tokens;
    }
  }
  return batches;
}

function fencedMessage(
  { author, text }: ConversationMessage,
  boundary: string,
  countTokens: (text: string) => number,
): string {
  return fence(
    author === 'customer' ? 'customer_message' : 'rep_message',
    cutMiddle(text, MESSAGE_TOKENS, countTokens),
    boundary,
  );
}
