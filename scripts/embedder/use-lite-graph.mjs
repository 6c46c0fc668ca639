import { createOnnxGraph } from './onnx-graph.mjs';
import { quantizeMatrix } from './quantize.mjs';

/**
 * @typedef {import('./onnx-graph.mjs').Tensor} Tensor
 * @typedef {import('./tfjs-weights.mjs').Weight} Weight
 * @typedef {'fp32' | 'w8'} Precision `w8` keeps matrices as 8-bit integers (a quarter of the size) and computes in floats
 */

/** Sizes of the Universal Sentence Encoder lite. */
export const useLite = Object.freeze({
  dim: 512,
  maxTokens: 128,
  tokenDim: 256,
  feedForwardDim: 1536,
  heads: 4,
  layers: 2,
});

/** Large enough to take a padded position out of a softmax, small enough to stay finite. */
const minusInfinity = -1e9;

/**
 * Writes the Universal Sentence Encoder lite (a two-layer pre-norm transformer, mean over tokens, tanh layer, unit
 * length) as an ONNX graph.
 *
 * Inputs `ids` [B, T] int64, padded with anything, T <= 128, and `mask` [B, T] float, 1 for a token and 0 for padding.
 * Outputs `embedding` [B, 512] float, and `pooled` [B, 512] float: the mean over tokens that the last layer makes it from. The last layer was
 * trained for closeness; a classifier learns more from what stands before it.
 * @see https://arxiv.org/abs/1803.11175 (encoder) and https://arxiv.org/abs/1706.03762 (timing signal, attention)
 *
 * @param {(ending: string) => Weight} weight
 * @param {Precision} precision
 * @returns {Uint8Array} bytes of the .onnx file
 */
export function encodeUseLite(weight, precision) {
  const graph = createOnnxGraph('use_lite');
  const { apply, scalar, integers } = graph;
  const ids = graph.input('ids', 'int64', ['B', 'T']);
  const mask = graph.input('mask', 'float', ['B', 'T']);

  /** @param {Tensor} x @param {Weight} matrix @param {Weight} bias */
  const dense = (x, matrix, bias) => {
    const [rows = 0, columns = 0] = matrix.shape.slice(-2);
    return apply('Add', [
      apply('MatMul', [x, matrixConstant(graph, matrix.values, rows, columns, precision)]),
      graph.floats([columns], bias.values),
    ]);
  };

  /** @param {Tensor} x @param {string} scope */
  const normalize = (x, scope) => {
    const part = (/** @type {string} */ kind) => {
      const { values } = weight(
        `${scope}/layer_prepostprocess/layer_norm/layer_norm_${kind}/ConcatPartitions/concat`,
      );
      return graph.floats([values.length], values);
    };
    return apply('LayerNormalization', [x, part('scale'), part('bias')], {
      axis: -1,
      epsilon: { float: 1e-6 },
    });
  };

  /** @param {Tensor} x normalized @param {string} scope @param {number} width */
  const attend = (x, scope, width) => {
    const attention = `${scope}/MultiheadAttention`;
    const qkv = dense(
      x,
      weight(`${attention}/qkv_transform_single/kernel/part_0`),
      weight(`${attention}/qkv_transform_single/bias/ConcatPartitions/concat`),
    );
    const headWidth = width / useLite.heads;
    // In Reshape 0 keeps a size, so that batch and length stay open.
    const perHead = integers(0, 0, useLite.heads, headWidth);
    const [query = '', key = '', value = ''] = graph
      .split(qkv, { axis: 2, size: width, parts: 3 })
      .map((part, index) =>
        apply('Transpose', [apply('Reshape', [part, perHead])], {
          perm: index === 1 ? [0, 2, 3, 1] : [0, 2, 1, 3],
        }),
      );
    const scores = apply('Mul', [apply('MatMul', [query, key]), scalar(1 / Math.sqrt(headWidth))]);
    const weights = apply('Softmax', [apply('Add', [scores, paddingBias])], { axis: -1 });
    const mixed = apply('Transpose', [apply('MatMul', [weights, value])], { perm: [0, 2, 1, 3] });
    return dense(
      apply('Reshape', [mixed, integers(0, 0, width)]),
      weight(`${attention}/output_transform_single/kernel/part_0`),
      weight(`${attention}/output_transform_single/bias/ConcatPartitions/concat`),
    );
  };

  /** @param {Tensor} x @param {number} layer @param {string} scope */
  const feedForward = (x, layer, scope) => {
    // The graph stores these two kernels already flattened, under the name of the reshape that did it.
    const kernel = (/** @type {number} */ n) =>
      weight(`Layer_${layer}/TransformerLayer/FFN/conv${n}/Tensordot/Reshape_1`);
    const bias = (/** @type {number} */ n) => weight(`${scope}/FFN/conv${n}/bias/ConcatPartitions/concat`);
    const hidden = apply('Relu', [dense(normalize(x, `${scope}/FFN`), kernel(1), bias(1))]);
    return dense(hidden, kernel(2), bias(2));
  };

  const padding = apply('Mul', [apply('Sub', [scalar(1), mask]), scalar(minusInfinity)]);
  const paddingBias = apply('Unsqueeze', [padding, integers(1, 2)]);
  const tokens = embedTokens(graph, ids, weight('Embeddings_en'), precision);
  const frequencies = weight('Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1');
  // The shipped graph adds the token embedding to itself before the timing signal; its weights were trained so.
  let x = apply('Add', [apply('Mul', [tokens, scalar(2)]), timingSignal(graph, ids, frequencies.values)]);

  for (let layer = 0; layer < useLite.layers; layer++) {
    const scope = `Encode/Layer_${layer}/TransformerLayer`;
    const width = layer === 0 ? useLite.tokenDim : useLite.dim;
    const attended = attend(normalize(x, scope), scope, width);
    const carried =
      layer === 0
        ? dense(
            x,
            weight(`${scope}/dense/kernel/ConcatPartitions/concat`),
            weight(`${scope}/dense/bias/ConcatPartitions/concat`),
          )
        : x;
    x = apply('Add', [attended, carried]);
    x = apply('Add', [feedForward(x, layer, scope), x]);
  }

  const sum = apply('ReduceSum', [apply('Mul', [x, apply('Unsqueeze', [mask, integers(2)])]), integers(1)], {
    keepdims: 0,
  });
  const length = apply('Max', [apply('ReduceSum', [mask, integers(1)], { keepdims: 1 }), scalar(1)]);
  const pooled = apply('Div', [sum, length]);
  graph.output(pooled, 'pooled', ['B', useLite.dim]);
  const top = apply('Tanh', [dense(pooled, weight('tanh_layer_0/weights'), weight('tanh_layer_0/bias'))]);
  const norm = apply('Sqrt', [apply('ReduceSum', [apply('Mul', [top, top]), integers(1)], { keepdims: 1 })]);
  graph.output(apply('Div', [top, apply('Max', [norm, scalar(1e-6)])]), 'embedding', ['B', useLite.dim]);
  return graph.encode();
}

