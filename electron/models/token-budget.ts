/** Counts and fits what a model reads, without asking any service. Numbers are tokens. */
export interface TokenCounter {
  /** True once the tokenizer is loaded; before that, and for text it would take too long over, counts are estimated on the cautious side. */
  isExact(): boolean;
  count(text: string): number;
}

/** One part of what a model reads, in the order it will be read. */
export interface ContextPart {
  readonly id: string;
  readonly text: string;
  /** Parts with a higher number go first when there is no room; equal ones from the back. Null never goes. */
  readonly dropOrder: number | null;
  /** Where the text may be cut instead of dropped whole: at its end (passages) or its beginning (old turns). */
  readonly cut?: 'end' | 'start';
}

export interface FittedContext {
  readonly parts: readonly ContextPart[];
  readonly tokens: number;
  /** Ids of parts that were left out or shortened, so that whoever builds the turn can say so. */
  readonly dropped: readonly string[];
  readonly shortened: readonly string[];
  /** False when even what may not be dropped is longer than the budget. */
  readonly fits: boolean;
}

/** A part cut below this many tokens says too little to be worth its place. */
const LEAST_TOKENS = 24;
/** What the roles and borders of one turn cost in the chat formats of OpenAI; a little more elsewhere. */
const TURN_OVERHEAD = 4;

/** Tokens of whole turns, borders included. */
export const countTurns = (counter: TokenCounter, texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + counter.count(text) + TURN_OVERHEAD, 0);

/**
 * Leaves out, in the order the parts name, as little as fits the budget: a part that may be cut is shortened when that
 * is enough. Order and ids of what stays are kept.
 */
export function fitContext(
  counter: TokenCounter,
  parts: readonly ContextPart[],
  budget: number,
): FittedContext {
  const size = new Map(parts.map((part, at) => [at, counter.count(part.text)]));
  const kept = new Map(parts.map((part, at) => [at, part]));
  const shortened: string[] = [];
  const total = (): number => [...kept.keys()].reduce((sum, at) => sum + (size.get(at) ?? 0), 0);
  const droppable = parts
    .map((part, at) => ({ part, at }))
    .filter(({ part }) => part.dropOrder !== null)
    .sort((a, b) => (b.part.dropOrder ?? 0) - (a.part.dropOrder ?? 0) || b.at - a.at);
  for (const { part, at } of droppable) {
    const excess = total() - budget;
    if (excess <= 0) break;
    const room = (size.get(at) ?? 0) - excess;
    const text = part.cut && room >= LEAST_TOKENS ? cutTo(counter, part.text, room, part.cut) : '';
    if (text === '') {
      kept.delete(at);
      continue;
    }
    kept.set(at, { ...part, text });
    size.set(at, counter.count(text));
    shortened.push(part.id);
  }
  const tokens = total();
  return {
    parts: parts.flatMap((_, at) => kept.get(at) ?? []),
    tokens,
    dropped: parts.filter((_, at) => !kept.has(at)).map(({ id }) => id),
    shortened,
    fits: tokens <= budget,
  };
}

/** The longest beginning or end, at a word border, of at most `budget` tokens. */
function cutTo(counter: TokenCounter, text: string, budget: number, side: 'end' | 'start'): string {
  const words = text.split(/(?<=\s)/);
  const take = (count: number): string =>
    side === 'end' ? words.slice(0, count).join('').trimEnd() : words.slice(words.length - count).join('');
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (counter.count(take(middle)) <= budget) low = middle;
    else high = middle - 1;
  }
  return take(low);
}
