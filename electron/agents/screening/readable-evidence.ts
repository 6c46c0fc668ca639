import type { Evidence } from '../../../shared/domain/evidence.js';
import { blank } from '../text/text-spans.js';

/** A passage without what in it speaks to an assistant (same length): what models read and replies may stand on. */
export function readableEvidence(evidence: Evidence): Evidence {
  const { text, instructions = [] } = evidence;
  return instructions.length === 0 ? evidence : { ...evidence, text: blank(text, instructions) };
}
