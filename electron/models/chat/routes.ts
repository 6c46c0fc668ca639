import type { ModelTask } from '../../../shared/domain/model-run.js';
import type {
  ModelChoice,
  ModelConnection,
  ModelRoute,
  ModelSettings,
} from '../../../shared/domain/model-settings.js';

/** A model with the service that answers for it. */
export interface Candidate {
  readonly choice: ModelChoice;
  readonly connection: ModelConnection;
}

export interface ResolvedRoute extends Omit<ModelRoute, 'models'> {
  readonly candidates: readonly Candidate[];
}

/** Tasks that only read and answer briefly: a small model does them as well, faster and for less. */
const SMALL: ReadonlySet<ModelTask> = new Set(['intent', 'retrieval', 'critique', 'screening']);

const route = (
  timeLimitMs: number,
  firstPieceMs: number,
  maxOutputTokens: number,
  temperature = 0,
): Omit<ModelRoute, 'models'> => ({
  ...{ timeLimitMs, firstPieceMs, maxOutputTokens, temperature },
  hedgeAfterMs: null,
});

/**
 * Built-in routes. A rep waits for all but the first card, which is the local one; so what goes before drafting must be
 * quick, and drafting may take as long as reading it is still useful.
 */
export const builtInRoutes: Readonly<Record<ModelTask, Omit<ModelRoute, 'models'>>> = {
  intent: route(4000, 3000, 400),
  retrieval: route(4000, 3000, 400),
  tools: route(8000, 5000, 600),
  drafting: route(45_000, 12_000, 1500, 0.3),
  critique: route(15_000, 8000, 1500),
  rewrite: route(30_000, 10_000, 1500, 0.3),
  summary: route(20_000, 10_000, 800),
  screening: route(4000, 3000, 200),
};

/** How a task is done by these settings; models that are not there any more are left out. */
export function resolveRoute(settings: ModelSettings, task: ModelTask): ResolvedRoute {
  const own = settings.routes[task];
  const { models, ...rest } = own ?? {};
  const chain = models ?? (SMALL.has(task) && settings.small.length > 0 ? settings.small : settings.main);
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return { ...builtInRoutes[task], ...given, candidates: chain.flatMap((id) => candidate(settings, id)) };
}

/** The model of an id with its connection; none when one of them is not there. */
export function candidate(settings: ModelSettings, id: string): Candidate[] {
  const choice = settings.models.find((model) => model.id === id);
  const connection = settings.connections.find((entry) => entry.id === choice?.connection);
  return choice && connection ? [{ choice, connection }] : [];
}
