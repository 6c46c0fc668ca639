import type { Evidence } from './evidence.js';

/** A stretch of a passage, and whether it speaks to an assistant. */
export interface PassagePart {
  readonly start: number;
  readonly text: string;
  readonly isInstruction: boolean;
}

/** The passage in reading order, taken apart where it speaks to an assistant. */
export function passageParts({
  text,
  instructions = [],
}: Pick<Evidence, 'text' | 'instructions'>): PassagePart[] {
  const parts: PassagePart[] = [];
  let at = 0;
  const push = (to: number, isInstruction: boolean): void => {
    if (to > at) parts.push({ start: at, text: text.slice(at, to), isInstruction });
    at = Math.max(at, to);
  };
  for (const { start, end } of [...instructions].sort((a, b) => a.start - b.start)) {
    push(Math.min(start, text.length), false);
    push(Math.min(end, text.length), true);
  }
  push(text.length, false);
  return parts;
}

/** What of a passage may be said to a customer: all but the words that speak to an assistant. */
export function sayablePassage(passage: Pick<Evidence, 'text' | 'instructions'>): string {
  return passageParts(passage)
    .filter(({ isInstruction }) => !isInstruction)
    .map(({ text }) => text)
    .join('');
}
