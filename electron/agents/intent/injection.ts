import { sentencesOf } from '../text/sentences.js';
import { blank, spansOf, type Span } from '../text/text-spans.js';

/** What looked like an instruction to the assistant, where it stood, and the text without it (same length, spaces instead). */
export interface InjectionScreening {
  readonly spans: readonly Span[];
  readonly kinds: readonly InjectionKind[];
  readonly text: string;
}

export type InjectionKind = 'instruction' | 'hidden_characters' | 'encoded_text' | 'image_link';

const RULES =
  '(?:instructions?|rules?|prompts?|guidelines?|directives?|constraints?|policies|safeguards?|guardrails?|programming|training)';
const OLDER =
  '(?:(?:all|any|every|each|your|the|of|these|those|my|previous|prior|above|earlier|preceding|former|existing|initial|original|system|safety|and)\\s+){1,6}';

/** Sentences that speak to the assistant, not to a support team. Customers who ignored assembly instructions stay untouched. */
const INSTRUCTIONS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|discard|drop|skip|do not follow|don't follow|stop following)\\s+(?:about\\s+)?(?:${OLDER})(?:and\\s+)?${RULES}\\b`,
    'iu',
  ),
  /\b(?:ignore|disregard|forget)\s+(?:everything|anything|all)\s+(?:that\s+)?(?:you (?:were|have been) told|above|before|previously|so far)\b/iu,
  /\b(?:your|the|hidden|secret|initial|original)\s+system\s*(?:prompt|message|instructions?)\b|\bsystem\s*prompt\b/iu,
  /\b(?:reveal|print|show|repeat|output|leak|display|tell me|give me)\b[^.!?\n]{0,40}\b(?:your\s+(?:\w+\s+){0,2}(?:prompt|instructions|internal rules|guidelines|configuration)|the\s+(?:system|hidden|initial|original|internal|secret)\s+(?:prompt|instructions|rules))\b/iu,
  /\byou(?:'re| are)\s+(?:now|no longer|from now on)\s+(?:in\s+)?(?:an?\s+|my\s+|the\s+)?(?:\w+\s+){0,3}(?:mode|ai|assistant|chatbot|bot|model|llm|gpt|dan|admin|administrator|root|developer|bound|restricted|hacker|pirate)\b/iu,
  /\b(?:admin|developer|debug|god|jailbreak|dan|root|maintenance|sudo)\s+mode\b/iu,
  /^\W*(?:please\s+|now\s+|from now on,?\s+|and\s+)?(?:you (?:must|will|should)\s+)?(?:act|behave|respond|answer)\s+(?:as|like)\s+(?:if you (?:were|are)\s+)?(?:an?\s+|my\s+|the\s+)?\w+/iu,
  /\b(?:pretend|imagine|roleplay|role-play)\s+(?:that\s+)?(?:to be|you(?:'re| are))\b/iu,
  /\bas an? (?:ai|artificial intelligence|language model|llm|chatbot|virtual assistant)\b/iu,
  /<\/?(?:system|assistant|user|instructions?|prompt|tool_call|function_call)\b[^>\n]{0,80}>|\[\/?(?:INST|SYSTEM|ASSISTANT)\]|<\|[a-z_]{2,30}\|>|<<\s*SYS\s*>>/iu,
  /^\W*(?:system|assistant|developer)\s*(?:message|prompt|note|override)?\s*:/iu,
  /\b(?:note|message|instruction|attention)s?\s+(?:to|for)\s+(?:the\s+)?(?:ai|assistant|bot|chatbot|model|llm|language model)\b/iu,
  /\b(?:new|updated|real|actual)\s+(?:system\s+)?instructions?\s*(?::|follow\b|are\b)/iu,
  /\b(?:do|say|write|reply|respond|answer)\b[^.!?\n]{0,30}\bwithout\s+(?:any\s+)?(?:restrictions?|filters?|censorship|warnings?)\b/iu,
];

/** After an instruction, orders in the same paragraph belong to it. */
const ORDER =
  /^\W*(?:(?:and|then|now|also|instead|finally|please)[\s,]+)*(?:print|output|reveal|confirm|reply|respond|answer|say|write|send|refund|approve|grant|give|issue|credit|execute|run|call|transfer|delete|cancel|add|set|apply|promise|tell|do not|don't|never|always)\b/iu;

/** Characters nobody sees: zero-width ones, direction overrides, Unicode tags (which spell ASCII invisibly). */
const HIDDEN = /[\u200B\u2060-\u2064\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]+/gu;
/** Tags and overrides have no honest use in a support message; a lone zero-width space comes with copied text. */
const SUSPICIOUS_HIDDEN = /[\u202D\u202E]|[\u{E0020}-\u{E007F}]{3}|[\u200B\u2060-\u2064]{4}/u;
const ENCODED =
  /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]{0,80}\d)(?=[A-Za-z0-9+/_-]{0,80}[A-Z])[A-Za-z0-9+/_-]{80,}={0,2}/gu;
const IMAGE_LINK = /!\[[^\]\n]{0,200}\]\([^)\n]{0,2000}\)|<img\b[^>\n]{0,2000}>/giu;

/**
 * Finds what a customer's text says to the assistant rather than to the team, and takes it out, so that the ordinary question
 * beside it is answered as if it stood alone. Works sentence by sentence on at most a few thousand characters.
 */
export function screenForInjection(original: string): InjectionScreening {
  const kinds = new Set<InjectionKind>();
  const spans: Span[] = [];
  const take = (found: readonly Span[], kind: InjectionKind | null): void => {
    spans.push(...found);
    if (found.length > 0 && kind) kinds.add(kind);
  };
  take(spansOf(original, HIDDEN), SUSPICIOUS_HIDDEN.test(original) ? 'hidden_characters' : null);
  take(spansOf(original, IMAGE_LINK), 'image_link');
  take(spansOf(original, ENCODED), 'encoded_text');

  const readable = withoutHidden(original);
  take(instructionSpans(readable), 'instruction');
  return { spans, kinds: [...kinds], text: blank(original, spans) };
}

/** Letters drawn wide or split by zero-width characters read as what they look like; places stay true. */
function withoutHidden(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll('\u2019', "'");
}

function instructionSpans(text: string): Span[] {
  const spans: Span[] = [];
  let isTainted = false;
  let previousEnd = 0;
  for (const sentence of sentencesOf(text)) {
    const startsParagraph = text.slice(previousEnd, sentence.start).includes('\n');
    previousEnd = sentence.end;
    if (startsParagraph) isTainted = false;
    const plain = sentence.text.replace(HIDDEN, '');
    const isInstruction = INSTRUCTIONS.some((pattern) => pattern.test(plain));
    if (isInstruction || (isTainted && ORDER.test(plain)))
      spans.push({ start: sentence.start, end: sentence.end });
    isTainted ||= isInstruction;
  }
  return spans;
}
