import type { z } from 'zod';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { BusinessAnswer } from '../http/ask-json.js';
import { CrmRefusal } from './crm.js';

/** The system said no, and nothing happened. Not 409: what conflicts may be what an earlier try of ours has done. */
const REFUSALS: ReadonlySet<number> = new Set([400, 405, 413, 415, 422]);

/**
 * What of an answer `schema` names; null for a record that is not there (404).
 * @throws CrmRefusal (400, 422 and the like, in the words of `said`); AppErrorException BUSINESS_* otherwise.
 */
export function readAnswer<T>(
  { status, value }: BusinessAnswer,
  schema: z.ZodType<T>,
  said: (value: unknown) => string | null,
): T | null {
  if (status === 404) return null;
  if (REFUSALS.has(status))
    throw new CrmRefusal(said(value)?.slice(0, 300) ?? `It refused it (${String(status)}).`);
  if (status < 200 || status > 299) throw new AppErrorException('BUSINESS_UNREACHABLE', String(status));
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppErrorException(
    'BUSINESS_ANSWER_UNREADABLE',
    issue ? `${issue.path.join('.')}: ${issue.message}` : '',
  );
}
