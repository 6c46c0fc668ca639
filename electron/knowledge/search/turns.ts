/** One thing the customer said and what it counts, 1 for the newest. */
export interface Turn {
  readonly text: string;
  readonly weight: number;
}

/** What a turn counts of the one after it: chosen on the public sets, see docs/retrieval.md. */
const DECAY = 0.8;
const MAX_TURNS = 6;
/** The rest of a longer text is pasted material; it is not read. */
const MAX_CHARACTERS = 20_000;

/**
 * What the customer said, newest first. Of a long conversation the opening, which says what it is about, and the newest
 * turns are kept; a turn that was said before counts once, where it was said last.
 */
export function turnsOf({
  query,
  turns = [],
}: {
  readonly query: string;
  readonly turns?: readonly string[];
}): Turn[] {
  const said = [
    ...new Set([query, ...turns.toReversed()].map((text) => text.slice(0, MAX_CHARACTERS).trim())),
  ];
  const kept = said.length > MAX_TURNS ? [...said.slice(0, MAX_TURNS - 1), ...said.slice(-1)] : said;
  return kept.filter((text) => text !== '').map((text, age) => ({ text, weight: DECAY ** age }));
}
