import type { modelRoutes } from '../../../shared/contracts/ipc/models.js';
import type { ChatService } from '../../chat/chat-service.js';
import type { Handlers } from '../router.js';

export function modelHandlers(models: ChatService): Handlers<keyof typeof modelRoutes> {
  return {
    'models.read': () => models.view(),
    'models.test': ({ connection, model, secrets }) => models.test(connection, model, secrets),
    'models.save': ({ settings, secrets }) => models.save(settings, secrets),
    'models.use_team': () => models.useTeam(),
    'models.forget_key': ({ connection }) => models.forgetKey(connection),
  };
}
