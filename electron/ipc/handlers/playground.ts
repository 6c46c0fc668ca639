import type { playgroundRoutes } from '../../../shared/contracts/ipc/playground.js';
import type { Playground } from '../../suggestions/playground.js';
import type { Handlers } from '../router.js';

export function playgroundHandlers(playground: Playground): Handlers<keyof typeof playgroundRoutes> {
  return {
    'playground.prompts': () => playground.prompts(),
    'playground.run': ({ conversationId, prompts, stage }) => playground.run(conversationId, prompts, stage),
    'playground.cancel': () => playground.cancel(),
  };
}
