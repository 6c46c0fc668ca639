import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { createSeededRandom } from './adapters/seeded-random.js';

type Tensor = string;
/** The part of scripts/embedder/onnx-graph.mjs that is used here. */
interface Graph {
  floats(dims: readonly number[], values: Float32Array): Tensor;
  integers(...values: number[]): Tensor;
  input(label: string, type: 'float' | 'int64', dims: readonly (number | string)[]): Tensor;
  readonly apply: (opType: string, inputs: readonly Tensor[], attributes?: object) => Tensor;
  output(tensor: Tensor, label: string, dims: readonly (number | string)[]): void;
  encode(): Uint8Array;
}

const DIMENSIONS = 32;
/** Words of one line mean the same to this model and get the same numbers. */
const MEANINGS =
  'return send back,item product,parcel package,refund money,where,how,long,card,wash clean,wool,blanket,hand,like want,to,a an the,do does,is,my,i,by,of,?,.,question,late,about,query,passage,:';

/** Enough of BERT's vocabulary to split any Latin word into pieces. */
function vocabulary(): { pieces: string[]; meaningOf: Map<string, number> } {
  const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
  const meaningOf = new Map<string, number>();
  MEANINGS.split(',').forEach((words, meaning) => {
    for (const word of words.split(' ')) meaningOf.set(word, meaning);
  });
  const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
  const pieces = [...special, ...meaningOf.keys(), ...letters, ...letters.map((letter) => `##${letter}`)];
  return { pieces: [...new Set(pieces)], meaningOf };
}

/** A real tokenizer.json of the WordPiece kind that bge, e5, gte and MiniLM have. */
function tokenizerJson(pieces: readonly string[]): object {
  const special = (id: number, content: string) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]'].map((content, id) => special(id, content)),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
}

/** A one-layer model: token vectors, and half of their mean added to each, so that padding would show. */
async function modelBytes(
  pieces: readonly string[],
  meaningOf: ReadonlyMap<string, number>,
): Promise<Uint8Array> {
  const converter = new URL('../../scripts/embedder/onnx-graph.mjs', import.meta.url).href;
  const { createOnnxGraph } = (await import(converter)) as { createOnnxGraph: (name: string) => Graph };
  const table = new Float32Array(pieces.length * DIMENSIONS);
  pieces.forEach((piece, row) => {
    const random = createSeededRandom(meaningOf.get(piece) ?? 1000 + row);
    for (let i = 0; i < DIMENSIONS; i++) table[row * DIMENSIONS + i] = random() - 0.5;
  });
  const graph = createOnnxGraph('tiny_bert');
  const { apply } = graph;
  const ids = graph.input('input_ids', 'int64', ['B', 'T']);
  const mask = graph.input('attention_mask', 'int64', ['B', 'T']);
  graph.input('token_type_ids', 'int64', ['B', 'T']);
  const tokens = apply('Gather', [graph.floats([pieces.length, DIMENSIONS], table), ids]);
  const real = apply('Unsqueeze', [apply('Cast', [mask], { to: 1 }), graph.integers(2)]);
  const sum = apply('ReduceSum', [apply('Mul', [tokens, real]), graph.integers(1)], { keepdims: 1 });
  const count = apply('ReduceSum', [real, graph.integers(1)], { keepdims: 1 });
  const mixed = apply('Add', [
    tokens,
    apply('Mul', [apply('Div', [sum, count]), graph.floats([1], Float32Array.of(0.5))]),
  ]);
  graph.output(mixed, 'last_hidden_state', ['B', 'T', DIMENSIONS]);
  return graph.encode();
}

/** A folder as exporters leave it, named like a model of a family; `files` adds or replaces JSON files. */
export async function onnxFolderForTests(name: string, files: Record<string, unknown> = {}): Promise<string> {
  const dir = path.join(await mkdtemp(path.join(tmpdir(), 'cuecard-onnx-')), name);
  const { pieces, meaningOf } = vocabulary();
  const written: Record<string, unknown> = {
    'tokenizer.json': tokenizerJson(pieces),
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]', model_max_length: 64 },
    'config.json': { model_type: 'bert', max_position_embeddings: 512 },
    ...files,
  };
  await mkdir(dir, { recursive: true });
  await writeFile(path.join(dir, 'model.onnx'), await modelBytes(pieces, meaningOf));
  for (const [file, content] of Object.entries(written)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), JSON.stringify(content));
  }
  return dir;
}
