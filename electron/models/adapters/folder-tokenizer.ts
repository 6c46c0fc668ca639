import { Tokenizer } from '@huggingface/tokenizers';

/** Splits text into the tokens a model was trained on, whatever kind of tokenizer its folder holds. */
export interface FolderTokenizer {
  /** Token ids with those the model wants around them; cut inside, so that the closing ones stay. */
  readonly encode: (text: string, maxTokens: number) => number[];
  /** Tokens of the text alone, uncut. */
  readonly count: (text: string) => number;
  /** Fills a shorter text's row of a batch. */
  readonly padId: number;
}

/** What is used of the package, whose own types do not resolve under Node's module rules. */
interface LibraryTokenizer {
  encode(
    text: string,
    options?: { readonly add_special_tokens: boolean },
  ): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}
const LibraryTokenizer = Tokenizer as unknown as new (tokenizer: object, config: object) => LibraryTokenizer;

/** No token of any family is longer, so that what lies behind cannot change the first tokens. */
const MOST_CHARACTERS_A_TOKEN = 40;

/** @throws whatever the library throws for a kind of tokenizer it does not know. */
export function createFolderTokenizer(tokenizer: object, config: object): FolderTokenizer {
  const library = new LibraryTokenizer(tokenizer, config);
  const bare = (text: string): readonly number[] => library.encode(text, { add_special_tokens: false }).ids;
  const [before, after] = surroundings(library.encode('a').ids, bare('a'));
  const { pad_token: pad } = config as { pad_token?: unknown };
  return {
    padId: (typeof pad === 'string' ? library.token_to_id(pad) : undefined) ?? 0,
    count: (text) => (text === '' ? 0 : bare(text).length),
    encode(text, maxTokens) {
      const room = maxTokens - before.length - after.length;
      const ids = bare(text.slice(0, maxTokens * MOST_CHARACTERS_A_TOKEN));
      return ids.length === 0 ? [] : [...before, ...ids.slice(0, room), ...after];
    },
  };
}

/** What a model's template puts before and after a text. */
function surroundings(whole: readonly number[], bare: readonly number[]): [number[], number[]] {
  for (let start = 0; start + bare.length <= whole.length; start++) {
    if (bare.every((id, i) => whole[start + i] === id))
      return [whole.slice(0, start), whole.slice(start + bare.length)];
  }
  return [[], []];
}
