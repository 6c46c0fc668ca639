import type { PageStart } from '../chunks/page-start.js';
import type { FoundFile } from './find-files.js';
import type { ArticleFields } from './article-fields.js';
import type { TextEncoding } from './text-encoding.js';

/** A file that was looked at and may be read. */
export interface SourceFile extends FoundFile {
  /** How its bytes are text; null when they are not. */
  readonly encoding: TextEncoding | null;
  /** Its first bytes. */
  readonly head: Buffer;
}

/** An article as a file gives it; what it leaves out is made up from the file (`article-of.ts`). */
export interface ArticleDraft {
  /** Names the article within its file, the same in every import; null where the file is one article. */
  readonly key: string | null;
  readonly fields: ArticleFields;
  readonly markdown: string;
  /** Ascending; left out for files without pages. */
  readonly pages?: readonly PageStart[];
  /** Line of the file the article begins in, 1-based, to name it when it cannot be taken. */
  readonly place?: number;
}

/** One article, or a part of the file that could not be read while the rest could. */
export type ReadItem =
  | { readonly article: ArticleDraft }
  | { readonly failure: { readonly place: number | null; readonly reason: string } };

/**
 * Reads one kind of file. It gives its articles one by one, so that a large file is never held whole where its format
 * allows that.
 */
export interface SourceReader {
  /** Raise its number when the same file would be read another way: files are then read again. */
  readonly id: string;
  /**
   * @throws Error with a reason for the author of the file when reading cannot go on. What was given before stays, and
   * what an earlier import read from the file stays, too.
   */
  read(file: SourceFile, signal?: AbortSignal): AsyncIterable<ReadItem>;
}
