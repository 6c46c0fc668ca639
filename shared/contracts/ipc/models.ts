import { z } from 'zod';

import { KeyPlace } from '../../domain/key-place.js';
import { ConnectionTrial, ModelConnection, ModelSettings, UsageOfDay } from '../../domain/model-settings.js';
import { AppError } from '../../errors/app-error.js';
import { defineRoute } from './define-route.js';

/** Which chat models are used. A key never crosses towards the window. */
export const ModelsView = z.object({
  /** In force now. */
  settings: ModelSettings,
  /** Whose they are: the rep's own, those of the team's release, or none at all. */
  source: z.enum(['own', 'team', 'none']),
  /** Whether the team's release brings models the rep could go back to. */
  hasTeamModels: z.boolean(),
  /** Why the rep's own choice cannot be read; null when all is well. */
  problem: AppError.nullable(),
  /** By id of the connection. */
  keys: z.record(z.string(), z.object({ key: KeyPlace, secretHeader: KeyPlace })),
  /** False where the system offers no encryption: an entered key is then kept for this run only. */
  canStoreKeys: z.boolean(),
  usage: UsageOfDay,
  isLimitReached: z.boolean(),
});
export type ModelsView = z.infer<typeof ModelsView>;

const Secret = z.string().min(1).max(4096).nullable();

/** Secrets just entered for one connection; null leaves what is kept. */
export const EnteredSecrets = z.object({ key: Secret.default(null), secretHeader: Secret.default(null) });
export type EnteredSecrets = z.infer<typeof EnteredSecrets>;

/** What the window may ask about chat models. That a choice changed, `models.changed` tells. */
export const modelRoutes = {
  'models.read': defineRoute({ input: z.void(), output: ModelsView }),
  /** Asks the model one word; nothing is kept. */
  'models.test': defineRoute({
    input: z.object({
      connection: ModelConnection,
      model: z.string().min(1).max(200),
      secrets: EnteredSecrets,
    }),
    output: ConnectionTrial,
  }),
  /** Keeps the rep's own choice, which goes before the team's. */
  'models.save': defineRoute({
    input: z.object({ settings: ModelSettings, secrets: z.record(z.string(), EnteredSecrets) }),
    output: ModelsView,
  }),
  /** Drops the rep's own choice. */
  'models.use_team': defineRoute({ input: z.void(), output: ModelsView }),
  'models.forget_key': defineRoute({ input: z.object({ connection: z.string() }), output: ModelsView }),
} as const;

export const modelEvents = { 'models.changed': z.object({ view: ModelsView }) } as const;
