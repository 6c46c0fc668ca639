import type { playbookRoutes } from '../../../shared/contracts/ipc/playbook.js';
import type { PlaybookService } from '../../playbooks/playbook-service.js';
import type { Handlers } from '../router.js';

export function playbookHandlers(playbooks: PlaybookService): Handlers<keyof typeof playbookRoutes> {
  return {
    'playbook.ticks': ({ conversationId }) => playbooks.ticks(conversationId),
    'playbook.tick': ({ conversationId, intent, stepId, mark }) =>
      playbooks.tick(conversationId, intent, stepId, mark),
    'playbook.try': ({ conversationId, playbook }) => playbooks.tryPlaybook(conversationId, playbook),
    'policy.try': ({ conversationId, policy, amount }) => playbooks.tryPolicy(conversationId, policy, amount),
  };
}
