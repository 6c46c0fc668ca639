import type { PageKey } from './send-key-guard.js';

/**
 * Whether a key in the page is the one that leaves it: F6, by which browsers too go from a page to what is around it. While words are composed it
 * belongs to the input method.
 */
export const leavesPage = ({ type, key, control, meta, alt, isComposing }: PageKey): boolean =>
  type === 'keyDown' && key === 'F6' && !control && !meta && !alt && !isComposing;
