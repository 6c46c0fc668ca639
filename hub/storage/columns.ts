import { z } from 'zod';

/** A timestamptz as ISO time. */
export const timestamp = z.date().transform((date) => date.toISOString());

/** A bigint, or a count, as a number. */
export const bigint = z.union([z.string(), z.number(), z.bigint()]).transform(Number);

/** Bytes as the caller may keep them. */
export const bytes = z
  .instanceof(Uint8Array)
  .transform((value) => Buffer.from(value.buffer, value.byteOffset, value.byteLength));
