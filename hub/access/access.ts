import type { HubServices } from '../hub-services.js';
import type { HubDatabase } from '../storage/hub-database.js';
import { InviteService } from './invite-service.js';
import { JoinService } from './join-service.js';
import { MemberService } from './member-service.js';
import type { IdentityProvider } from './oidc-provider.js';
import { SessionService } from './session-service.js';
import type { TeamKeyService } from './team-key-service.js';
import { WorkspaceService } from './workspace-service.js';

/** The services that decide who gets in and what signs. */
export interface Access {
  readonly database: HubDatabase;
  readonly identityProvider: IdentityProvider | null;
  readonly sessions: SessionService;
  readonly invites: InviteService;
  readonly members: MemberService;
  readonly workspaces: WorkspaceService;
  readonly teamKeys: TeamKeyService;
  readonly join: JoinService;
}

export function createAccess(
  services: HubServices,
  teamKeys: TeamKeyService,
  identityProvider: IdentityProvider | null,
): Access {
  const { database } = services;
  const sessions = new SessionService(services);
  const invites = new InviteService(services);
  const members = new MemberService(services);
  const workspaces = new WorkspaceService(services, invites, teamKeys);
  const join = new JoinService({ services, invites, members, workspaces, teamKeys, identityProvider });
  return { database, identityProvider, sessions, invites, members, workspaces, teamKeys, join };
}
