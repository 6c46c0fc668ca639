import { findPhoneNumbersInText } from 'libphonenumber-js';

import type { Span } from '../../../shared/domain/evidence.js';
import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { Team } from '../../../shared/domain/team.js';
import { CARD, IBAN, passesLuhn } from '../../../shared/personal-data/account-numbers.js';
import { EMAIL } from '../../../shared/personal-data/contact-patterns.js';
import { wordsOf } from '../text/words.js';
import { checkLinks, type Link } from './check-links.js';
import { checkRules } from './check-rules.js';
import { checkForbidden, type WordingContext } from './check-wording.js';
import { issueOf } from './issue.js';

/** What a sentence must not carry, made ready once per draft. */
export interface SafetyRules {
  readonly team: Team;
  /** Runs of words of texts reps know among themselves, as {@link shingles} gives them; those of public texts are left out. */
  readonly internal: ReadonlySet<string>;
  /** Everything the reply may repeat: cited texts, facts, the customer's own address and orders. */
  readonly allowed: string;
  /** Web addresses in it, as {@link linksIn} gives them. */
  readonly links: readonly Link[];
}

/** This many words in a row in common with an internal text are no accident. */
const SHINGLE_WORDS = 7;

/**
 * Promises, internal text, personal data, invented links, advice, blame, other companies and what was left to fill in. Every finding makes
 * the sentence unusable.
 */
export function checkSafety(text: string, rules: SafetyRules, wording: WordingContext): CritiqueIssue[] {
  return [
    ...promises(text, rules),
    ...internalText(text, rules),
    ...personalData(text, rules),
    ...otherOrders(text, rules),
    ...checkLinks(text, rules.links),
    ...checkForbidden(text, wording),
    ...checkRules(text, rules.team.profile.guardrails.rules, 'block'),
  ];
}

function promises(text: string, { team }: SafetyRules): CritiqueIssue[] {
  const found = team.profile.guardrails.neverPromise.filter((phrase) => hasPhrase(text, phrase));
  return found.map((phrase) =>
    issueOf('promise', `"${phrase}" promises what the team does not promise.`, {
      words: placeOf(text, phrase),
      fix: '',
    }),
  );
}

function internalText(text: string, { team, internal }: SafetyRules): CritiqueIssue[] {
  const term = team.profile.guardrails.internalTerms.find((phrase) => hasPhrase(text, phrase));
  if (term !== undefined)
    return [
      issueOf('internal_text', `"${term}" is for the team only.`, { words: placeOf(text, term), fix: '' }),
    ];
  const isShared = internal.size > 0 && [...shingles(text)].some((shingle) => internal.has(shingle));
  return isShared ? [issueOf('internal_text', 'This repeats an internal article.')] : [];
}

function personalData(text: string, { allowed }: SafetyRules): CritiqueIssue[] {
  const cards = (text.match(CARD) ?? []).filter(passesLuhn);
  const phones = findPhoneNumbersInText(text).map(({ startsAt, endsAt }) => text.slice(startsAt, endsAt));
  const found = [...(text.match(EMAIL) ?? []), ...(text.match(IBAN) ?? []), ...cards, ...phones];
  const strange = found.filter((value) => !allowed.toLowerCase().includes(value.toLowerCase()));
  return strange.length === 0
    ? []
    : [
        issueOf('personal_data', 'This holds an address or number of somebody.', {
          words: placeOf(text, strange[0] ?? ''),
        }),
      ];
}

function otherOrders(text: string, { team, allowed }: SafetyRules): CritiqueIssue[] {
  const pattern = new RegExp(`(?<![\\p{L}\\d])(?:${team.profile.patterns.orderId})(?![\\p{L}\\d])`, 'gu');
  const strange = (text.match(pattern) ?? []).filter((orderId) => !allowed.includes(orderId));
  return strange.length === 0
    ? []
    : [
        issueOf('fact_of_other_customer', `${strange.join(', ')} is not an order of this customer.`, {
          words: placeOf(text, strange[0] ?? ''),
        }),
      ];
}

/** Where a phrase stands, in any case; null where its words are parted by more than blanks. */
function placeOf(text: string, phrase: string): Span | null {
  const start = text.toLowerCase().indexOf(phrase.toLowerCase());
  return start < 0 || phrase === '' ? null : { start, end: start + phrase.length };
}

function hasPhrase(text: string, phrase: string): boolean {
  return wordsInOrder(text).includes(wordsInOrder(phrase));
}

/** The phrases of a team and the sentence at hand are looked at many times. */
const inOrder = new Map<string, string>();
const MAX_IN_ORDER = 2_000;

function wordsInOrder(text: string): string {
  const known = inOrder.get(text);
  if (known !== undefined) return known;
  if (inOrder.size > MAX_IN_ORDER) inOrder.clear();
  const words = ` ${wordsOf(text).join(' ')} `;
  inOrder.set(text, words);
  return words;
}

/** Runs of words of internal texts that no public text of the run has: what a public text says too is no secret. */
export function internalShingles(internalTexts: readonly string[], open: string): ReadonlySet<string> {
  if (internalTexts.length === 0) return new Set();
  const known = shingles(open);
  return new Set(internalTexts.flatMap((text) => [...shingles(text)]).filter((one) => !known.has(one)));
}

function shingles(text: string): ReadonlySet<string> {
  const words = wordsOf(text);
  const found = new Set<string>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at += 1) {
    found.add(words.slice(at, at + SHINGLE_WORDS).join(' '));
  }
  return found;
}
