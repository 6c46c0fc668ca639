import type { Evidence } from '../../../shared/domain/evidence.js';
import { plainText } from '../../ui/plain-text.js';

/** A passage as a rep may send it: plain text, without the parts that speak to an assistant. */
export function usablePassage({ text, instructions = [] }: Pick<Evidence, 'text' | 'instructions'>): string {
  const kept: string[] = [];
  let at = 0;
  for (const { start, end } of [...instructions].sort((a, b) => a.start - b.start)) {
    kept.push(text.slice(at, Math.max(at, start)));
    at = Math.max(at, end);
  }
  return plainText([...kept, text.slice(at)].join(' ')).replace(/(?<=\S) {2,}/gu, ' ');
}
