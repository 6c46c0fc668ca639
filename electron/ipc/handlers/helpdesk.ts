import type { helpdeskRoutes } from '../../../shared/contracts/ipc/helpdesk.js';
import type { HelpdeskService } from '../../helpdesk/helpdesk-service.js';
import type { Handlers } from '../router.js';

export function helpdeskHandlers(helpdesks: HelpdeskService): Handlers<keyof typeof helpdeskRoutes> {
  return {
    'helpdesk.read': () => helpdesks.view(),
    'helpdesk.test': ({ connection, token }) => helpdesks.test(connection, token),
    'helpdesk.save': ({ connection, token }) => helpdesks.save(connection, token),
    'helpdesk.remove': ({ id }) => helpdesks.remove(id),
    'helpdesk.find': async ({ text }) => ({ conversationId: await helpdesks.find(text) }),
    'helpdesk.paste': ({ text }) => ({ conversationId: helpdesks.paste(text) }),
  };
}
