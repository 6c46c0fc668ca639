import { htmlComments } from '../text/html-comments.js';
import { withoutInvisible } from '../text/invisible.js';
import { sentencesOf } from '../text/sentences.js';
import { blank, spansOf } from '../text/text-spans.js';
import { encodedTexts, turnedReadings } from './encoded-text.js';
import { englishOrders } from './english-orders.js';
import { englishReach, forgedAuthority, steering } from './english-reach.js';
import { otherLanguagePatterns } from './other-languages.js';
import { techniqueOf } from './patterns-of.js';
import type { InjectionFinding, InjectionPatterns, InjectionTechnique, TextSource } from './technique.js';
import { unmask } from './unmask.js';

/** What in a text speaks to a machine, and the text without it (same length, spaces instead). */
export interface Screening {
  readonly findings: readonly InjectionFinding[];
  /** Each once, in the order found. */
  readonly techniques: readonly InjectionTechnique[];
  readonly text: string;
}

const shared = [...englishOrders, ...englishReach, ...otherLanguagePatterns];
const PATTERNS: Readonly<Record<TextSource, readonly InjectionPatterns[]>> = {
  customer: [...shared, forgedAuthority],
  public_article: [...shared, steering],
  // Notes for reps say what to tell customers and what not to share.
  internal_article: shared.filter(
    ({ technique }) => technique !== 'scope_widening' && technique !== 'dictation',
  ),
  tool_result: [...shared, forgedAuthority, steering],
};

/** After an order to a machine, more orders in the same paragraph belong to it. */
const GOES_ON =
  /^\W*(?:(?:and|then|now|also|instead|finally|please|next|after that|afterwards)[\s,]+)*(?:print|output|reveal|confirm|reply|respond|answer|say|write|send|refund|approve|grant|give|issue|credit|execute|run|call|transfer|delete|cancel|add|set|apply|promise|tell|show|list|include|use|do not|don't|never|always|your (?:reply|answer|response)|you (?:must|will|should|are|can|have)|the (?:refund|customer|reply|answer|order))\b/iu;

/** Tags and overrides have no honest use in a support text; a lone zero-width space comes with copied text. */
const SUSPICIOUS_HIDDEN =
  /[\u202D\u202E]|[\u{E0020}-\u{E007F}]{3}|[\u200B\u2060-\u2064]{4}|[\u{E0100}-\u{E01EF}]{3}/u;
const HIDDEN = /[\u200B\u2060-\u2064\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E01EF}]+/gu;
/** So long a run of letters and digits says nothing to a rep, whatever it says to a machine. */
const LONG_CODE =
  /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]{0,80}\d)(?=[A-Za-z0-9+/_-]{0,80}[A-Z])[A-Za-z0-9+/_-]{80,}={0,2}/gu;
const IMAGE = /!\[[^\]\n]{0,200}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,100}\])|<img\b[^>\n]{0,2000}>/giu;
const ACTIVE_ADDRESS =
  /\b(?:javascript|vbscript):\S{1,2000}|\bdata:(?:text|image|application)\/\S{1,4000}/giu;
