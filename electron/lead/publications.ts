import type { Publication, Published, PublishProgress } from '../../shared/domain/publication.js';
import { appError, AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { HubClient } from '../sync/hub-client.js';
import { hasCode, joinedHub, type HubNow } from './lead-hub.js';

/** Makes a release of the draft on this machine and brings it to the hub. */
export type PublishDraft = (
  hub: HubClient,
  options: { readonly notes: string; readonly assign: boolean },
  onProgress: (progress: PublishProgress) => void,
  signal: AbortSignal,
) => Promise<Published>;

export interface PublicationsDeps {
  readonly hub: HubNow;
  readonly publish: PublishDraft;
  readonly onChanged: (publication: Publication) => void;
  readonly log: Logger;
}

/** Publishes the draft, one release at a time; it goes on while nobody looks. */
export interface Publications {
  now(): Publication;
  /** @throws AppErrorException HUB_NOT_SIGNED_IN. */
  start(options: { readonly notes: string; readonly assign: boolean }): void;
  cancel(): void;
  /** Stops what runs. */
  close(): Promise<void>;
}

/** How often the window hears of progress within a step. */
const TELL_EVERY_MS = 100;

export function createPublications({ hub, publish, onChanged, log }: PublicationsDeps): Publications {
  let publication: Publication = { kind: 'none' };
  let running: { readonly cancel: AbortController; readonly ended: Promise<void> } | null = null;
  const show = (next: Publication): void => onChanged((publication = next));

  const run = async (
    client: HubClient,
    options: { readonly notes: string; readonly assign: boolean },
    signal: AbortSignal,
  ): Promise<void> => {
    let toldAt = 0;
    let step: PublishProgress['step'] | null = null;
    const tell = (progress: PublishProgress): void => {
      if (
        progress.step === step &&
        progress.done < progress.total &&
        performance.now() - toldAt < TELL_EVERY_MS
      )
        return;
      step = progress.step;
      toldAt = performance.now();
      show({ kind: 'running', progress });
    };
    try {
      const published = await publish(client, options, tell, signal);
      log.info('publication.done', { number: published.number, count: published.articlesChanged });
      show({ kind: 'done', published, isAssigned: options.assign });
    } catch (cause) {
      const code = errorCodeOf(cause);
      if (signal.aborted || hasCode(cause, 'SUGGESTION_CANCELLED')) return show({ kind: 'cancelled' });
      if (cause instanceof AppErrorException) log.warn('publication.refused', { code });
      else log.error('publication.failed', { code });
      show({
        kind: 'failed',
        error: cause instanceof AppErrorException ? cause.error : appError('IPC_INTERNAL'),
      });
    }
  };

  return {
    now: () => publication,
    start(options) {
      if (running) return;
      const client = joinedHub(hub);
      const cancel = new AbortController();
      show({ kind: 'running', progress: { step: 'reading', done: 0, total: 0 } });
      const ended = run(client, options, cancel.signal).finally(() => (running = null));
      running = { cancel, ended };
    },
    cancel: () => running?.cancel.abort(),
    async close() {
      running?.cancel.abort();
      await running?.ended;
    },
  };
}
