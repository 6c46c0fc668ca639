import type { actionRoutes } from '../../../shared/contracts/ipc/action.js';
import type { ActionDesk } from '../../actions/action-desk.js';
import type { Handlers } from '../router.js';

export function actionHandlers(desk: ActionDesk): Handlers<keyof typeof actionRoutes> {
  const { service } = desk;
  return {
    'action.list': ({ conversationId }) => [...service.ofConversation(conversationId)],
    'action.offered': () => desk.offered(),
    'action.start': async ({ conversationId, ...change }) => {
      await desk.start(conversationId, change);
      return [...service.ofConversation(conversationId)];
    },
    'action.edit': ({ id, input }) => service.edit(id, input),
    'action.approve': ({ id, seenAt }) => service.approve(id, seenAt),
    'action.refuse': ({ id, reason }) => service.refuse(id, reason),
    'action.retry': ({ id }) => service.retry(id),
    'action.look_again': ({ id }) => service.lookAgain(id),
    'action.settle': ({ id, wasDone }) => service.settleByHand(id, wasDone),
  };
}
