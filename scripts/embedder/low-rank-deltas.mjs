import { readFile } from 'node:fs/promises';

/**
 * @typedef {import('./tfjs-weights.mjs').Weight} Weight
 * @typedef {(ending: string) => Weight} WeightReader
 */

/** Half of `ending.left` and `ending.right` of the file. */
const sides = Object.freeze(['left', 'right']);

/**
 * Reads a safetensors file of pairs `<ending>.left` [rows, rank] and `<ending>.right` [rank, columns], whose product is
 * what training added to the matrix whose name ends with `ending`. Numbers are bfloat16.
 *
 * Format: 8 bytes with the length of the header, the header as JSON (type, shape and place of each tensor), the bytes.
 * @see https://github.com/huggingface/safetensors
 *
 * @param {string} file
 * @returns {Promise<Map<string, { left: Weight, right: Weight }>>} by ending
 */
export async function readLowRankDeltas(file) {
  const content = await readFile(file);
  const headerEnd = 8 + Number(content.readBigUInt64LE(0));
  /** @type {Record<string, { dtype: string, shape: number[], data_offsets: [number, number] }>} */
  const tensors = JSON.parse(content.toString('utf8', 8, headerEnd));
  /** @param {string} name @returns {Weight} */
  const read = (name) => {
    const tensor = tensors[name];
    if (tensor?.dtype !== 'BF16') throw new Error(`${file}: ${name} is missing or not BF16`);
    const [start, end] = tensor.data_offsets;
    return { shape: tensor.shape, values: widen(content.subarray(headerEnd + start, headerEnd + end)) };
  };
  const names = Object.keys(tensors).filter((name) => name !== '__metadata__');
  const endings = new Set(names.map((name) => name.slice(0, name.lastIndexOf('.'))));
  return new Map(
    [...endings].map((ending) => {
      const [left, right] = sides.map((side) => read(`${ending}.${side}`));
      if (!left || !right) throw new Error(`${file}: ${ending} has one half only`);
      return [ending, { left, right }];
    }),
  );
}

/**
 * A reader of the same weights with the deltas added.
 *
 * @param {WeightReader} weight
 * @param {Map<string, { left: Weight, right: Weight }>} deltas
 * @returns {WeightReader} throws when a delta has another size than its matrix
 */
export function withLowRankDeltas(weight, deltas) {
  return (ending) => {
    const published = weight(ending);
    const delta = deltas.get(ending);
    if (!delta) return published;
    const { shape, values } = published;
    const [rows = 0, columns = 0] = shape.slice(-2);
    const rank = delta.right.shape[0] ?? 0;
    if (delta.left.values.length !== rows * rank || delta.right.values.length !== rank * columns) {
      throw new Error(`${ending}: the delta does not have the size of the matrix`);
    }
    const sum = Float32Array.from(values);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < rank; k++) {
        const factor = delta.left.values[row * rank + k] ?? 0;
        for (let column = 0; column < columns; column++) {
          const at = row * columns + column;
          sum[at] = (sum[at] ?? 0) + factor * (delta.right.values[k * columns + column] ?? 0);
        }
      }
    }
    return { shape, values: sum };
  };
}

/**
 * bfloat16 is the upper half of a 32-bit float.
 * @param {Buffer} bytes little-endian
 */
function widen(bytes) {
  const words = new Uint32Array(bytes.length / 2);
  for (let index = 0; index < words.length; index++) words[index] = bytes.readUInt16LE(2 * index) << 16;
  return new Float32Array(words.buffer);
}
