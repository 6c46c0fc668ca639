import { z } from 'zod';

import { ModelUsage } from '../../shared/domain/model-run.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { AnswerCache } from '../models/answer-cache.js';
import type { Database } from '../storage/database.js';

/** Answers of older days are asked anew: a model may have become better, and a mistake should not live for ever. */
const KEPT_MS = 7 * 86_400_000;
const MOST_ANSWERS = 2000;

const Kept = z.object({ text: z.string(), usage: ModelUsage });

/** Answers of models, by the digest of what was asked: nobody can tell whose they are, so that they are forgotten together. */
export interface AnswerStore extends AnswerCache {
  forgetAll(): void;
}

/** Keeps answers in the desk database, which goes with the team's data. */
export function createAnswerStore(database: Database, now: () => Date, log: Logger): AnswerStore {
  const select = database.prepare('SELECT body FROM model_answer WHERE digest = ? AND kept_at > ?');
  const insert = database.prepare(
    'INSERT OR REPLACE INTO model_answer (digest, kept_at, body) VALUES (?, ?, ?)',
  );
  const forgetOld = database.prepare('DELETE FROM model_answer WHERE kept_at <= ?');
  const forgetMany = database.prepare(
    'DELETE FROM model_answer WHERE digest IN (SELECT digest FROM model_answer ORDER BY kept_at DESC LIMIT -1 OFFSET ?)',
  );
  const oldest = (): number => now().getTime() - KEPT_MS;
  const removeAll = database.prepare('DELETE FROM model_answer');
  return {
    forgetAll: () => void removeAll.run(),
    find(digest) {
      const row = select.get(digest, oldest()) as { readonly body: string } | undefined;
      if (!row) return null;
      const parsed = Kept.safeParse(JSON.parse(row.body));
      return parsed.success ? parsed.data : null;
    },
    keep(digest, answer) {
      try {
        insert.run(digest, now().getTime(), JSON.stringify(answer));
        forgetOld.run(oldest());
        forgetMany.run(MOST_ANSWERS);
      } catch (cause) {
        log.warn('model.answer_not_kept', { code: errorCodeOf(cause) });
      }
    },
  };
}