/** An address with a place for data that somebody is meant to fill. A question mark ends a sentence, so it is looked for in the whole text. */
const GAP_ADDRESS =
  /https?:\/\/[^\s"'<>]*(?:\{\{?[^}\s]*\}?|\$\{|%7B|<[a-z_ ]{2,30}>|\[(?:order|data|email|name|insert|prompt|customer|conversation|history|secret)[^\]\s]*\]?)[^\s"'<>]*/giu;

/**
 * Finds what a text says to a machine rather than to people, and takes it out, so that the ordinary text beside it is read as if it stood
 * alone. Works sentence by sentence, then over line breaks, on at most a few thousand characters; longer texts cost in proportion.
 *
 * Heuristics by technique: they find what is worded as orders usually are. What they miss is still only data in a fence, and what a model
 * then writes is still checked against evidence.
 */
export function screenText(original: string, source: TextSource): Screening {
  const patterns = PATTERNS[source];
  const findings: InjectionFinding[] = [
    ...hiddenFindings(original),
    ...markupFindings(original, source, patterns),
    ...encodedFindings(original, patterns),
  ];
  const readable = readableText(blank(original, findings));
  findings.push(...sentenceFindings(readable, patterns));
  findings.push(...acrossLines(readable, patterns, findings));
  const techniques = [...new Set(findings.map(({ technique }) => technique))];
  const all = spansOf(original, HIDDEN);
  return {
    findings,
    techniques,
    text: findings.length + all.length === 0 ? original : blank(original, [...findings, ...all]),
  };
}

function hiddenFindings(text: string): InjectionFinding[] {
  if (!SUSPICIOUS_HIDDEN.test(text)) return [];
  return spansOf(text, HIDDEN).map((span) => ({ ...span, technique: 'hidden_characters' as const }));
}

function markupFindings(
  text: string,
  source: TextSource,
  patterns: readonly InjectionPatterns[],
): InjectionFinding[] {
  const isOurs = source === 'public_article' || source === 'internal_article';
  const images = isOurs ? [] : spansOf(text, IMAGE);
  const comments = htmlComments(text).filter(({ inside }) =>
    sentencesOf(inside).some((sentence) => techniqueOf(sentence.text, [...patterns, steering]) !== null),
  );
  return [
    ...[...images, ...spansOf(text, ACTIVE_ADDRESS), ...spansOf(text, GAP_ADDRESS)].map((span) => ({
      ...span,
      technique: 'exfiltration' as const,
    })),
    ...comments.map(({ start, end }) => ({ technique: 'hidden_markup' as const, start, end })),
  ];
}

/** Readable words in a disguise nobody needs are suspicious by themselves in base64; in other codes they must be an order. */
function encodedFindings(text: string, patterns: readonly InjectionPatterns[]): InjectionFinding[] {
  const hidden = encodedTexts(text).filter(
    ({ start, decoded }) =>
      sentencesOf(decoded).some((sentence) => techniqueOf(sentence.text, patterns) !== null) ||
      (decoded.split(/\s+/u).length >= 3 && /^[A-Za-z+/_0-9-]/u.test(text.slice(start))),
  );
  return [...hidden, ...spansOf(text, LONG_CODE)].map(({ start, end }) => ({
    technique: 'encoded' as const,
    start,
    end,
  }));
}

/** Wide letters read as plain ones; places stay true. */
function readableText(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u2019', "'");
}

function sentenceFindings(text: string, patterns: readonly InjectionPatterns[]): InjectionFinding[] {
  const findings: InjectionFinding[] = [];
  let isTainted = false;
  let previousEnd = 0;
  for (const { text: sentence, start, end } of sentencesOf(text)) {
    if (/\n\s*\n/u.test(text.slice(previousEnd, start))) isTainted = false;
    previousEnd = end;
    const plain = withoutInvisible(sentence);
    const technique = techniqueOf(plain, patterns) ?? maskedTechnique(plain);
    if (technique !== null) findings.push({ technique, start, end });
    else if (isTainted && GOES_ON.test(plain)) findings.push({ technique: 'override', start, end });
    isTainted ||= technique !== null;
  }
  return findings;
}

/** Only orders to a machine are worth a mask. */
function maskedTechnique(sentence: string): InjectionTechnique | null {
  if (turnedReadings(sentence).some((reading) => techniqueOf(reading, englishOrders) !== null))
    return 'encoded';
  const { texts, isRunTogether } = unmask(sentence);
  return isRunTogether || texts.some((reading) => techniqueOf(reading, englishOrders) !== null)
    ? 'obfuscated'
    : null;
}

/** Orders written over several short lines, or over the end of one message and the beginning of the next. */
function acrossLines(
  text: string,
  patterns: readonly InjectionPatterns[],
  known: readonly InjectionFinding[],
): InjectionFinding[] {
  const rest = blank(text, known);
  if (!rest.includes('\n')) return [];
  const flat = rest.replaceAll('\n', ' ').replace(/\s/gu, ' ');
  const small = flat.toLowerCase();
  const hits = patterns
    .filter(({ hint }) => hint.test(small))
    .flatMap((group) => group.patterns)
    .flatMap((pattern) => {
      const hit = pattern.exec(flat);
      return hit && rest.slice(hit.index, hit.index + hit[0].length).includes('\n') ? [hit] : [];
    });
  return hits.map(({ index, 0: words }) => {
    const end = rest.indexOf('\n', index + words.length);
    return {
      technique: 'split_payload' as const,
      start: rest.lastIndexOf('\n', index) + 1,
      end: end === -1 ? rest.length : end,
    };
  });
}
