import { createHash } from 'node:crypto';

import type { AnswerCache, KeptAnswer } from '../answer-cache.js';
import type { AnswerCacheKey, ChatCall } from '../chat-model.js';
import type { Disguised } from '../outbound-port.js';
import type { ResolvedRoute } from './routes.js';
import type { Wanted } from './wanted.js';

/** The place of one call in the cache; null where it has none (a choice of tools is about this customer). */
export function keeperFor(
  cache: AnswerCache,
  { task, cacheKey, expectLanguage }: ChatCall,
  wanted: Wanted,
  { candidates }: ResolvedRoute,
  now: Date,
): { readonly find: () => KeptAnswer | null; readonly keep: (answer: KeptAnswer) => void } | null {
  if (!cacheKey || wanted.kind === 'tools') return null;
  const { need, release, promptVersion, evidence = [] } = cacheKey;
  // Case, spaces and the marks of a sentence do not make another question; signs of numbers do.
  const question = need
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[?!.,;:"'“”’()]+(?=\s|$)|(?<=^|\s)["'“(]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (question === '') return null;
  const form = wanted.kind === 'form' ? wanted.name : null;
  const models = candidates.map(({ connection, choice }) => [connection.baseUrl, choice.model]);
  // A prompt says which day it is, and an answer may count from it.
  const day = now.toISOString().slice(0, 10);
  const parts = [day, task, form, models, release, promptVersion, evidence, expectLanguage ?? null, question];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { find: () => cache.find(digest), keep: (answer) => cache.keep(digest, answer) };
}

/** Whether what was said in a call belongs to no customer: nothing private was found in it, and no look-up was made. */
export const isShareable = (key: AnswerCacheKey | undefined, disguised: Disguised | null): boolean =>
  key !== undefined && !key.hasToolFacts && disguised !== null && holdsNothingPrivate(disguised);

/** Nothing private was found, be it replaced or, by the settings, left as it is. */
export const holdsNothingPrivate = ({ replaced, kept }: Disguised): boolean =>
  [...Object.values(replaced), ...Object.values(kept ?? {})].every((count) => count === 0);
