import { attributeType, dataType, encodeOnnxModel } from './onnx-schema.mjs';

/** @typedef {string & { readonly __tensor?: never }} Tensor name of a value in the graph */
/** @typedef {Record<string, number | readonly number[] | { float: number }>} Attributes */

/** ONNX operator set and file version that know LayerNormalization (17) and are read by onnxruntime since 1.12. */
const opset = 17;
const irVersion = 8;

/**
 * Collects operators and constants and writes them as an ONNX file. The same calls always give the same bytes.
 *
 * @param {string} name
 */
export function createOnnxGraph(name) {
  /** @type {object[]} */ const node = [];
  /** @type {object[]} */ const initializer = [];
  /** @type {object[]} */ const input = [];
  /** @type {object[]} */ const output = [];
  let count = 0;

  /**
   * @param {'float' | 'int8' | 'int64'} type
   * @param {readonly number[]} dims
   * @param {ArrayBufferView} values
   * @returns {Tensor}
   */
  const constant = (type, dims, values) => {
    const label = `c${count++}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    initializer.push({ name: label, dims, dataType: dataType[type], rawData });
    return label;
  };

  /**
   * @param {string} opType
   * @param {readonly Tensor[]} inputs
   * @param {Attributes} attributes
   * @param {readonly Tensor[]} outputs
   */
  const addNode = (opType, inputs, attributes, outputs) => {
    const attribute = Object.entries(attributes).map(([key, value]) => {
      if (typeof value === 'number') return { name: key, i: value, type: attributeType.int };
      if ('float' in value) return { name: key, f: value.float, type: attributeType.float };
      return { name: key, ints: value, type: attributeType.ints };
    });
    node.push({ name: `${opType}_${node.length}`, opType, input: inputs, output: outputs, attribute });
  };

  /**
   * @param {Tensor} label
   * @param {'float' | 'int64'} type
   * @param {readonly (number | string)[]} dims a string names a size known only at run time
   */
  const valueInfo = (label, type, dims) => ({
    name: label,
    type: {
      tensorType: {
        elemType: dataType[type],
        shape: { dim: dims.map((dim) => (typeof dim === 'string' ? { dimParam: dim } : { dimValue: dim })) },
      },
    },
  });

  return {
    /** @param {readonly number[]} dims @param {Float32Array} values */
    floats: (dims, values) => constant('float', dims, values),
    /** @param {number} value */
    scalar: (value) => constant('float', [1], Float32Array.of(value)),
    /** @param {readonly number[]} dims @param {Int8Array} values */
    bytes: (dims, values) => constant('int8', dims, values),
    /** @param {...number} values */
    integers: (...values) => constant('int64', [values.length], BigInt64Array.from(values.map(BigInt))),

    /**
     * @param {Tensor} label
     * @param {'float' | 'int64'} type
     * @param {readonly (number | string)[]} dims
     * @returns {Tensor}
     */
    input(label, type, dims) {
      input.push(valueInfo(label, type, dims));
      return label;
    },

    /**
     * Adds an operator with one result.
     * @param {string} opType
     * @param {readonly Tensor[]} inputs
     * @param {Attributes} [attributes]
     * @returns {Tensor}
     */
    apply(opType, inputs, attributes = {}) {
      const result = `t${count++}`;
      addNode(opType, inputs, attributes, [result]);
      return result;
    },

    /**
     * Cuts a tensor into equal parts along one axis.
     * @param {Tensor} tensor
     * @param {{ axis: number, size: number, parts: number }} how
     * @returns {Tensor[]}
     */
    split(tensor, { axis, size, parts }) {
      const results = Array.from({ length: parts }, () => `t${count++}`);
      const sizes = constant('int64', [parts], new BigInt64Array(parts).fill(BigInt(size)));
      addNode('Split', [tensor, sizes], { axis }, results);
      return results;
    },

    /**
     * @param {Tensor} tensor
     * @param {Tensor} label
     * @param {readonly (number | string)[]} dims
     */
    output(tensor, label, dims) {
      addNode('Identity', [tensor], {}, [label]);
      output.push(valueInfo(label, 'float', dims));
    },

    encode: () =>
      encodeOnnxModel({
        irVersion,
        producerName: 'cuecard',
        opsetImport: [{ domain: '', version: opset }],
        graph: { name, node, initializer, input, output },
      }),
  };
}

/** @typedef {ReturnType<typeof createOnnxGraph>} OnnxGraph */
