import type { Sentiment, Urgency } from '../../../shared/domain/intent.js';

export interface UrgencyReading {
  readonly urgency: Urgency;
  readonly words: readonly string[];
}

const DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const SOON = '(?:immediately|right (?:away|now)|today|tonight|tomorrow(?: morning)?)';
const PRESSING = new RegExp(
  `\\b(?:urgent(?:ly)?|asap|a\\.s\\.a\\.p|as soon as possible|at once|emergency|time[- ]sensitive|(?:tight|my) deadline|last minute|` +
    `(?:by|before|until|no later than) (?:the )?(?:end of (?:the )?(?:day|week)|today|tonight|tomorrow|noon|this (?:evening|afternoon|weekend)|the weekend|${DAY}|christmas|my (?:birthday|trip|flight|holiday|move))|` +
    // "Right now" alone asks for the state of things; after a demand it presses.
    `(?:please|need|needs|needed|want|must|have to|has to|demand)\\b[^.!?\\n]{0,60}\\b${SOON}|(?:leave|leaving|fly|flying|move|moving) (?:on ${DAY}|today|tomorrow|tonight))\\b`,
  'giu',
);
const RELAXED =
  /\b(?:no (?:rush|hurry)|not urgent|no need to hurry|when(?:ever)? you have (?:the )?time|just (?:curious|wondering)|take your time|whenever it suits)\b/giu;
const MAX_WORDS = 4;
const MAX_CHARACTERS = 4000;

const rank: Readonly<Record<Urgency, number>> = { low: 0, normal: 1, high: 2, critical: 3 };

export function moreUrgent(a: Urgency, b: Urgency): Urgency {
  return rank[a] >= rank[b] ? a : b;
}

/** How fast an answer is needed: deadlines and pressing words, the mood, and what the escalation policy says (`policy`). */
export function readUrgency(text: string, sentiment: Sentiment, policy: Urgency | null): UrgencyReading {
  const bounded = text.slice(0, MAX_CHARACTERS);
  const relaxed = found(bounded, RELAXED);
  // "Not urgent" holds the word urgent.
  const pressing = found(bounded.replace(RELAXED, ' '), PRESSING);
  let urgency: Urgency = 'normal';
  if (pressing.length > 0 || sentiment === 'angry') urgency = 'high';
  else if (relaxed.length > 0) urgency = 'low';
  if (policy) urgency = moreUrgent(urgency, policy);
  return { urgency, words: urgency === 'low' ? relaxed : pressing };
}

function found(text: string, pattern: RegExp): string[] {
  return [...new Set(Array.from(text.matchAll(pattern), ([words]) => words))].slice(0, MAX_WORDS);
}
