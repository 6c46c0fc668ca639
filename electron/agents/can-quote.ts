import type { Intent } from '../../shared/domain/intent.js';
import type { SearchVerdict } from './state.js';

/** Confidence of a search that is enough when the intent is certain too. */
const WITH_CERTAIN_INTENT = 0.3;

/**
 * May the reply quote what was found? The search stands behind it, or it half does and the customer's intent, recognised independently of
 * it, is certain: two witnesses for one topic. Calibrated confidences, see `SearchResult` and `Intent`.
 */
export function canQuote(search: SearchVerdict | null, { label, confidence }: Intent): boolean {
  if (!search) return false;
  const isCertain = label !== null && confidence === 'high';
  return search.isAnswerable || (isCertain && search.confidence >= WITH_CERTAIN_INTENT);
}
