import { setImmediate as nextTurn } from 'node:timers/promises';

import { Tiktoken, type TiktokenBPE } from 'js-tiktoken/lite';

import type { TokenCounter } from '../token-budget.js';

/** Entries taken into the tables at a time: some milliseconds, so that windows and sockets are served in between. */
const SLICE = 1500;
/** The package's time grows with the square of a piece without spaces: a pasted file would stop the process for seconds. */
const LONGEST_PIECE = 200;
/** Characters a token: what English has less the margin for numbers and names. */
const ASCII_PER_TOKEN = 3;

/**
 * Counts with OpenAI's `cl100k_base` table (js-tiktoken). Newer OpenAI models (`o200k_base`) and other families need
 * about as many tokens for English and fewer for other languages, so a budget kept by this count is kept by them too.
 * The table is loaded in slices after {@link SlicedTokenizer.load}; until then counts are estimated.
 */
export interface SlicedTokenizer extends TokenCounter {
  load(): Promise<void>;
}

export function createTokenizer(): SlicedTokenizer {
  let encoder: Tiktoken | null = null;
  let loading: Promise<void> | null = null;
  return {
    isExact: () => encoder !== null,
    count: (text) => (encoder === null ? estimateTokens(text) : countWith(encoder, text)),
    load: () =>
      (loading ??= loadSliced().then((loaded) => {
        encoder = loaded;
      })),
  };
}

/** One token for each three ASCII characters and for each other one; more than real tokenizers take for nearly all text. */
export function estimateTokens(text: string): number {
  // eslint-disable-next-line no-control-regex -- ASCII is what is counted
  const other = text.replace(/[\u0000-\u007f]/g, '').length;
  return Math.ceil((text.length - other) / ASCII_PER_TOKEN) + other;
}

function countWith(encoder: Tiktoken, text: string): number {
  const long = new RegExp(`\\S{${String(LONGEST_PIECE)},}`, 'gu');
  let estimated = 0;
  const rest = text.replace(long, (piece) => {
    estimated += estimateTokens(piece);
    return ' ';
  });
  // Nothing counts as a special token: a customer may write "<|endoftext|>".
  return encoder.encode(rest, [], []).length + estimated;
}

interface Tables {
  readonly rankMap: Map<string, number>;
}

/** The package fills its table in its constructor, in one go of half a second; here many small ones are joined. */
async function loadSliced(): Promise<Tiktoken> {
  const ranks: TiktokenBPE = (await import('js-tiktoken/ranks/cl100k_base')).default;
  await nextTurn();
  const whole = new Tiktoken({ ...ranks, bpe_ranks: '' });
  const { rankMap } = whole as unknown as Tables;
  for (const line of ranks.bpe_ranks.split('\n').filter(Boolean)) {
    const [mark = '!', offset = '0', ...tokens] = line.split(' ');
    await nextTurn();
    for (let start = 0; start < tokens.length; start += SLICE) {
      const slice = `${mark} ${String(Number(offset) + start)} ${tokens.slice(start, start + SLICE).join(' ')}`;
      const part = new Tiktoken({ ...ranks, bpe_ranks: slice }) as unknown as Tables;
      for (const [bytes, rank] of part.rankMap) rankMap.set(bytes, rank);
      await nextTurn();
    }
  }
  return whole;
}
