import { z } from 'zod';

import { ModelPrice } from './model-price.js';
import { ModelTask } from './model-run.js';

/** Without name, password, query or fragment: settings are no place for secrets. */
const PLAIN_ADDRESS = /^https?:\/\/[^/?#@\\]+(\/[^?#]*)?$/i;
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const VariableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
/** Headers that carry a secret belong to the keys, those of the connection to fetch. */
const HEADER_NAME =
  /^(?!(authorization|x-api-key|api-key|x-goog-api-key|cookie|host|content-length)$)[a-z0-9-]+$/i;

/** How a service is spoken to. `openai` is the chat completions protocol, whoever answers it. */
export const ModelProtocol = z.enum(['openai', 'anthropic', 'google']);
export type ModelProtocol = z.infer<typeof ModelProtocol>;

/** A service that answers chat calls. Never holds a key: it names an environment variable, or main keeps the key in the system's store. */
export const ModelConnection = z.object({
  id: Id,
  name: z.string().min(1).max(80),
  protocol: ModelProtocol,
  /** For `openai` up to and with `/v1`; for the others the bare address of the service. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .regex(PLAIN_ADDRESS, 'Invalid URL: holds a name, password or query'),
  /** False for services on this machine that ask for none. */
  needsKey: z.boolean().default(true),
  keyVariable: VariableName.nullable().default(null),
  /** Where the key goes: `bearer` is the usual `Authorization` header, `api-key` Azure's older one. */
  keyHeader: z.enum(['bearer', 'api-key']).default('bearer'),
  /** Azure's `api-version` query parameter; null sends none. */
  apiVersion: z.string().max(40).nullable().default(null),
  /** Sent with each request, for example OpenRouter's `X-Title`. No secrets. */
  headers: z.record(z.string().regex(HEADER_NAME), z.string().max(500)).default({}),
  /** A header whose value is a second secret, kept as keys are (Helicone's `Helicone-Auth`); null for none. */
  secretHeader: z.string().regex(HEADER_NAME).nullable().default(null),
});
export type ModelConnection = z.infer<typeof ModelConnection>;

/** One model of a connection. */
export const ModelChoice = z.object({
  id: Id,
  connection: Id,
  /** As the service names it; for Azure the deployment. */
  model: z.string().min(1).max(200),
  /** Tokens it can read and write together. */
  contextTokens: z.int().min(1000).max(10_000_000).default(32_000),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

/** How one task is done. */
export const ModelRoute = z.object({
  /** Asked in turn until one answers; an empty list leaves the task to the local strategy. */
  models: z.array(Id).max(5),
  /** Null sends none: some models refuse any. */
  temperature: z.number().min(0).max(2).nullable(),
  /** The whole call with all attempts, in milliseconds. */
  timeLimitMs: z.int().min(200).max(300_000),
  /** A model that has sent nothing by then is given up for the next in the chain. */
  firstPieceMs: z.int().min(100).max(300_000),
  maxOutputTokens: z.int().min(1).max(100_000),
  /** After so long without a piece the same question goes to the next model (or the same again), and the first to answer wins; null never. */
  hedgeAfterMs: z.int().min(50).max(60_000).nullable(),
});
export type ModelRoute = z.infer<typeof ModelRoute>;

/** What may be used in one day of this computer's clock; null is no limit. */
export const ModelLimits = z.object({
  dailyCostMicros: z.int().nonnegative().nullable().default(null),
  dailyTokens: z.int().nonnegative().nullable().default(null),
  dailyCalls: z.int().nonnegative().nullable().default(null),
  /** `local` asks no model any more, `cheaper` only the one named, `warn` goes on and says so. */
  atLimit: z.enum(['local', 'cheaper', 'warn']).default('local'),
  cheaperModel: Id.nullable().default(null),
});
export type ModelLimits = z.infer<typeof ModelLimits>;

/** Which chat models there are, who does what, and how much. Never a key. */
export const ModelSettings = z
  .object({
    isOn: z.boolean().default(false),
    connections: z.array(ModelConnection).max(20).default([]),
    models: z.array(ModelChoice).max(40).default([]),
    /** Chain of the tasks that write (tools, drafting, rewrite, summary). */
    main: z.array(Id).max(5).default([]),
    /** Chain of the tasks that only read (intent, retrieval, critique, screening); empty uses `main`. */
    small: z.array(Id).max(5).default([]),
    /** What differs from the built-in routes, by task. */
    routes: z.partialRecord(ModelTask, ModelRoute.partial()).default({}),
    limits: ModelLimits.default(() => ModelLimits.parse({})),
    /** Go before the built-in price table. */
    prices: z.array(ModelPrice).max(200).default([]),
    /** Equal customer-independent questions of one release are answered once. */
    usesCache: z.boolean().default(true),
  })
  .superRefine((settings, context) => {
    const connections = new Set(settings.connections.map(({ id }) => id));
    const models = new Set(settings.models.map(({ id }) => id));
    const complain = (path: (string | number)[], name: string): void =>
      context.addIssue({ code: 'custom', path, message: `There is no "${name}".` });
    settings.models.forEach(({ connection }, at) => {
      if (!connections.has(connection)) complain(['models', at, 'connection'], connection);
    });
    const chains = [
      ['main', settings.main],
      ['small', settings.small],
      ...Object.entries(settings.routes).map(([task, route]) => [task, route.models ?? []] as const),
    ] as const;
    for (const [name, chain] of chains) for (const id of chain) if (!models.has(id)) complain([name], id);
    const { cheaperModel } = settings.limits;
    if (cheaperModel !== null && !models.has(cheaperModel))
      complain(['limits', 'cheaperModel'], cheaperModel);
  });
export type ModelSettings = z.infer<typeof ModelSettings>;

export const noModels: ModelSettings = ModelSettings.parse({});

/** A model that was asked one short question. */
export const ConnectionTrial = z.object({
  /** Until the first piece of its answer came. */
  firstPieceMs: z.number().nonnegative(),
  durationMs: z.number().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  /** Of the trial, in millionths of a US dollar; null where the price is not known. */
  costMicros: z.int().nonnegative().nullable(),
});
export type ConnectionTrial = z.infer<typeof ConnectionTrial>;

/** What models used in one day of this computer's clock. Calls without a known price are in `unpricedCalls` and not in the cost. */
export const UsageOfDay = z.object({
  day: z.iso.date(),
  calls: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  costMicros: z.int().nonnegative(),
  unpricedCalls: z.int().nonnegative(),
  models: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      calls: z.int().nonnegative(),
      costMicros: z.int().nonnegative(),
    }),
  ),
});
export type UsageOfDay = z.infer<typeof UsageOfDay>;