/**
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @param {Float32Array} values
 * @param {number} rows
 * @param {number} columns
 * @param {Precision} precision
 * @returns {Tensor}
 */
function matrixConstant(graph, values, rows, columns, precision) {
  if (precision === 'fp32') return graph.floats([rows, columns], values);
  const { bytes, scales } = quantizeMatrix(values, { rows, columns, per: 'column' });
  const whole = graph.apply('Cast', [graph.bytes([rows, columns], bytes)], { to: 1 });
  return graph.apply('Mul', [whole, graph.floats([columns], scales)]);
}

/**
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @param {Tensor} ids
 * @param {Weight} table
 * @param {Precision} precision
 * @returns {Tensor} [B, T, 256]
 */
function embedTokens(graph, ids, { shape, values }, precision) {
  const [rows = 0, columns = 0] = shape;
  if (precision === 'fp32') return graph.apply('Gather', [graph.floats(shape, values), ids]);
  // Rows are picked before they become floats, so that the table stays small in memory too.
  const { bytes, scales } = quantizeMatrix(values, { rows, columns, per: 'row' });
  const picked = graph.apply('Cast', [graph.apply('Gather', [graph.bytes(shape, bytes), ids])], { to: 1 });
  const scale = graph.apply('Gather', [graph.floats([rows], scales), ids]);
  return graph.apply('Mul', [picked, graph.apply('Unsqueeze', [scale, graph.integers(2)])]);
}

/**
 * The first T rows of the table of sines and cosines that tells the transformer where a token stands.
 *
 * @param {import('./onnx-graph.mjs').OnnxGraph} graph
 * @param {Tensor} ids
 * @param {Float32Array} frequencies half as many as a token has dimensions
 * @returns {Tensor} [T, 256]
 */
function timingSignal(graph, ids, frequencies) {
  const { maxTokens, tokenDim } = useLite;
  const table = new Float32Array(maxTokens * tokenDim);
  for (let position = 0; position < maxTokens; position++) {
    frequencies.forEach((frequency, index) => {
      const angle = Math.fround(position * frequency);
      table[position * tokenDim + index] = Math.sin(angle);
      table[position * tokenDim + frequencies.length + index] = Math.cos(angle);
    });
  }
  const { apply, integers } = graph;
  const length = apply('Slice', [apply('Shape', [ids]), integers(1), integers(2)]);
  return apply('Slice', [graph.floats([maxTokens, tokenDim], table), integers(0), length, integers(0)]);
}
