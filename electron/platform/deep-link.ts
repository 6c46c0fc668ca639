/** Longer than any address of a conversation's page. */
const MAX_CHARACTERS = 4_000;

/**
 * The address that a `cuecard://conversation?url=` link asks for; null for anything else. Only addresses of web pages: what they stand for is
 * looked up in the connected helpdesks, nothing is fetched or opened by a link alone.
 */
export function conversationOfLink(link: string): string | null {
  if (link.length > MAX_CHARACTERS) return null;
  const parsed = URL.parse(link);
  if (parsed?.protocol !== 'cuecard:' || parsed.hostname !== 'conversation') return null;
  const address = URL.parse(parsed.searchParams.get('url') ?? '');
  return address && ['http:', 'https:'].includes(address.protocol) ? address.href : null;
}

/** The link among the arguments a second start was given, as Windows and Linux hand it over. */
export const linkAmong = (argv: readonly string[]): string | null =>
  argv.map(conversationOfLink).find((address) => address !== null) ?? null;

/** Far below what one start can hand to another. */
const MAX_ARGUMENTS = 8_000;

/**
 * The arguments without their links where those are too long; null when nothing has to go. A second start whose arguments do not fit into the message to
 * the first (32 KB in Chromium's process singleton) gets no answer, takes the first for dead and kills it, with whatever the rep was writing.
 */
export function withoutLongLinks(argv: readonly string[]): string[] | null {
  const isLong = argv.join().length > MAX_ARGUMENTS;
  const kept = argv.filter(
    (argument) => !argument.startsWith('cuecard:') || (!isLong && argument.length <= MAX_CHARACTERS),
  );
  return kept.length === argv.length ? null : kept;
}
