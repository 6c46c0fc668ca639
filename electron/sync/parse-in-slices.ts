import { setImmediate as nextTurn } from 'node:timers/promises';

import { z } from 'zod';

/** Entries of a list that are checked in one turn: a few milliseconds. */
const SLICE = 1000;

/**
 * Checks what `schema.parse` checks, but long lists of plain objects a slice at a time, between which others have their turn.
 * @throws ZodError.
 */
export async function parseInSlices(schema: z.ZodType, value: unknown): Promise<unknown> {
  // A rule about the whole cannot be checked in parts.
  if ((schema.def.checks?.length ?? 0) > 0) return schema.parse(value);
  if (schema instanceof z.ZodNullable && value !== null)
    return parseInSlices(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodArray && Array.isArray(value)) return parseList(schema, value);
  if (schema instanceof z.ZodObject && !schema.def.catchall && isRecord(value)) {
    const parsed: Record<string, unknown> = {};
    for (const [key, part] of Object.entries<z.ZodType>(schema.shape)) {
      const given = await parseInSlices(part, value[key]);
      if (given !== undefined || key in value) parsed[key] = given;
    }
    return parsed;
  }
  return schema.parse(value);
}

async function parseList(schema: z.ZodArray, list: readonly unknown[]): Promise<unknown[]> {
  const parsed: unknown[] = [];
  for (let start = 0; start < list.length; start += SLICE) {
    if (start > 0) await nextTurn();
    for (const entry of schema.parse(list.slice(start, start + SLICE))) parsed.push(entry);
  }
  return parsed;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
