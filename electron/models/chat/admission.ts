import type { ModelFailureCode, ModelTask } from '../../../shared/domain/model-run.js';
import type { ModelLimits, ModelSettings } from '../../../shared/domain/model-settings.js';
import type { ModelBudget, UsageEstimate } from '../model-budget.js';
import { costMicros } from './cost.js';
import { candidate, resolveRoute, type Candidate, type ResolvedRoute } from './routes.js';

/**
 * The models that may be asked for a task by settings and budget, or why none may.
 * @param inputTokens of what will be read; null where that is not known yet, and only a limit that is used up counts.
 */
export function admit(
  settings: ModelSettings,
  budget: ModelBudget,
  task: ModelTask,
  inputTokens: number | null,
): ResolvedRoute | ModelFailureCode {
  if (!settings.isOn) return 'MODEL_NOT_SET_UP';
  const route = resolveRoute(settings, task);
  const [first] = route.candidates;
  if (!first) return 'MODEL_NOT_SET_UP';
  const { limits } = settings;
  const next = inputTokens === null ? [] : [estimateOf(first, inputTokens, route, settings)];
  if (limits.atLimit === 'warn' || !budget.isReached(limits, ...next)) return route;
  if (limits.atLimit === 'local' || limits.cheaperModel === null) return 'MODEL_OVER_BUDGET';
  const cheaper = candidate(settings, limits.cheaperModel);
  return cheaper.length === 0 ? 'MODEL_OVER_BUDGET' : { ...route, candidates: cheaper };
}

/** What one request to a model uses at most: all it reads, and all it may write. */
export function estimateOf(
  { choice }: Candidate,
  inputTokens: number,
  { maxOutputTokens }: ResolvedRoute,
  { prices }: ModelSettings,
): UsageEstimate {
  const cost = costMicros(choice.model, { inputTokens, outputTokens: maxOutputTokens }, prices);
  return { tokens: inputTokens + maxOutputTokens, costMicros: cost };
}

/** The limits a request to a model is held to; null where it is asked whatever was used: by a limit that only warns, or as the cheaper model. */
export function limitsFor({ choice }: Candidate, { limits }: ModelSettings): ModelLimits | null {
  if (limits.atLimit === 'warn') return null;
  return limits.atLimit === 'cheaper' && choice.id === limits.cheaperModel ? null : limits;
}
