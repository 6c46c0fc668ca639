import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Weight
 * @property {readonly number[]} shape
 * @property {Float32Array} values row-major
 */

/**
 * Reads the float weights of a TensorFlow.js graph model (`model.json` and its shards).
 *
 * Format: the shards are one byte stream; the manifest lists name, shape and type of each tensor in that order.
 * @see https://www.tensorflow.org/js/guide/save_load
 *
 * @param {string} folder
 * @returns {Promise<(ending: string) => Weight>} finds the one float weight whose name ends with `ending`; throws when
 *   none or several do
 */
export async function readTfjsWeights(folder) {
  const { weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  /** @type {Map<string, Weight>} */
  const byName = new Map();
  for (const { paths, weights } of weightsManifest) {
    const shards = await Promise.all(paths.map((/** @type {string} */ path) => readFile(join(folder, path))));
    // A copy, because a typed array must start at a multiple of its element size.
    const bytes = Uint8Array.from(Buffer.concat(shards));
    let offset = 0;
    for (const { name, shape, dtype, quantization } of weights) {
      if (quantization || !['float32', 'int32'].includes(dtype)) {
        throw new Error(`${name}: weights of type ${quantization?.dtype ?? dtype} are not supported`);
      }
      const length = shape.reduce((/** @type {number} */ product, /** @type {number} */ n) => product * n, 1);
      if (dtype === 'float32')
        byName.set(name, { shape, values: new Float32Array(bytes.buffer, offset, length) });
      offset += 4 * length;
    }
    if (offset !== bytes.length)
      throw new Error(`${folder}: the shards do not have the size the manifest says`);
  }
  return (ending) => {
    const [weight, ...others] = [...byName]
      .filter(([name]) => name.endsWith(ending))
      .map(([, found]) => found);
    if (!weight || others.length > 0)
      throw new Error(`${weight ? 'several weights end' : 'no weight ends'} with ${ending}`);
    return weight;
  };
}
