import type { PageKey } from './send-key-guard.js';

/** Whether a key in the page is the one that is ours: F6, by which browsers too go from a page to what is around it. */
export const leavesPage = ({ type, key, control, meta, alt }: PageKey): boolean =>
  type === 'keyDown' && key === 'F6' && !control && !meta && !alt;
