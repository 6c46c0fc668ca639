import type { Disguised } from '../models/outbound-port.js';
import { replacePlaceholders, wholeUpTo, type Placeholder } from './placeholder.js';

/** The way back from placeholders to values, for a text that is whole and for one that comes in pieces. */
export function restorer(
  valueOf: (placeholder: Placeholder) => string | null,
): Pick<Disguised, 'restore' | 'restoreStream'> {
  return {
    restore: (text) => replacePlaceholders(text, valueOf),
    restoreStream() {
      let held = '';
      return {
        push(piece) {
          const text = held + piece;
          const end = wholeUpTo(text);
          held = text.slice(end);
          return replacePlaceholders(text.slice(0, end), valueOf);
        },
        end() {
          const rest = replacePlaceholders(held, valueOf);
          held = '';
          return rest;
        },
      };
    },
  };
}
