import { checkLinks, HEAD_BYTES, LABEL_BYTES, layoutOf } from './graph-layout.js';
import { labelsOf } from './graph-segment.js';

/** A graph under the labels of another place. */
export interface RelabelledGraph {
  /** As it was, but for the labels. */
  readonly stripped: Buffer;
  /** Labels that were found there, in the order of the elements. */
  readonly kept: readonly number[];
  /** For each element the label whose vector it takes. */
  readonly vectorLabels: readonly number[];
}

/** Elements that are gone are labelled from here downwards, far above any passage's number. */
const GONE_FROM = 2 ** 32 - 2;

/**
 * Gives the elements of a stripped graph other labels. One that is gone stays, since others are linked through it: it takes the vector of the
 * nearest element by links that is not, so that a search finds its way past it; whoever reads the graph marks it as deleted.
 * @param labelThere null for what is gone.
 * @throws AppErrorException RELEASE_DAMAGED when it is no graph of these dimensions or a link leads nowhere.
 */
export function relabelGraph(
  stripped: Buffer,
  dimensions: number,
  labelThere: (label: number) => number | null,
): RelabelledGraph {
  const { elements, stride, vectorAt, vectorBytes } = layoutOf(stripped, dimensions);
  const there = labelsOf(stripped, dimensions).map(labelThere);
  const kept = there.filter((label) => label !== null);
  const size = stride - vectorBytes;
  checkLinks(stripped, { elements, kept: size, vectorAt, levelsAt: HEAD_BYTES + elements * size });
  const out = Buffer.from(stripped);
  for (const [i, label] of there.entries())
    out.writeBigUInt64LE(BigInt(label ?? GONE_FROM - i), HEAD_BYTES + (i + 1) * size - LABEL_BYTES);
  const linked = (element: number): number[] => {
    const at = HEAD_BYTES + element * size;
    return Array.from({ length: stripped.readUInt16LE(at) }, (_, i) => stripped.readUInt32LE(at + 4 + i * 4));
  };
  const [anyKept = 0] = kept;
  return {
    ...{ stripped: out, kept },
    vectorLabels: there.map((label, i) => label ?? nearestKept(i, there, linked) ?? anyKept),
  };
}

/** By links of level 0, breadth first. Few are gone, so that it is near. */
function nearestKept(
  element: number,
  there: readonly (number | null)[],
  linked: (element: number) => readonly number[],
): number | null {
  const seen = new Set([element]);
  for (const next of seen) {
    const label = there[next] ?? null;
    if (label !== null) return label;
    for (const other of linked(next)) seen.add(other);
  }
  return null;
}
