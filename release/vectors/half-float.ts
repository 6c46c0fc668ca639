/**
 * IEEE 754 half precision (binary16): sign, 5 bits of exponent, 10 of fraction. Numbers are rounded to the nearest, ties to even; those
 * beyond ±65,504 become infinite.
 */

/** Float32 bits to half-float bits and back, through one word shared by both views. */
const word = new Uint32Array(1);
const number = new Float32Array(word.buffer);

const FRACTION_BITS = 10;
const INFINITE = 0x7c00;
/** Exponent biases: 127 in float32, 15 in half. */
const BIAS_DIFFERENCE = 127 - 15;

export function toHalf(value: number): number {
  number[0] = value;
  const bits = word[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - BIAS_DIFFERENCE;
  const fraction = bits & 0x7fffff;
  if (((bits >>> 23) & 0xff) === 0xff) return sign | INFINITE | (fraction === 0 ? 0 : 0x200);
  if (exponent >= 31) return sign | INFINITE;
  if (exponent <= 0) {
    // Below the smallest normal half: the fraction with its hidden bit moves right.
    if (exponent < -FRACTION_BITS) return sign;
    return sign | roundShift(fraction | 0x800000, 14 - exponent);
  }
  // A fraction that rounds up to 1024 carries into the exponent, which is what the format wants.
  return sign | ((exponent << FRACTION_BITS) + roundShift(fraction, 13));
}

export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> FRACTION_BITS) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Every half there is, decoded once: 65,536 numbers are 256 KB and ten times as fast. */
let decoded: Float32Array | null = null;

export function halvesToFloats(halves: Uint16Array): Float32Array {
  decoded ??= Float32Array.from({ length: 0x10000 }, (_, half) => fromHalf(half));
  const floats = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) floats[i] = decoded[halves[i] ?? 0] ?? 0;
  return floats;
}

/** `value / 2^bits`, rounded to the nearest whole number, ties to even. */
function roundShift(value: number, bits: number): number {
  const whole = value >>> bits;
  const rest = value & ((1 << bits) - 1);
  const half = 1 << (bits - 1);
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole;
}
