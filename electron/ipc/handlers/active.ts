import type { activeRoutes } from '../../../shared/contracts/ipc/active.js';
import type { ActiveDesk } from '../../active/active-conversation.js';
import type { Handlers } from '../router.js';

export function activeHandlers(active: ActiveDesk): Handlers<keyof typeof activeRoutes> {
  return {
    'active.read': () => active.state(),
    'active.follow': ({ isOn }) => active.follow(isOn),
  };
}
