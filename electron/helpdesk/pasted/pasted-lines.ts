/** Who begins to speak in a line, and what of the line they say. */
export interface Opening {
  /** As it stands there; null where a line only says when. */
  readonly name: string;
  readonly email: string | null;
  /** ISO 8601; null where it says none that can be read without guessing. */
  readonly at: string | null;
  readonly said: string;
  /** `quote` stands above what was written before: the newest message is on top. */
  readonly kind: 'quote' | 'name' | 'chat' | 'label';
}

/** Nobody's name is longer. */
const MAX_NAME = 60;
/** No line that opens a message is longer, but for what is said in it. */
const MAX_HEAD = 300;
/** No date is longer. */
const MAX_WHEN = 100;

/** Begins only where a word does, and neither half holds an `@`: each character is looked at a fixed number of times, whatever was pasted. */
const EMAIL = /<?(?<![^\s<>"(),;:@])([^\s<>"(),;:@]+@[^\s<>"(),;:@]+\.[a-z]{2,})>?/iu;
const CLOCK = '\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?[ap]\\.?m\\.?)?';
const DAY = '\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}';
const WHEN = `(?:${DAY},?\\s+)?${CLOCK}`;
/** `[27/11/2026, 10:12] Anna: hello`, `10:12 - Anna: hello`, `(10:12) Anna: hello`. */
const CHAT = new RegExp(`^[[(]?(${WHEN})[\\])]?\\s*[-–—]?\\s*([^:]{1,${MAX_NAME}}):\\s*(.*)$`, 'iu');
/** `Anna (10:12): hello`, `Anna [10:12] hello`, `Anna 10:12 AM`. */
const CHAT_AFTER = new RegExp(
  `^([^:()[\\]\\d]{1,${MAX_NAME}}?)\\s+[[(]?(${WHEN})[\\])]?\\s*:?\\s*(.*)$`,
  'iu',
);
const LABEL = new RegExp(`^([\\p{L}][^:<>()[\\]{}/\\\\?!;,"]{0,${MAX_NAME}}):(?:\\s+(.*))?$`, 'u');
const WROTE = /^(.{1,200}?)\s+(?:wrote|writes|said|says)\s*:\s*$/iu;

/** The address in a text; null where there is none. */
export const emailIn = (text: string): string | null => EMAIL.exec(text)?.[1]?.toLowerCase() ?? null;

/** A name without its address, quotes and dashes. */
export const nameIn = (text: string): string =>
  text
    .replace(EMAIL, '')
    .replace(/["<>]|^[\s,:-]+|(?<![\s,:-])[\s,:-]+$/gu, '')
    .trim()
    .slice(0, MAX_NAME);

/** A date that reads the same for everybody: with the month in letters, or the year first. */
export function timeIn(text: string, now: Date): string | null {
  if (text.length > MAX_WHEN || !/[a-z]{3}.*\d{4}|\d{4}-\d{2}-\d{2}/iu.test(text)) return null;
  const time = Date.parse(text.replace(/\s+at\s+/u, ' ').replace(/(\d)(?:st|nd|rd|th)\b/gu, '$1'));
  const isPossible = time > Date.parse('1990-01-01') && time < now.getTime() + 86_400_000;
  return isPossible ? new Date(time).toISOString() : null;
}

/** `On Tue, 24 Nov 2026 at 10:12, Anna <anna@example.com> wrote:`, or a name alone before `wrote:`. */
function wrote(line: string, now: Date): Opening | null {
  const [, before] = WROTE.exec(line) ?? [];
  if (before === undefined) return null;
  const isQuote = /^on\s/iu.test(before);
  if (!isQuote && (before.length > MAX_NAME + 80 || /[.?!]\s/u.test(before))) return null;
  const email = emailIn(before);
  if (!isQuote) return { name: nameIn(before), email, at: null, said: '', kind: 'name' };
  // The name stands behind the time, or behind the year where there is no time.
  const [, when = '', who = ''] =
    /^on\s+(.*(?:\d[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s+(?:[A-Z]{2,4}|[+-]\d{4}))?|\d{4}))[,\s]+(.*)$/iu.exec(
      before,
    ) ?? [];
  return { name: nameIn(who), email, at: timeIn(when, now), said: '', kind: 'quote' };
}

function chat(line: string, now: Date): Opening | null {
  const [, when, name, said] = CHAT.exec(line) ?? [];
  if (when !== undefined && name !== undefined)
    return {
      name: nameIn(name),
      email: emailIn(name),
      at: timeIn(when, now),
      said: said ?? '',
      kind: 'chat',
    };
  const [, who, at, rest] = CHAT_AFTER.exec(line) ?? [];
  if (who === undefined || at === undefined || who.trim().split(/\s+/u).length > 4) return null;
  // A sentence with a time in it goes on behind it: "I called you at 10:12 and ...".
  if (rest !== '' && !/[\])]|:\s/u.test(line.slice(line.indexOf(at), line.indexOf(at) + at.length + 2)))
    return null;
  return { name: nameIn(who), email: null, at: timeIn(at, now), said: rest ?? '', kind: 'chat' };
}

/** Who begins to speak in this line; null when it is part of what is being said. */
export function openingOf(line: string, now: Date): Opening | null {
  const head = line.slice(0, MAX_HEAD).trim();
  const found = wrote(head, now) ?? chat(head, now);
  if (found)
    return { ...found, said: found.said === '' ? '' : line.trim().slice(-restOf(line, head, found.said)) };
  const [, name, said = ''] = LABEL.exec(head) ?? [];
  if (name === undefined || name.trim().split(/\s+/u).length > 4) return null;
  return {
    ...{ name: nameIn(name), email: null, at: null, kind: 'label' },
    said: said === '' ? '' : line.trim().slice(-restOf(line, head, said)),
  };
}

/** How many characters at the end of the whole line are what is said, which the head may have cut. */
const restOf = (line: string, head: string, said: string): number =>
  said.length + line.trim().length - head.length;

/** Lines of a mail's head by name, from `from` on; null where these lines are none. */
export function mailHeadAt(
  lines: readonly string[],
  from: number,
): { readonly head: Readonly<Record<string, string>>; readonly length: number } | null {
  const head: Record<string, string> = {};
  let at = from;
  for (; at < lines.length; at += 1) {
    const [, name, value] =
      /^\*?(From|Sent|Date|To|Cc|Reply-To|Subject):\*?\s*(.*)$/iu.exec(
        (lines[at] ?? '').trim().slice(0, 1_000),
      ) ?? [];
    // The same name once more begins the next head.
    if (name === undefined || value === undefined || head[name.toLowerCase()] !== undefined) break;
    head[name.toLowerCase()] = value.trim();
  }
  const isHead = head['from'] !== undefined && Object.keys(head).length >= 2;
  return isHead ? { head, length: at - from } : null;
}
