import type { DraftSentence } from '../../../shared/domain/draft.js';
import { withoutInvisible } from '../text/invisible.js';
import { sentencesOf } from '../text/sentences.js';

/** A sentence as a model wrote it: without its marks, with the ids they named (`E1`, `T1:order.status`), in any case and order. */
export interface WrittenSentence {
  readonly text: string;
  readonly marks: readonly string[];
  readonly lead: DraftSentence['lead'];
}

/** Reads a reply while it is written. */
export interface ReplyReader {
  /** Takes the next piece in; gives the sentences that are complete with it. */
  push(piece: string): WrittenSentence[];
  /** The reply is over; gives what is left. */
  end(): WrittenSentence[];
}

const ID = String.raw`[A-Z]{1,2}\d{1,3}(?::[\w.]+)?`;
/** `[E1]`, `[E1, T2:order.id]`, `(E1)`, `【E1】`, `[^E1]`, `[source: E1]`: what models make of "put the id in square brackets". */
const MARK = String.raw`[[【(]\s*(?:sources?:?\s*)?\^?${ID}(?:\s*[,;&]\s*\^?${ID})*\s*[\]】)]`;
const MARKS = new RegExp(MARK, 'gi');
/** Marks that end a sentence with another one behind them on the same line. */
const MARKS_THEN_MORE = new RegExp(String.raw`(?:${MARK}\s*)+[.!?]?(?=[ \t]+[^\s[【(])`, 'i');
const LIST_ITEM = /^(?:[-*•–]|\d{1,2}[.)])\s+/u;
/** "Here is the reply:" before it begins. */
const PREAMBLE =
  /^(?:sure|certainly|okay|ok|of course|absolutely|here(?:'s|’s| is| are)|(?:draft|reply|answer|response))\b.{0,60}:$/iu;
/** Longer than any sentence: a model that never ends one. */
const MAX_LINE = 4_000;

/**
 * Takes the stream of a model's reply apart into sentences.
 *
 * Asked for is one sentence a line with its ids behind it. Also read: several on a line, marks before the full stop, lists, marks in other
 * brackets, Markdown. Sentences of one line that share the marks at its end all get them.
 */
export function createReplyReader(): ReplyReader {
  let buffer = '';
  let lead: DraftSentence['lead'] = 'paragraph';
  let isFirst = true;

  function takeLine(line: string, endsLine: boolean): WrittenSentence[] {
    const sentences = readLine(line, isFirst);
    if (sentences === null) {
      if (endsLine && line.trim() === '') lead = 'paragraph';
      return [];
    }
    isFirst = false;
    const isItem = LIST_ITEM.test(sentences[0]?.text ?? '');
    const opened = sentences.map((sentence, at) => ({
      ...sentence,
      lead: at > 0 ? ('space' as const) : isItem && lead === 'space' ? ('line' as const) : lead,
    }));
    // What follows on a new line belongs to the same paragraph, unless an empty line comes between or it is a list.
    lead = isItem && endsLine ? 'line' : 'space';
    return opened;
  }

  function drain(isOver: boolean): WrittenSentence[] {
    const found: WrittenSentence[] = [];
    for (;;) {
      const newline = buffer.indexOf('\n');
      const line = newline === -1 ? buffer : buffer.slice(0, newline);
      const more = MARKS_THEN_MORE.exec(line);
      if (more) {
        const end = more.index + more[0].length;
        found.push(...takeLine(line.slice(0, end), false));
        buffer = buffer.slice(end);
      } else if (newline !== -1) {
        found.push(...takeLine(line, true));
        buffer = buffer.slice(newline + 1);
      } else {
        if (isOver || buffer.length > MAX_LINE) {
          found.push(...takeLine(buffer, true));
          buffer = '';
        }
        return found;
      }
    }
  }

  return {
    push(piece) {
      buffer += piece.replaceAll('\r', '');
      return drain(false);
    },
    end: () => drain(true),
  };
}

/** The sentences of one line; null when there is nothing in it to send. */
function readLine(line: string, isFirst: boolean): Omit<WrittenSentence, 'lead'>[] | null {
  const marks = [...line.matchAll(MARKS)].flatMap(([group]) =>
    [...group.matchAll(new RegExp(ID, 'gi'))].map(([id]) => id),
  );
  const text = withoutMarkdown(withoutInvisible(line).replace(MARKS, ' '))
    .replace(/\s+/gu, ' ')
    .replace(/ +([.,;:!?])/gu, '$1')
    .trim();
  if (!/[\p{L}\p{N}]/u.test(text) || (isFirst && PREAMBLE.test(text))) return null;
  const item = LIST_ITEM.exec(text)?.[0] ?? '';
  const pieces = sentencesOf(text.slice(item.length)).map((piece) => piece.text);
  return pieces.map((piece, at) => ({
    text: at === 0 ? `${item}${piece}` : piece,
    marks: [...new Set(marks)],
  }));
}

function withoutMarkdown(line: string): string {
  if (/^\s*```/u.test(line)) return '';
  return line
    .replace(/^\s*(?:#{1,6}|>|\|)\s+/u, '')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/gu, '$2')
    .replace(/`([^`]+)`/gu, '$1');
}
