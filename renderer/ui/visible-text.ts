/**
 * Characters that hide or turn text around: direction overrides, tags (which spell ASCII invisibly), runs of zero-width characters and of
 * variation selectors. Single ones come with copied text and with emoji, direction marks and isolates with languages written from the right.
 */
const HIDING =
  /[\u202A\u202B\u202D\u202E]|[\u{E0000}-\u{E007F}]+|[\u200B\u2060-\u2064\uFEFF\u00AD]{3,}|[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{3,}/gu;
const FLAG = /\u{1F3F4}[\u{E0020}-\u{E007F}]+/gu;

/** The text as it may be shown: what would hide words, or show them in another order than they are in, stands there as a sign `‹U+202E›`. */
export function visibleText(text: string): string {
  const flags = [...text.matchAll(FLAG)].map(({ index, 0: flag }) => ({
    start: index,
    end: index + flag.length,
  }));
  return text.replace(HIDING, (hidden, at: number) => {
    if (flags.some(({ start, end }) => at > start && at < end && end - start <= 16)) return hidden;
    const [first = hidden] = hidden;
    const count = [...hidden].length;
    return count === 1 ? `‹U+${code(first)}›` : `‹${String(count)} hidden characters›`;
  });
}

function code(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
