import type { Logger } from '../shared/lib/logger.js';
import type { Hub } from './app.js';

/**
 * Clears away what expired: tokens no device holds any more, segments no release names, second approvals after their days.
 * One that fails is logged, ends none of the others, and is tried again the next time.
 */
export async function keepHouse(
  { access, segments, approvals }: Pick<Hub, 'access' | 'segments' | 'approvals'>,
  { approvalDays, log }: { readonly approvalDays: number; readonly log: Logger },
): Promise<void> {
  const jobs: readonly (readonly [name: string, failed: string, work: () => Promise<number>])[] = [
    ['tokens.dropped', 'tokens.not_dropped', () => access.sessions.dropExpired()],
    ['segments.collected', 'segments.not_collected', () => segments.collect()],
    ['approvals.dropped', 'approvals.not_dropped', () => approvals.dropOld(approvalDays)],
  ];
  await Promise.all(
    jobs.map(async ([name, failed, work]) => {
      try {
        log.info(name, { count: await work() });
      } catch (cause) {
        log.warn(failed, { reason: cause instanceof Error ? cause.message : '' });
      }
    }),
  );
}
