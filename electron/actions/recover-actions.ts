import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ActionStore } from './action-store.js';

interface RecoverDeps {
  readonly store: ActionStore;
  readonly systemsOf: Parameters<ActionStore['nameSystems']>[0];
  readonly log: Logger;
  readonly preview: (id: string) => Promise<unknown>;
  readonly execute: (id: string) => Promise<unknown>;
  readonly askLead: (id: string) => void;
}

/** Goes on with what a kill left without an end. One that fails keeps no other back. */
export async function recoverActions(deps: RecoverDeps): Promise<void> {
  const { store, systemsOf, log, preview, execute, askLead } = deps;
  try {
    store.nameSystems(systemsOf);
  } catch (error) {
    log.warn('action.systems_not_named', { code: errorCodeOf(error) });
  }
  for (const { id, effect, detail } of store.withStatus('waiting_for_rep'))
    if (effect === '' && detail === '')
      await preview(id).catch((error: unknown) =>
        log.warn('action.preview_failed', { code: errorCodeOf(error) }),
      );
  for (const status of ['approved', 'running', 'unclear'] as const)
    for (const { id } of store.withStatus(status))
      await execute(id).catch((error: unknown) =>
        log.warn('action.recovery_failed', { code: errorCodeOf(error) }),
      );
  for (const { id } of store.withStatus('waiting_for_lead')) askLead(id);
}
