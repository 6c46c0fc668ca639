import { createHash } from 'node:crypto';
import type { z } from 'zod';

/** One GET that may have been asked before. */
export interface ConditionalQuestion<T> {
  /** `If-None-Match` with the ETag of the last answer (RFC 9110, 13.1.2); empty where no answer is kept. */
  readonly headers: Readonly<Record<string, string>>;
  /** The last answer, for a 304; null where the question was not conditional, so that a 304 means nothing. */
  unchanged(): { readonly body: T; readonly etag: string } | null;
  /** A whole answer came. Without an ETag nothing of it is kept. */
  answered(body: T, etag: string | null, bytes: number): void;
  /** The helpdesk no longer shows it: what was kept of it goes. */
  refused(): void;
}

/** The last answers of one helpdesk, in memory only. None is given out unless the helpdesk has just said that it still holds. */
export interface ConditionalGet {
  /**
   * @param asker all headers of the request and whatever else says who asks: what one token was told is not given to another.
   * @param schema what the answer is read as; an answer that was read as something else is not given out.
   */
  ask<T>(url: string, asker: unknown, schema: z.ZodType<T>): ConditionalQuestion<T>;
  /** Drops everything, and what is on its way is not kept either. */
  forget(): void;
}

interface Kept {
  readonly asker: string;
  readonly schema: unknown;
  readonly etag: string;
  readonly body: unknown;
  readonly bytes: number;
}

export interface ConditionalGetLimits {
  readonly answers: number;
  /** As they came over the line. */
  readonly bytes: number;
}

/** A list, the conversations of a day, and one ticket of 5 MB among them. */
const LIMITS: ConditionalGetLimits = { answers: 100, bytes: 8 * 1024 * 1024 };

/**
 * Keeps what was read of an answer, not the answer, and gives out copies, since who asked may change what they got. The answers that were
 * not asked for longest go first.
 */
export function createConditionalGet(limits: ConditionalGetLimits = LIMITS): ConditionalGet {
  const kept = new Map<string, Kept>();
  let bytesKept = 0;
  let forgottenTimes = 0;

  function drop(url: string): void {
    bytesKept -= kept.get(url)?.bytes ?? 0;
    kept.delete(url);
  }

  function put(url: string, answer: Kept): void {
    drop(url);
    if (answer.bytes > limits.bytes) return;
    kept.set(url, answer);
    bytesKept += answer.bytes;
    for (const oldest of kept.keys()) {
      if (kept.size <= limits.answers && bytesKept <= limits.bytes) break;
      drop(oldest);
    }
  }

  return {
    ask<T>(url: string, asker: unknown, schema: z.ZodType<T>): ConditionalQuestion<T> {
      const who = createHash('sha256').update(JSON.stringify(asker)).digest('base64');
      const askedAt = forgottenTimes;
      const before = kept.get(url);
      const last = before?.asker === who && before.schema === schema ? before : null;
      return {
        headers: last ? { 'if-none-match': last.etag } : {},
        unchanged() {
          if (!last) return null;
          if (kept.get(url) === last) put(url, last);
          return { body: structuredClone(last.body) as T, etag: last.etag };
        },
        answered(body, etag, bytes) {
          if (askedAt !== forgottenTimes) return;
          if (etag === null || etag === '') drop(url);
          else put(url, { ...{ asker: who, schema, etag, bytes }, body: structuredClone(body) });
        },
        refused: () => drop(url),
      };
    },
    forget() {
      kept.clear();
      bytesKept = 0;
      forgottenTimes += 1;
    },
  };
}
