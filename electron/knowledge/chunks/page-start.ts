/** Where a page of a PDF begins in the Markdown made of it. */
export interface PageStart {
  /** 1-based. */
  readonly page: number;
  readonly offset: number;
}

/** The page an offset lies on; null for an article without pages. `pages` ascend. */
export function pageAt(pages: readonly PageStart[], offset: number): number | null {
  return pages.findLast((start) => start.offset <= offset)?.page ?? null;
}
