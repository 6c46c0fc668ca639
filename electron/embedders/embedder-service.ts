import type { EmbedderView } from '../../shared/contracts/ipc/embedder.js';
import type {
  EmbedderDraft,
  EmbedderSettings,
  EmbedderTrial,
  ServiceDraft,
} from '../../shared/domain/embedder-settings.js';
import type { KeyPlace } from '../../shared/domain/key-place.js';
import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { KeyVault } from '../models/key-vault.js';

export interface EmbedderServiceDeps {
  readonly read: () => { readonly settings: EmbedderSettings; readonly problem: AppError | null };
  readonly save: (settings: EmbedderSettings) => void;
  readonly keys: KeyVault;
  readonly keyOfVariable: (name: string) => string | null;
  /** Tries a model that runs on this machine. */
  readonly tryLocal: (settings: EmbedderSettings) => Promise<EmbedderTrial>;
  /** Tries a service with a key. */
  readonly tryService: (draft: ServiceDraft, key: string | null) => Promise<EmbedderTrial>;
  readonly isImporting: () => boolean;
  readonly changeEmbedder: (settings: EmbedderSettings) => Promise<void>;
  readonly log: Logger;
}

/** The choice of the model that passages are found with. */
export interface EmbedderService {
  /** Without a look at the keys, which may make the system ask the user. */
  chosen(): Pick<EmbedderView, 'settings' | 'problem'>;
  view(): EmbedderView;
  /**
   * Embeds one text; nothing is kept. `key` is one that was just entered, null for the one that is known.
   * @throws AppErrorException why it does not work.
   */
  try(draft: EmbedderDraft, key: string | null): Promise<EmbedderTrial>;
  /**
   * Tries it, keeps it and lets the engine change to it, which goes on in the background.
   * @throws AppErrorException why it does not work, EMBEDDER_CHANGE_MUST_WAIT, WORKSPACE_NOT_WRITABLE; the choice
   * before stays then.
   */
  use(draft: EmbedderDraft, key: string | null): Promise<EmbedderView>;
  forgetKey(): EmbedderView;
  /** For whoever asks the service: the key of its settings. */
  readonly keyOf: (settings: Pick<ServiceDraft, 'baseUrl' | 'keyVariable'>) => string | null;
}

export function createEmbedderService(deps: EmbedderServiceDeps): EmbedderService {
  const { keys, keyOfVariable, log } = deps;
  let { settings, problem } = deps.read();
  if (problem) log.warn('embedder.choice_unreadable', { code: problem.code });

  const keyOf: EmbedderService['keyOf'] = ({ baseUrl, keyVariable }) =>
    keyVariable === null ? keys.read(baseUrl) : keyOfVariable(keyVariable);

  const keyPlace = (): KeyPlace => {
    if (settings.kind !== 'openai_compatible') return 'none';
    const { keyVariable, baseUrl } = settings;
    if (keyVariable === null) return keys.placeOf(baseUrl);
    return keyOfVariable(keyVariable) === null ? 'none' : 'environment';
  };
  const view = (): EmbedderView => ({ settings, problem, key: keyPlace(), canStoreKeys: keys.canStore() });

  const tryDraft = (draft: EmbedderDraft, key: string | null): Promise<EmbedderTrial> => {
    if (draft.kind !== 'openai_compatible') return deps.tryLocal(draft);
    // Tried with what will be used: a named variable comes before a key that was entered.
    const entered = draft.keyVariable === null ? key : null;
    return deps.tryService(draft, entered ?? keyOf(draft));
  };
  const refuseDuringImport = (): void => {
    if (deps.isImporting()) throw new AppErrorException('EMBEDDER_CHANGE_MUST_WAIT');
  };

  return {
    chosen: () => ({ settings, problem }),
    view,
    try: tryDraft,
    async use(draft, key) {
      refuseDuringImport();
      const trial = await tryDraft(draft, key);
      // One may have begun while a slow service was tried.
      refuseDuringImport();
      deps.save(trial.settings);
      if (key !== null && draft.kind === 'openai_compatible' && draft.keyVariable === null)
        keys.keep(draft.baseUrl, key);
      settings = trial.settings;
      problem = null;
      log.info('embedder.chosen', { state: settings.kind });
      await deps.changeEmbedder(settings);
      return view();
    },
    forgetKey() {
      if (settings.kind === 'openai_compatible') keys.forget(settings.baseUrl);
      return view();
    },
    keyOf,
  };
}
