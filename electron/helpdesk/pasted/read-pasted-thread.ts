import type { Channel, ConversationCustomer, MessageAuthor } from '../../../shared/domain/conversation.js';
import { emailIn, mailHeadAt, nameIn, openingOf, timeIn, type Opening } from './pasted-lines.js';
import { keyOf, rolesOf, type Speaker } from './pasted-speakers.js';

/** One message of a pasted text. */
export interface PastedMessage {
  readonly author: MessageAuthor;
  /** Empty where the text does not say. */
  readonly name: string;
  readonly text: string;
  readonly sentAt: string;
}

/** What a pasted text was read as. */
export interface PastedThread {
  readonly subject: string;
  readonly channel: Channel;
  readonly customer: ConversationCustomer;
  /** Oldest first; never empty. */
  readonly messages: readonly PastedMessage[];
}

interface Part extends Speaker {
  readonly at: string | null;
  readonly lines: string[];
  readonly kind: Opening['kind'] | 'mail' | 'none';
}

/** More than any thread somebody copies; a table or a log has more lines that look like names. */
const MAX_PARTS = 400;

/**
 * Reads a copied thread: mails with their heads or quoted below each other, `Name wrote:`, chats with times, `Customer:` and `Agent:`. Where it is not
 * sure it is one message of the customer, so that nothing of it is lost and nothing is put into a wrong mouth.
 */
export function readPastedThread(pasted: string, now: Date): PastedThread {
  const text = pasted
    .replace(/\r\n?/gu, '\n')
    .replace(/[\u200b\ufeff]/gu, '')
    .trim();
  const { parts, subject } = partsOf(text, now);
  const spoken = parts.filter(({ lines }) => lines.some((line) => line.trim() !== ''));
  const ordered = isNewestFirst(spoken) ? spoken.toReversed() : spoken;
  const top = spoken[0];
  const isReply = top?.kind === 'none' && isQuoted(spoken[1]);
  const roleOf = rolesOf(ordered, isReply ? (spoken[1] ?? null) : null);
  const roles = ordered.map(roleOf);
  const isSure = spoken.length <= MAX_PARTS && roles.includes('customer') && isThread(spoken);
  if (!isSure) return oneMessage(text, subject, now);
  const times = ordered.map(({ at }) => at);
  const isTimed = times.every((at, index) => at !== null && (index === 0 || at >= (times[index - 1] ?? '')));
  const messages = ordered.map((part, index) => ({
    author: roles[index] ?? 'customer',
    name: part.name,
    text: part.lines.join('\n').trim(),
    sentAt: (isTimed ? times[index] : null) ?? secondsBefore(now, ordered.length - 1 - index),
  }));
  const customers = ordered.filter((_, index) => roles[index] === 'customer');
  const name = customers.find((one) => one.name !== '')?.name ?? '';
  const email = customers.find((one) => one.email !== null)?.email;
  const isLabel = /^(?:customer|client|visitor|guest|user)$/iu.test(name);
  return {
    subject,
    channel: spoken.some(({ kind }) => kind === 'chat' || kind === 'label') ? 'chat' : 'email',
    customer: { name: name === '' || isLabel ? 'Customer' : name, ...(email ? { email } : {}) },
    messages,
  };
}

