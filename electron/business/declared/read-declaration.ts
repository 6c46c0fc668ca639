import { parse } from 'yaml';
import type { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';

/** Nothing an operator writes repeats itself by reference more often. */
const MAX_ALIASES = 50;

/**
 * Reads what an operator wrote about a system, YAML or JSON. `what` names it in the error: `queries`.
 * @throws AppErrorException BUSINESS_DESCRIPTION_INVALID naming place and reason.
 */
export function readDeclaration<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const parsed = schema.safeParse(readYaml(text, what));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const place = first?.path.map(String).join('.') ?? '';
  throw invalidDeclaration(
    `${what}${place === '' ? '' : `, ${place}`}: ${first?.message ?? 'cannot be read'}`,
  );
}

/** YAML or JSON as it stands. @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
export function readYaml(text: string, what: string): unknown {
  try {
    return parse(text, { maxAliasCount: MAX_ALIASES, logLevel: 'error' });
  } catch (cause) {
    const [line] = (cause instanceof Error ? cause.message : '').split('\n');
    throw invalidDeclaration(`${what}: ${line ?? 'cannot be read'}`, cause);
  }
}

export const invalidDeclaration = (detail: string, cause?: unknown): AppErrorException =>
  new AppErrorException('BUSINESS_DESCRIPTION_INVALID', detail.slice(0, 500), { cause });
