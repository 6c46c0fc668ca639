import type { ModelFailureCode, ModelTask } from '../../../shared/domain/model-run.js';
import type { ModelSettings } from '../../../shared/domain/model-settings.js';
import type { ModelBudget } from '../model-budget.js';
import { candidate, resolveRoute, type ResolvedRoute } from './routes.js';

/** The models that may be asked for a task by settings and budget, or why none may. */
export function admit(
  settings: ModelSettings,
  budget: ModelBudget,
  task: ModelTask,
): ResolvedRoute | ModelFailureCode {
  if (!settings.isOn) return 'MODEL_NOT_SET_UP';
  const route = resolveRoute(settings, task);
  if (route.candidates.length === 0) return 'MODEL_NOT_SET_UP';
  const { limits } = settings;
  if (limits.atLimit === 'warn' || !budget.isReached(limits)) return route;
  if (limits.atLimit === 'local' || limits.cheaperModel === null) return 'MODEL_OVER_BUDGET';
  const cheaper = candidate(settings, limits.cheaperModel);
  return cheaper.length === 0 ? 'MODEL_OVER_BUDGET' : { ...route, candidates: cheaper };
}
