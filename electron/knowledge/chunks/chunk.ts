import type { Span } from '../../../shared/domain/evidence.js';

/** A passage as long as the embedder really reads, cut along the article's structure. */
export interface Chunk {
  /** Place in the article, from 0. */
  readonly ordinal: number;
  /** Headings from the outermost to the one the passage stands under; the article's title is not repeated. */
  readonly headingPath: readonly string[];
  readonly span: Span;
  /** Exactly `markdown.slice(span.start, span.end)`. */
  readonly text: string;
  /** The passage without Markdown marks, on one line. */
  readonly plain: string;
}

/** What is embedded for a chunk: its title and headings say what the passage is about. */
export function embeddedText(title: string, headingPath: readonly string[], plain: string): string {
  return [title, ...headingPath, plain].join('. ');
}
