import { setImmediate as eventLoopTurn } from 'node:timers/promises';

import { screenText } from './screen-text.js';
import type { InjectionTechnique } from './technique.js';

/** An article without what in it speaks to an assistant: same length, so that all places stay true. */
export interface ScreenedArticle {
  readonly text: string;
  readonly techniques: readonly InjectionTechnique[];
}

/** About 10 ms of work; a longer article is screened in pieces that end with a paragraph. */
const PIECE_CHARACTERS = 6_000;
/** Articles screened lately: the same few answer most questions. */
const recent = new Map<string, ScreenedArticle>();
const MAX_RECENT = 64;

/** Screens an article the public reads, with turns of the event loop between its pieces. Remembers the newest 64. */
export async function screenArticle(markdown: string): Promise<ScreenedArticle> {
  const known = recent.get(markdown);
  recent.delete(markdown);
  const screenedArticle = known ?? (await screenPieces(markdown));
  recent.set(markdown, screenedArticle);
  const [oldest] = recent.keys();
  if (recent.size > MAX_RECENT && oldest !== undefined) recent.delete(oldest);
  return screenedArticle;
}

async function screenPieces(markdown: string): Promise<ScreenedArticle> {
  const texts: string[] = [];
  const techniques = new Set<InjectionTechnique>();
  for (let start = 0; start < markdown.length;) {
    const end = pieceEnd(markdown, start);
    const piece = screenText(markdown.slice(start, end), 'public_article');
    texts.push(piece.text);
    for (const technique of piece.techniques) techniques.add(technique);
    start = end;
    if (start < markdown.length) await eventLoopTurn();
  }
  return { text: texts.join(''), techniques: [...techniques] };
}

function pieceEnd(markdown: string, start: number): number {
  const limit = start + PIECE_CHARACTERS;
  if (limit >= markdown.length) return markdown.length;
  const paragraph = markdown.lastIndexOf('\n\n', limit);
  if (paragraph > start) return paragraph;
  const line = markdown.lastIndexOf('\n', limit);
  return line > start ? line : limit;
}
