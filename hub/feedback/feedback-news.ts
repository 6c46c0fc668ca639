import type { HubServices } from '../hub-services.js';

/**
 * Tells leads that feedback came in. Not in the transaction that stores it: Postgres commits transactions that notify one after the
 * other (PreCommit_Notify locks the queue until the commit), 500 a second instead of 1,600 on ten connections of the machine it was
 * measured on. So a workspace is told once at a time, and what comes meanwhile is told together afterwards. Where the hub is killed
 * just then the news is lost, not the feedback.
 */
export class FeedbackNews {
  readonly #services: Pick<HubServices, 'database' | 'announce' | 'log'>;
  /** Workspaces that are being told, and whether there is more to tell since. */
  readonly #telling = new Map<string, { isMore: boolean }>();

  constructor(services: Pick<HubServices, 'database' | 'announce' | 'log'>) {
    this.#services = services;
  }

  /** Returns at once. */
  tell(workspaceId: string): void {
    const telling = this.#telling.get(workspaceId);
    if (telling) telling.isMore = true;
    else void this.#tellAll(workspaceId);
  }

  async #tellAll(workspaceId: string): Promise<void> {
    const { database, announce, log } = this.#services;
    const telling = { isMore: true };
    this.#telling.set(workspaceId, telling);
    try {
      while (telling.isMore) {
        telling.isMore = false;
        await announce(database, workspaceId, { name: 'feedback_received' });
      }
    } catch (cause) {
      log.warn('feedback.not_told', { reason: cause instanceof Error ? cause.message : '' });
    } finally {
      this.#telling.delete(workspaceId);
    }
  }
}
