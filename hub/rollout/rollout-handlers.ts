import type { Handlers } from '../http/handlers.js';
import type { RolloutService } from './rollout-service.js';

export function rolloutHandlers(
  rollout: RolloutService,
): Handlers<'rollout.read' | 'rollout.change' | 'sync.check'> {
  return {
    'rollout.read': async ({ principal }) => rollout.read(principal.workspaceId),
    'rollout.change': async ({ principal, body }) => rollout.change(principal, body),
    'sync.check': async ({ principal, body }) => rollout.check(principal, body),
  };
}
