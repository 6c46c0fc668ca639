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