/** Cuts the text where somebody begins to speak. */
function partsOf(text: string, now: Date): { readonly parts: readonly Part[]; readonly subject: string } {
  const lines = joinWrapped(text.split('\n').map(unquoted));
  const labels = speakingLabels(lines, now);
  const parts: Part[] = [{ name: '', email: null, at: null, lines: [], kind: 'none' }];
  let subject = '';
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const mail = mailHeadAt(lines, at);
    if (mail) {
      const { from = '', sent, date, subject: about = '' } = mail.head;
      if (subject === '') subject = about.replace(/^(?:\s*(?:re|fwd?|aw|antw)\s*:)+\s*/iu, '').slice(0, 200);
      const when = timeIn(date ?? sent ?? '', now);
      const email = emailIn(from);
      parts.push({ name: nameIn(from) || (email ?? ''), email, at: when, lines: [], kind: 'mail' });
      at += mail.length - 1;
      continue;
    }
    const opening = openingOf(line, now);
    const isSpeaking = opening && (opening.kind !== 'label' || labels.has(opening.name.toLowerCase()));
    if (opening && isSpeaking) parts.push({ ...opening, lines: opening.said === '' ? [] : [opening.said] });
    else if (!/^-{2,}\s*(?:original|forwarded) message\s*-{2,}$/iu.test(line.trim()))
      parts.at(-1)?.lines.push(line);
  }
  return { parts, subject };
}

const unquoted = (line: string): string => line.replace(/^\s*(?:>\s?)+/u, '');

const MAX_WRAPPED = 200;
const WROTE = /\bwrote\s?:\s*$/iu;

/** Mail programs break `On ... wrote:` into two lines. */
function joinWrapped(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const [line = '', next = ''] = [lines[at], lines[at + 1]];
    const isShort = line.length <= MAX_WRAPPED && next.length <= MAX_WRAPPED;
    if (isShort && /^on\s.{6,}/iu.test(line.trim()) && !WROTE.test(line) && WROTE.test(next)) {
      joined.push(`${line.trim()} ${next.trim()}`);
      at += 1;
    } else joined.push(line);
  }
  return joined;
}

/** Words before a colon are speakers where a role is among them, or where two of them take turns; `Size: XL` is none. */
function speakingLabels(lines: readonly string[], now: Date): ReadonlySet<string> {
  const order = lines.flatMap((line) => {
    const opening = openingOf(line, now);
    return opening?.kind === 'label' ? [opening.name.toLowerCase()] : [];
  });
  const names = new Set(order);
  const roles = [...names].filter((name) =>
    /^(?:customer|client|visitor|guest|user|agent|rep|support|operator|me|system|bot)$/u.test(name),
  );
  if (roles.length > 0) {
    // "Agent Tom:" beside "Customer:"; other labels, such as "Order:", are said by somebody.
    const repeated = [...names].filter((name) => order.filter((one) => one === name).length > 1);
    return new Set([...roles, ...(roles.length === 1 ? repeated : [])]);
  }
  const repeated = [...names].filter((name) => order.filter((one) => one === name).length > 1);
  return names.size === 2 && repeated.length > 0 ? names : new Set();
}

const isQuoted = (part: Part | undefined): boolean => part?.kind === 'quote' || part?.kind === 'mail';

/** One part alone is a thread only where a head says who wrote it. */
function isThread(spoken: readonly Part[]): boolean {
  const [only] = spoken;
  if (spoken.length === 1) return only?.kind === 'mail' || only?.kind === 'name' || only?.kind === 'label';
  return new Set(spoken.map(keyOf)).size > 1 || spoken.every(({ kind }) => kind !== 'none');
}

/** Replies stand above what they answer; where times say otherwise they are right. */
function isNewestFirst(spoken: readonly Part[]): boolean {
  const times = spoken.flatMap(({ at }) => (at === null ? [] : [at]));
  const [first, last] = [times[0] ?? '', times.at(-1) ?? ''];
  if (times.length > 1 && first !== last) return first > last;
  return spoken.some(({ kind }) => kind === 'quote') || (spoken[0]?.kind === 'none' && isQuoted(spoken[1]));
}

function oneMessage(text: string, subject: string, now: Date): PastedThread {
  const message = { author: 'customer', name: '', text, sentAt: now.toISOString() } as const;
  return { subject, channel: 'email', customer: { name: 'Customer' }, messages: [message] };
}

const secondsBefore = (now: Date, seconds: number): string =>
  new Date(now.getTime() - seconds * 1_000).toISOString();
