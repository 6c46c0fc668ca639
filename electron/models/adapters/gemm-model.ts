/** Which matrix product: `a b` with either factor turned, or, when `isSubtracted`, `c - a b`. */
export interface GemmForm {
  readonly turnsA: boolean;
  readonly turnsB: boolean;
  readonly isSubtracted: boolean;
}

const IR_VERSION = 8;
const OPSET = 13;
const FLOAT_TENSOR = 1;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;

/**
 * An ONNX file with one `Gemm` operator: inputs `a`, `b` and, when subtracted, `c`; output `y`; all sizes open.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto for the field numbers
 */
export function gemmModel({ turnsA, turnsB, isSubtracted }: GemmForm): Uint8Array {
  const inputs = isSubtracted ? ['a', 'b', 'c'] : ['a', 'b'];
  const node = [
    ...inputs.map((name) => bytes(1, text(name))),
    bytes(2, text('y')),
    bytes(4, text('Gemm')),
    bytes(5, integerAttribute('transA', Number(turnsA))),
    bytes(5, integerAttribute('transB', Number(turnsB))),
    bytes(5, floatAttribute('alpha', isSubtracted ? -1 : 1)),
  ];
  const graph = [
    bytes(1, node.flat()),
    bytes(2, text('gemm')),
    ...inputs.map((name) => bytes(11, matrixInfo(name))),
    bytes(12, matrixInfo('y')),
  ];
  return Uint8Array.from([
    ...integer(1, IR_VERSION),
    ...bytes(7, graph.flat()),
    ...bytes(8, integer(2, OPSET)),
  ]);
}

function integerAttribute(name: string, value: number): number[] {
  return [...bytes(1, text(name)), ...integer(3, value), ...integer(20, ATTRIBUTE_INT)];
}

function floatAttribute(name: string, value: number): number[] {
  const littleEndian = Buffer.alloc(4);
  littleEndian.writeFloatLE(value);
  return [...bytes(1, text(name)), (2 << 3) | 5, ...littleEndian, ...integer(20, ATTRIBUTE_FLOAT)];
}

/** A matrix of floats whose sizes are known at run time only. */
function matrixInfo(name: string): number[] {
  const size = (label: string): number[] => bytes(1, bytes(2, text(name + label)));
  const tensor = [...integer(1, FLOAT_TENSOR), ...bytes(2, [...size('_rows'), ...size('_columns')])];
  return [...bytes(1, text(name)), ...bytes(2, bytes(1, tensor))];
}

/** A protobuf field of a variable-length integer; the values here are small. */
function integer(field: number, value: number): number[] {
  return [...varint(field << 3), ...varint(value)];
}

/** A protobuf field of bytes: a string or a message inside the message. */
function bytes(field: number, content: readonly number[]): number[] {
  return [...varint((field << 3) | 2), ...varint(content.length), ...content];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

function text(value: string): number[] {
  return [...Buffer.from(value)];
}
