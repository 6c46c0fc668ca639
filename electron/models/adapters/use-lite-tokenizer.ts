/** One piece of the vocabulary and its log probability; its place in the file is its id. */
export type VocabularyPiece = readonly [piece: string, score: number];

/** Splits text into the pieces the Universal Sentence Encoder lite was trained on. */
export interface UseLiteTokenizer {
  /** Piece ids, in order; 0 stands for a run of characters the vocabulary does not know. */
  encode(text: string): number[];
}

interface TrieNode {
  readonly children: Map<string, TrieNode>;
  id: number;
  score: number;
}

/** Ids below are control pieces (`<s>`, `</s>` ...) that text can never stand for. */
const RESERVED_PIECES = 6;
const UNKNOWN = 0;
const WORD_START = '\u2581';

const newNode = (): TrieNode => ({ children: new Map(), id: -1, score: 0 });

function buildTrie(vocabulary: readonly VocabularyPiece[]): TrieNode {
  const root = newNode();
  vocabulary.forEach(([piece, score], id) => {
    if (id < RESERVED_PIECES) return;
    let node = root;
    for (const character of piece) {
      let child = node.children.get(character);
      if (!child) node.children.set(character, (child = newNode()));
      node = child;
    }
    node.id = id;
    node.score = score;
  });
  return root;
}

/**
 * SentencePiece unigram segmentation: the best-scoring path through all pieces of the text (Viterbi), each run of
 * unknown characters one id. Linear in the text, since a piece has at most 16 characters.
 *
 * A score of 0 means "not reached yet", as in the tokenizer the weights were published with; unknown characters
 * also score 0, so this is part of its behaviour and must stay, or vectors differ from the published ones.
 */
export function createUseLiteTokenizer(vocabulary: readonly VocabularyPiece[]): UseLiteTokenizer {
  const root = buildTrie(vocabulary);
  return {
    encode(text) {
      const normal = text.normalize('NFKC');
      if (normal.length === 0) return [];
      return segment(root, Array.from(WORD_START + normal.replaceAll(' ', WORD_START)));
    },
  };
}

function segment(root: TrieNode, characters: readonly string[]): number[] {
  const length = characters.length;
  const best = new Float64Array(length + 1);
  const cameFrom = new Int32Array(length + 1);
  const pieceId = new Int32Array(length + 1);

  const offer = (end: number, start: number, id: number, score: number): void => {
    const total = score + (best[start] ?? 0);
    if (best[end] !== 0 && total < (best[end] ?? 0)) return;
    best[end] = total;
    cameFrom[end] = start;
    pieceId[end] = id;
  };

  for (let start = 0; start < length; start++) {
    let matched = false;
    let node: TrieNode | undefined = root;
    for (let end = start; node && end < length;) {
      node = node.children.get(characters[end] ?? '');
      end++;
      if (node && node.id >= 0) {
        matched = true;
        offer(end, start, node.id, node.score);
      }
    }
    if (!matched) offer(start + 1, start, UNKNOWN, 0);
  }

  const ids: number[] = [];
  for (let end = length; end > 0; end = cameFrom[end] ?? 0) {
    const id = pieceId[end] ?? UNKNOWN;
    if (id !== UNKNOWN || ids.at(-1) !== UNKNOWN) ids.push(id);
  }
  return ids.reverse();
}
