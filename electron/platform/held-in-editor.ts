/** Shorter parts, such as a greeting, stand in many texts and say nothing. */
const MIN_CHARACTERS = 12;
/** Blanks come out of an editor as other blanks, line ends as none. */
const bare = (text: string): string => text.replace(/[\s\u{a0}\u{200b}\u{feff}]+/gu, '');

/**
 * Whether an editor holds a text, or half of its sentences and more: the rep may have changed some of it since it was put there. `editor` is its
 * text as the page has it.
 */
export function isHeldIn(editor: string, text: string): boolean {
  const held = bare(editor);
  const whole = bare(text);
  if (whole === '') return false;
  if (held.includes(whole)) return true;
  const parts = text
    .split(/(?<=[.!?])\s|\n/u)
    .map(bare)
    .filter(({ length }) => length >= MIN_CHARACTERS);
  const found = parts.filter((part) => held.includes(part));
  return parts.length > 1 && found.length * 2 >= parts.length;
}
