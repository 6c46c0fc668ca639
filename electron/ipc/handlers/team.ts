import type { teamRoutes } from '../../../shared/contracts/ipc/team.js';
import type { TeamService } from '../../team/team-service.js';
import type { Handlers } from '../router.js';

export function teamHandlers(team: TeamService): Handlers<keyof typeof teamRoutes> {
  return {
    'team.status': () => team.status(),
    'team.company_sign_in': async ({ address }) => ({ host: await team.companySignIn(address) }),
    'team.join': (invitation) => team.begin(invitation),
    'team.join_at_company': ({ address }) => team.beginAtCompany(address),
    'team.confirm': () => team.confirm(),
    'team.cancel': () => team.cancel(),
    'team.leave': () => team.leave(),
    'team.retry_now': () => team.retryNow(),
  };
}
