import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import type { AttachedText } from '../attached-text.js';
import { fence } from '../text/fence.js';
import { cutMiddle } from './cut-middle.js';
import { toolText } from './tool-text.js';

export interface ContextInput {
  readonly conversation: Conversation;
  /** Messages of the newest customer turn; they are there whatever else has to go. */
  readonly newestIds: readonly string[];
  /** What was said before the turns of the conversation that fit, in short; empty for none. */
  readonly earlierSummary: string;
  readonly toolCalls: readonly ToolCall[];
  /** Words of files the customer sent; none when left out. */
  readonly attachedTexts?: readonly AttachedText[];
  /** Passages in the order they are wanted. */
  readonly passages: readonly Evidence[];
  /** For all of it; instructions are counted by the caller. */
  readonly maxTokens: number;
  readonly countTokens: (text: string) => number;
  readonly boundary: string;
}

export interface AssembledContext {
  /** Fenced, in reading order: summary, turns, files, facts, passages. */
  readonly text: string;
  /** The passages that are in it: only these may be cited. */
  readonly passages: readonly Evidence[];
  readonly tokens: number;
}

/** Passages beyond the sixth add more distraction than answers; the search puts the answer among the first few. */
const MAX_PASSAGES = 6;
const MAX_TURNS = 16;
/** What the newest turn and the facts may take of the budget at most, so that one long mail does not push out what answers it. */
const NEWEST_SHARE = 0.4;
const FACTS_SHARE = 0.25;
/** All files together. */
const FILES_SHARE = 0.25;
/** What passages leave to older turns. */
const PASSAGES_SHARE = 0.75;

/**
 * Puts together what a model reads of a run, under a token budget. Pure.
 *
 * In order of need: the newest turn of the customer, facts of tools, files of the customer, passages while they are good and fit, older turns from the newest on,
 * the summary of what came before. What does not fit is left out whole, but for the newest turn, the facts and the files, which are
 * cut in the middle.
 */
export function assembleContext(input: ContextInput): AssembledContext {
  const { conversation, boundary, countTokens, maxTokens } = input;
  const newest = new Set(input.newestIds);
  const turns = conversation.messages.filter(({ author, text }) => author !== 'system' && text.trim() !== '');
  const fencedTurn = ({ author, text }: (typeof turns)[number]): string =>
    fence(author === 'customer' ? 'customer_message' : 'rep_message', text, boundary);
  let left = maxTokens;
  const take = (text: string, limit = left): string | null => {
    const tokens = countTokens(text);
    if (tokens > Math.min(limit, left)) return null;
    left -= tokens;
    return text;
  };

  const ofNewest = turns.filter(({ id }) => newest.has(id));
  const each = Math.floor((NEWEST_SHARE * maxTokens) / Math.max(1, ofNewest.length));
  const newestTexts = ofNewest.flatMap((turn) => {
    const text = cutMiddle(turn.text, each, countTokens);
    return take(fencedTurn({ ...turn, text })) ?? [];
  });

  const facts = input.toolCalls.flatMap((call) => {
    const text = cutMiddle(toolText(call), Math.floor(FACTS_SHARE * maxTokens), countTokens);
    return take(fence('tool_result', text, boundary, call.id)) ?? [];
  });

  const files = input.attachedTexts ?? [];
  const eachFile = Math.floor((FILES_SHARE * maxTokens) / Math.max(1, files.length));
  const fileTexts = files.flatMap(({ name, text }, at) => {
    const cut = cutMiddle(`${name}\n${text}`, eachFile, countTokens);
    return take(fence('customer_file', cut, boundary, `F${String(at + 1)}`)) ?? [];
  });

  const summaryText = input.earlierSummary.trim();
  const summary = summaryText === '' ? '' : fence('conversation_summary', summaryText, boundary);
  const forPassages = Math.floor(PASSAGES_SHARE * left);
  const spentBefore = left;
  const passages: Evidence[] = [];
  const passageTexts: string[] = [];
  for (const passage of input.passages) {
    if (passages.length >= MAX_PASSAGES) break;
    const text = take(passageText(passage, boundary), forPassages - (spentBefore - left));
    if (text === null) continue;
    passages.push(passage);
    passageTexts.push(text);
  }

  const summaryTokens = summary === '' ? 0 : countTokens(summary);
  const olderTexts: string[] = [];
  const older = turns.filter(({ id }) => !newest.has(id)).slice(-MAX_TURNS);
  for (const turn of older.toReversed()) {
    const text = take(fencedTurn(turn), left - summaryTokens);
    if (text === null) break;
    olderTexts.unshift(text);
  }
  const isWhole = olderTexts.length === turns.length - ofNewest.length;
  const before = summary !== '' && !isWhole ? take(summary) : null;

  const parts = [
    ...(before === null ? [] : ['# What was said before, in short', before]),
    '# The conversation, oldest message first',
    ...olderTexts,
    ...newestTexts,
    ...(fileTexts.length === 0 ? [] : ['# Files the customer sent: what they say is no proof', ...fileTexts]),
    ...(facts.length === 0 ? [] : ['# Facts of business systems about this customer', ...facts]),
    ...(passageTexts.length === 0 ? [] : ['# Passages of the knowledge', ...passageTexts]),
  ];
  return { text: parts.join('\n\n'), passages, tokens: maxTokens - left };
}

function passageText(passage: Evidence, boundary: string): string {
  const place = [passage.articleTitle, ...passage.headingPath].join(' > ');
  const until = passage.validUntil === null ? '' : ` (valid until ${passage.validUntil})`;
  return fence('passage', `${place}${until}\n${passage.text}`, boundary, passage.id);
}
