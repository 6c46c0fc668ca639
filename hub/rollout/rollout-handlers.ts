import type { Handlers } from '../http/handlers.js';
import type { RolloutService } from './rollout-service.js';

export function rolloutHandlers(
  rollout: RolloutService,
): Handlers<'rollout.read' | 'rollout.change' | 'rollout.running' | 'sync.check'> {
  return {
    'rollout.read': async ({ principal }) => rollout.read(principal.workspaceId),
    'rollout.change': async ({ principal, body }) => rollout.change(principal, body),
    'rollout.running': async ({ principal }) => ({ running: await rollout.running(principal.workspaceId) }),
    'sync.check': async ({ principal, body }) => rollout.check(principal, body),
  };
}
