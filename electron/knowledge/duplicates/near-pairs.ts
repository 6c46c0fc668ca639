import { SIGNATURE_LENGTH } from './min-hash.js';

/** A pair of Jaccard 0.8 shares a band of four with a chance of 0.41, so that one of 16 bands finds it in 9,998 of 10,000 cases. */
const BAND_ROWS = 4;
/** In a crowd that shares a band, each is compared with the few before it: boilerplate must not cost the square of its use. */
const COMPARED_BEFORE = 20;

/** Equal numbers of two signatures of Jaccard 0.8, less three standard deviations: fewer are not worth comparing the words. */
const MIN_EQUAL = Math.floor(SIGNATURE_LENGTH * 0.65);

/** More rows than a workspace takes passages. */
const ROWS = 2 ** 21;

/**
 * Pairs of rows that are probably near (locality-sensitive hashing), each once, the earlier row first: their signatures
 * agree in at least one band and in two thirds of all numbers. One band is held at a time: eight bytes a row.
 */
export function* nearPairs(signatures: Uint32Array, size: number): Generator<readonly [number, number]> {
  // Key and row in one number of 53 bits: sorting numbers takes a tenth of the time of sorting rows by their keys.
  const keyed = new Float64Array(size);
  const keyAt = (at: number): number => Math.floor((keyed[at] ?? 0) / ROWS);
  const rowAt = (at: number): number => (keyed[at] ?? 0) % ROWS;
  for (let band = 0; band < SIGNATURE_LENGTH; band += BAND_ROWS) {
    for (let row = 0; row < size; row++) {
      let key = 2_166_136_261;
      for (let i = 0; i < BAND_ROWS; i++) {
        key = Math.imul(key ^ (signatures[row * SIGNATURE_LENGTH + band + i] ?? 0), 16_777_619);
        key ^= key >>> 13;
      }
      keyed[row] = (key >>> 0) * ROWS + row;
    }
    keyed.sort();
    for (let at = 1, start = 0; at < size; at++) {
      if (keyAt(at) !== keyAt(at - 1)) {
        start = at;
        continue;
      }
      for (let before = Math.max(start, at - COMPARED_BEFORE); before < at; before++) {
        const [first, second] = [rowAt(before), rowAt(at)];
        if (isFirstCommonBand(signatures, first, second, band)) yield [first, second];
      }
    }
  }
}

/** Whether two rows are near enough, and agree in no band before this one, where they came already. */
function isFirstCommonBand(signatures: Uint32Array, first: number, second: number, band: number): boolean {
  const [a, b] = [first * SIGNATURE_LENGTH, second * SIGNATURE_LENGTH];
  let equal = 0;
  let inBand = 0;
  for (let i = 0; i < SIGNATURE_LENGTH; i++) {
    if (i % BAND_ROWS === 0) inBand = 0;
    if (signatures[a + i] !== signatures[b + i]) continue;
    equal++;
    inBand++;
    if (inBand === BAND_ROWS && i < band) return false;
  }
  return equal >= MIN_EQUAL;
}
