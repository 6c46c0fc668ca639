/** A piece of a text with its place in it. */
export interface TextPiece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Abbreviations after which the segmenter sees an end where there is none. */
const ABBREVIATION =
  /(?:\b(?:e\.g|i\.e|approx|incl|excl|max|min|no|nr|st|mr|mrs|ms|dr|vs|etc|z\.\s?b|d\.\s?h|bzw|ca|inkl|zzgl|ggf|evtl|p\.\s?ex|p\.\s?ej|sra?)\.)\s*$/i;
/** "Am 21. November": the ordinal of a day, and the month behind it. */
const ORDINAL = /\p{L}\s+\d{1,2}\.\s*$/u;
const MONTH =
  /^(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b/u;

/** "z. B.", "d. h.", "p. ej.": an abbreviation of two words. */
const FIRST_HALF = /(?<!\p{L})[zdpuo]\.\s*$/iu;
const SECOND_HALF = /^(?:B|h|ex|ej|a|Ä)\./u;

/** Splits a text into sentences (Unicode rules, UAX 29), trimmed, with offsets into `text`. */
export function sentencesOf(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let start = 0;
  let open = false;
  for (const { segment, index } of segmenter.segment(text)) {
    if (!open) start = index;
    const end = index + segment.length;
    const piece = text.slice(start, end);
    open =
      ABBREVIATION.test(piece) ||
      (ORDINAL.test(piece) && MONTH.test(text.slice(end))) ||
      (FIRST_HALF.test(piece) && SECOND_HALF.test(text.slice(end)));
    if (!open) push(pieces, text, start, end);
  }
  if (open) push(pieces, text, start, text.length);
  return pieces;
}

function push(pieces: TextPiece[], text: string, from: number, to: number): void {
  const raw = text.slice(from, to);
  const trimmed = raw.trim();
  if (trimmed === '') return;
  const start = from + raw.indexOf(trimmed);
  pieces.push({ text: trimmed, start, end: start + trimmed.length });
}

/** A sentence that leans on the one before it and cannot stand alone in a reply. */
const LEANS_BACK =
  /^(?:this|that|these|those|it|its|they|them|their|he|she|such|then|afterwards?|however|therefore|otherwise|also|instead|in (?:this|that|these|those) cases?|for this|because of this|if so|if not|the same|both|neither|(?:the )?(?:first|second|former|latter)(?: one)?)\b/i;

/** "A card refund then takes ...": goes on with what was just said. */
const GOES_ON = /^(?:\S+ ){1,5}then\b/i;

export function leansBack(sentence: string): boolean {
  return LEANS_BACK.test(sentence) || GOES_ON.test(sentence);
}
