import type { EnteredSecrets, ModelsView } from '../../shared/contracts/ipc/models.js';
import type { KeyPlace } from '../../shared/domain/key-place.js';
import type { ConnectionTrial, ModelConnection, ModelSettings } from '../../shared/domain/model-settings.js';
import type { AppError } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ConnectionSecrets, KeyVault } from '../models/key-vault.js';
import { settingsInForce } from './settings-in-force.js';
import type { UsageStore } from './usage-store.js';

export interface ChatServiceDeps {
  readonly read: () => { readonly settings: ModelSettings | null; readonly problem: AppError | null };
  /** Null drops the choice. */
  readonly save: (settings: ModelSettings | null) => void;
  /** What the team's release brings; null where it brings none. */
  readonly teamModels: () => ModelSettings | null;
  readonly keys: KeyVault;
  readonly keyOfVariable: (name: string) => string | null;
  readonly usage: Pick<UsageStore, 'today' | 'isReached'>;
  readonly test: (
    connection: ModelConnection,
    model: string,
    secrets: ConnectionSecrets,
  ) => Promise<ConnectionTrial>;
  readonly log: Logger;
}

/** Which chat models are used: the rep's choice and the team's, their keys, and what was used today. */
export interface ChatService {
  /** In force now; follows releases and the rep. */
  settings(): ModelSettings;
  /** For whoever asks a service: its secrets, of its address only. */
  secretsOf(connection: ModelConnection): ConnectionSecrets;
  view(): ModelsView;
  /** @throws AppErrorException why it does not work (shared/errors/model-errors). */
  test(connection: ModelConnection, model: string, entered: EnteredSecrets): Promise<ConnectionTrial>;
  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE; the choice before stays then, and no key is kept. */
  save(settings: ModelSettings, entered: Readonly<Record<string, EnteredSecrets>>): ModelsView;
  useTeam(): ModelsView;
  forgetKey(connectionId: string): ModelsView;
  /** Calls back after each change of the rep's choice or keys. */
  onChanged(listener: (view: ModelsView) => void): void;
}

export function createChatService(deps: ChatServiceDeps): ChatService {
  const { keys, keyOfVariable, usage, log } = deps;
  let { settings: own, problem } = deps.read();
  if (problem) log.warn('model.choice_unreadable', { code: problem.code });
  const settings = (): ModelSettings => settingsInForce(own, deps.teamModels());

  const headerPlace = ({ baseUrl, secretHeader }: ModelConnection): string =>
    `${baseUrl}#${secretHeader ?? ''}`;
  const secretsOf = (connection: ModelConnection): ConnectionSecrets => {
    const { baseUrl, keyVariable, secretHeader } = connection;
    return {
      // A variable read from a file ends with a line break.
      key: keyVariable === null ? keys.read(baseUrl) : (keyOfVariable(keyVariable)?.trim() ?? null),
      header: secretHeader === null ? null : keys.read(headerPlace(connection)),
    };
  };
  const placesOf = (connection: ModelConnection): { key: KeyPlace; secretHeader: KeyPlace } => {
    const { baseUrl, keyVariable, secretHeader } = connection;
    const ofVariable = keyVariable === null || keyOfVariable(keyVariable) === null ? 'none' : 'environment';
    return {
      key: keyVariable === null ? keys.placeOf(baseUrl) : ofVariable,
      secretHeader: secretHeader === null ? 'none' : keys.placeOf(headerPlace(connection)),
    };
  };

  const view = (): ModelsView => {
    const inForce = settings();
    const hasTeamModels = deps.teamModels() !== null;
    return {
      ...{ settings: inForce, hasTeamModels, problem },
      source: own !== null ? 'own' : hasTeamModels ? 'team' : 'none',
      keys: Object.fromEntries(
        inForce.connections.map((connection) => [connection.id, placesOf(connection)]),
      ),
      canStoreKeys: keys.canStore(),
      usage: usage.today(),
      isLimitReached: usage.isReached(inForce.limits),
    };
  };
  const listeners: ((view: ModelsView) => void)[] = [];
  const told = (): ModelsView => {
    const now = view();
    for (const listener of listeners) listener(now);
    return now;
  };
  const change = (next: ModelSettings | null): void => {
    deps.save(next);
    own = next;
    problem = null;
    log.info('model.chosen', { count: next?.models.length ?? 0, state: next === null ? 'team' : 'own' });
  };

  return {
    ...{ settings, secretsOf, view },
    test(connection, model, entered) {
      const kept = secretsOf(connection);
      // Tried with what will be used: a named variable comes before a key that was entered.
      const key = connection.keyVariable === null ? (entered.key?.trim() ?? kept.key) : kept.key;
      return deps.test(connection, model, { key, header: entered.secretHeader ?? kept.header });
    },
    save(next, entered) {
      change(next);
      for (const connection of next.connections) {
        const given = entered[connection.id];
        if (given && given.key !== null && connection.keyVariable === null)
          keys.keep(connection.baseUrl, given.key.trim());
        if (given && given.secretHeader !== null && connection.secretHeader !== null)
          keys.keep(headerPlace(connection), given.secretHeader);
      }
      return told();
    },
    onChanged: (listener) => void listeners.push(listener),
    useTeam() {
      change(null);
      return told();
    },
    forgetKey(connectionId) {
      const connection = settings().connections.find(({ id }) => id === connectionId);
      if (connection) {
        keys.forget(connection.baseUrl);
        keys.forget(headerPlace(connection));
      }
      return told();
    },
  };
}
