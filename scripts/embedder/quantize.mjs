/**
 * Symmetric 8-bit quantization: `value ~ byte * scale`, one scale for each row or column of a matrix, chosen so that
 * its largest magnitude becomes 127.
 *
 * @param {import('./tfjs-weights.mjs').Weight['values']} values row-major
 * @param {{ rows: number, columns: number, per: 'row' | 'column' }} layout
 * @returns {{ bytes: Int8Array, scales: Float32Array }}
 */
export function quantizeMatrix(values, { rows, columns, per }) {
  const scales = new Float32Array(per === 'row' ? rows : columns);
  /** @param {number} index */
  const group = (index) => (per === 'row' ? Math.floor(index / columns) : index % columns);
  for (let index = 0; index < values.length; index++) {
    const magnitude = Math.abs(values[index] ?? 0) / 127;
    if (magnitude > (scales[group(index)] ?? 0)) scales[group(index)] = magnitude;
  }
  const bytes = Int8Array.from(values, (value, index) => {
    const scale = scales[group(index)] ?? 0;
    return scale === 0 ? 0 : Math.max(-127, Math.min(127, Math.round(value / scale)));
  });
  return { bytes, scales };
}
