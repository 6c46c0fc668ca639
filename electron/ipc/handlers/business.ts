import type { businessRoutes } from '../../../shared/contracts/ipc/business.js';
import type { BusinessService } from '../../business/business-service.js';
import type { Handlers } from '../router.js';

export function businessHandlers(business: BusinessService): Handlers<keyof typeof businessRoutes> {
  return {
    'business.read': () => business.view(),
    'business.test': ({ system, secret }) => business.test(system, secret),
    'business.save': ({ system, secret }) => business.save(system, secret),
    'business.remove': ({ id }) => business.remove(id),
  };
}
