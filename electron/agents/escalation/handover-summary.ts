import type { Conversation } from '../../../shared/domain/conversation.js';
import type { Evidence } from '../../../shared/domain/evidence.js';
import type { Escalation, Intent } from '../../../shared/domain/intent.js';
import type { HandoverSummary } from '../../../shared/domain/suggestion.js';
import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { sentencesOf } from '../text/sentences.js';

export interface HandoverInput {
  readonly conversation: Conversation;
  readonly escalation: Escalation;
  readonly intent: Intent;
  readonly toolCalls: readonly ToolCall[];
  readonly evidence: readonly Evidence[];
}

const MAX_TURNS = 6;
const MAX_TURN_CHARACTERS = 220;
const MAX_PASSAGES = 3;
const MAX_WORDS_QUOTED = 4;

/** What the next human needs, taken from the conversation and the facts word for word; nothing is concluded. */
export function handoverSummary(input: HandoverInput): HandoverSummary {
  const { conversation, escalation, intent, toolCalls, evidence } = input;
  const { customer, messages, channel, subject } = conversation;
  const quoted = escalation.words.slice(0, MAX_WORDS_QUOTED).map((word) => `"${word}"`);
  const reason = quoted.length > 0 ? `${escalation.label}: ${quoted.join(', ')}` : escalation.label;
  const who = customer.email === undefined ? customer.name : `${customer.name} (${customer.email})`;
  const written = messages.filter(({ author }) => author === 'customer').length;
  const wish = intent.label === null ? 'Nothing the team has an intent for' : intent.name;
  const summary = `${who} wrote ${times(written)} by ${channel} about "${subject}". Intent: ${wish}. Mood: ${intent.sentiment}, urgency: ${intent.urgency}.`;
  const customerWants = wants(conversation);
  const facts = factLines(toolCalls);
  const openQuestions = questionsIn(conversation);
  const parts = { reason, team: escalation.team, summary, customerWants, facts, openQuestions };
  return { ...parts, note: handoverNote(parts, { conversation, evidence }) };
}

/** The whole note as plain text, from its parts. */
export function handoverNote(
  { reason, team, summary, customerWants, facts, openQuestions }: Omit<HandoverSummary, 'note'>,
  { conversation, evidence }: Pick<HandoverInput, 'conversation' | 'evidence'>,
): string {
  return [
    `Handover to ${team}`,
    `Why: ${reason}`,
    summary,
    ...section('Customer wants', [customerWants]),
    ...section('What is true', facts),
    ...section('Open questions', openQuestions),
    ...section('Conversation so far', turns(conversation)),
    ...section('Passages that may help', passageLines(evidence)),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  const shown = lines.filter((line) => line !== '');
  return shown.length === 0 ? [] : ['', `${title}:`, ...shown.map((line) => `- ${line}`)];
}

const times = (count: number): string => (count === 1 ? 'once' : `${String(count)} times`);

/** The newest sentence of the customer that asks or demands something, else their newest message, cut. */
export function wants({ messages }: Conversation): string {
  const texts = messages.filter(({ author }) => author === 'customer').map(({ text }) => text);
  const newest = texts.slice(-3).reverse();
  for (const text of newest) {
    const asking = sentencesWritten(cut(text, 4000)).filter((sentence) =>
      /\?$|\b(?:want|need|would like|expect|demand|please|can i|could you|if .* not|unless)\b/i.test(
        sentence,
      ),
    );
    const last = asking.at(-1);
    if (last) return cut(flat(last), MAX_TURN_CHARACTERS);
  }
  return cut(flat(newest[0] ?? ''), MAX_TURN_CHARACTERS);
}

/** One line for each call: its facts, or why there are none. */
function factLines(toolCalls: readonly ToolCall[]): string[] {
  const lines = toolCalls.map(({ facts, detail }) =>
    facts.length > 0 ? facts.map(({ label, value }) => `${label}: ${value}`).join('; ') : detail,
  );
  return [...new Set(lines)].filter((line) => line !== '');
}

/** Questions of the customer since the team wrote last. */
export function questionsIn({ messages }: Conversation): string[] {
  const lastRep = messages.findLastIndex(({ author }) => author === 'rep');
  const open = messages
    .slice(lastRep + 1)
    .filter(({ author }) => author === 'customer')
    .slice(-MAX_TURNS);
  const questions = open
    .flatMap(({ text }) => sentencesWritten(cut(text, 4000)))
    .map(flat)
    .filter((text) => text.endsWith('?'));
  return [...new Set(questions)].map((text) => cut(text, MAX_TURN_CHARACTERS));
}

/** The newest turns, one line each, the beginning of longer ones. */
export function turns({ messages, customer }: Conversation): string[] {
  const shown = messages.filter(({ author }) => author !== 'system').slice(-MAX_TURNS);
  const left = messages.length - shown.length;
  const lines = shown.map(({ author, text }) => {
    const who = author === 'customer' ? customer.name : 'Team';
    return `${who}: ${cut(flat(text), MAX_TURN_CHARACTERS)}`;
  });
  return left > 0 ? [`(${String(left)} earlier messages)`, ...lines] : lines;
}

function passageLines(evidence: readonly Evidence[]): string[] {
  const titles = evidence.map(({ articleTitle, headingPath, audience }) => {
    const place = [articleTitle, ...headingPath].join(' > ');
    return audience === 'internal' ? `${place} (internal)` : place;
  });
  return [...new Set(titles)].slice(0, MAX_PASSAGES);
}

/** An end of a sentence before a small letter: the Unicode rules want a capital, people in a hurry write none. */
const HURRIED_END =
  /(?<=[\p{L}\d)]{2}[.!?]+)(?<!\b(?:approx|incl|excl|etc|max|min|resp|vs)\.)\s+(?=\p{Ll})/iu;

/** The sentences of a message as people write them. */
export const sentencesWritten = (text: string): string[] =>
  sentencesOf(text).flatMap((sentence) => sentence.text.split(HURRIED_END));

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Cuts by characters a reader sees, so that an emoji is never halved. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const head = text.slice(0, length);
  return `${/[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head}…`;
}
