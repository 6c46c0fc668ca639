import type { ModelSettings } from '../shared/domain/model-settings.js';
import { AppErrorException } from '../shared/errors/app-error.js';
import type { CreateLogger } from '../shared/lib/logger.js';
import { createAnswerStore } from './chat/answer-store.js';
import { createChatService, type ChatService } from './chat/chat-service.js';
import { chatMigrations } from './chat/chat-tables.js';
import { createUsageStore } from './chat/usage-store.js';
import type { Privacy } from './compose-privacy.js';
import type { ChatModel } from './models/chat-model.js';
import { createChatModel } from './models/chat/create-chat-model.js';
import { testConnection } from './models/chat/test-connection.js';
import { createServiceHealth } from './models/chat/service-health.js';
import { createTokenizer } from './models/chat/tokenizer.js';
import type { KeyVault } from './models/key-vault.js';
import { keyFromEnvironment } from './models/try-service.js';
import { openDatabase, type Database } from './storage/database.js';
import { readOwnModels, saveOwnModels } from './workspace/model-choice.js';
import type { WorkspacePaths } from './workspace/workspace.js';

export interface ChatOptions {
  readonly workspace: Pick<WorkspacePaths, 'models'>;
  /** Nothing is asked past it. */
  readonly privacy: Pick<Privacy, 'guard' | 'ledger'>;
  /** What the team in force brings. */
  readonly teamModels: () => ModelSettings | null;
  /** Keys that were entered; left out where none can be, on the command line. */
  readonly keys?: KeyVault;
  /** Keeps usage and answers, with {@link chatMigrations}; in memory when left out. */
  readonly database?: Database;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
}

/** The chat models with what is chosen about them. */
export interface ComposedChat {
  readonly chat: ChatModel;
  readonly service: ChatService;
  /** How many tokens a text is, for what a model reads. */
  readonly countTokens: (text: string) => number;
  /** Forgets the kept answers of models. */
  forgetAnswers(): void;
  close(): void;
}

const noKeys: KeyVault = {
  canStore: () => false,
  read: () => null,
  placeOf: () => 'none',
  keep: () => undefined,
  forget: () => undefined,
};

/** Builds the way to the chat models that rep and team chose. Without any nothing is loaded, and no stage finds it ready. */
export function composeChat(options: ChatOptions): ComposedChat {
  const { workspace, privacy, keys = noKeys, createLogger, now } = options;
  const log = createLogger('model');
  const database =
    options.database ?? openDatabase(':memory:', [{ scope: 'chat', statements: chatMigrations }]);
  const health = createServiceHealth(now);
  const usage = createUsageStore(database, now, log);
  const service = createChatService({
    read: () => readOwnModels(workspace.models),
    save: (settings) => saveOwnModels(workspace.models, settings),
    teamModels: options.teamModels,
    keyOfVariable: (name) => keyFromEnvironment({ keyVariable: name }),
    async test(connection, model, secrets) {
      if (!privacy.guard.maySend()) throw new AppErrorException('PRIVACY_BLOCKED');
      const trial = await testConnection({ connection, model, secrets, ledger: privacy.ledger });
      health.recovered(connection, secrets.key);
      return trial;
    },
    ...{ keys, usage, log },
  });
  const tokens = createTokenizer();
  const answers = createAnswerStore(database, now, log);
  return {
    chat: createChatModel({
      settings: () => service.settings(),
      secretsOf: (connection) => service.secretsOf(connection),
      ...{ guard: privacy.guard, ledger: privacy.ledger, health },
      ...{ budget: usage, cache: answers, tokens, log, now },
    }),
    service,
    forgetAnswers: () => answers.forgetAll(),
    countTokens(text) {
      // Only what asks a model counts; until the table is there, counts are estimated.
      if (!tokens.isExact()) void tokens.load();
      return tokens.count(text);
    },
    close() {
      if (!options.database) database.close();
    },
  };
}
