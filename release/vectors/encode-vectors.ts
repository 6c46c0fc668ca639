import type { VectorEncoding } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { halvesToFloats, toHalf } from './half-float.js';

/** Bytes one vector takes. int8 has a float32 scale before its numbers: the largest of them stands for 127. */
export function bytesPerVector(encoding: VectorEncoding, dimensions: number): number {
  switch (encoding) {
    case 'float32':
      return dimensions * 4;
    case 'float16':
      return dimensions * 2;
    case 'int8':
      return 4 + dimensions;
  }
}

const INT8_MAX = 127;

/** Writes vectors one after the other, little-endian. */
export function encodeVectors(vectors: readonly Float32Array[], encoding: VectorEncoding): Buffer {
  const dimensions = vectors[0]?.length ?? 0;
  const stride = bytesPerVector(encoding, dimensions);
  const out = Buffer.alloc(vectors.length * stride);
  vectors.forEach((vector, row) => {
    if (vector.length !== dimensions) throw new RangeError('Vectors of one release have one length.');
    const at = row * stride;
    if (encoding === 'float32') vector.forEach((value, i) => out.writeFloatLE(value, at + i * 4));
    if (encoding === 'float16') vector.forEach((value, i) => out.writeUInt16LE(toHalf(value), at + i * 2));
    if (encoding === 'int8') writeInt8(vector, out, at);
  });
  return out;
}

function writeInt8(vector: Float32Array, out: Buffer, at: number): void {
  const scale = Math.fround(vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / INT8_MAX);
  out.writeFloatLE(scale, at);
  if (scale === 0) return;
  vector.forEach((value, i) => {
    out.writeInt8(Math.max(-INT8_MAX, Math.min(INT8_MAX, Math.round(value / scale))), at + 4 + i);
  });
}

/**
 * Reads what {@link encodeVectors} wrote. Rounding takes a little off a unit vector's length, and the index compares by inner product,
 * so each is brought back to length 1; a vector of zeros (a text without words) stays one.
 * @throws AppErrorException RELEASE_DAMAGED when the bytes do not hold a whole number of vectors.
 */
export function decodeVectors(content: Buffer, encoding: VectorEncoding, dimensions: number): Float32Array[] {
  const stride = bytesPerVector(encoding, dimensions);
  if (content.length % stride !== 0)
    throw new AppErrorException('RELEASE_DAMAGED', 'vectors of another length');
  return Array.from({ length: content.length / stride }, (_, row) => {
    // Copied, since typed arrays want their numbers aligned.
    const bytes = Uint8Array.prototype.slice.call(content, row * stride, (row + 1) * stride);
    switch (encoding) {
      case 'float32':
        return new Float32Array(bytes.buffer, 0, dimensions);
      case 'float16':
        return unit(halvesToFloats(new Uint16Array(bytes.buffer, 0, dimensions)));
      case 'int8':
        return unit(Float32Array.from(new Int8Array(bytes.buffer, 4, dimensions)));
    }
  });
}

/** The scale of int8 falls out here: only the direction counts. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 || !Number.isFinite(length) ? vector : vector.map((value) => value / length);
}
