import type { Handlers } from '../http/handlers.js';
import type { Access } from './access.js';

type Names =
  | `access.${'join' | 'oidc' | 'oidc_join' | 'refresh' | 'leave' | 'me' | 'team_keys' | 'rotate_team_key'}`
  | `members.${'list' | 'invites' | 'invite' | 'cancel_invite' | 'change_role' | 'revoke'}`
  | `workspaces.${'list' | 'create'}`;

export function accessHandlers(access: Access): Handlers<Names> {
  const { database, sessions, invites, members, workspaces, teamKeys, join, identityProvider } = access;
  return {
    'access.join': async ({ body }) => join.byCode(body.code, body.deviceName),
    'access.oidc': () => ({ provider: identityProvider?.description ?? null }),
    'access.oidc_join': async ({ body }) => join.byIdToken(body.idToken, body.nonce, body.deviceName),
    'access.refresh': async ({ body }) => sessions.refresh(body),
    'access.leave': async ({ principal }) => sessions.leave(principal),
    'access.me': async ({ principal: { workspaceId, memberId } }) => ({
      member: memberId === null ? null : await members.find(database, workspaceId, memberId),
      workspace: await workspaces.read(database, workspaceId),
    }),
    'access.team_keys': async ({ principal }) => ({
      teamKeys: await teamKeys.list(database, principal.workspaceId),
    }),
    'access.rotate_team_key': async ({ principal }) => ({ teamKey: await teamKeys.rotate(principal) }),
    'members.list': async ({ principal }) => ({ members: await members.list(principal.workspaceId) }),
    'members.invites': async ({ principal }) => ({ invites: await invites.list(principal.workspaceId) }),
    'members.invite': async ({ principal, body }) => invites.invite(principal, body),
    'members.cancel_invite': async ({ principal, params }) => invites.cancel(principal, params.id),
    'members.change_role': async ({ principal, params, body }) =>
      members.changeRole(principal, params.id, body.role),
    'members.revoke': async ({ principal, params, body }) => members.revoke(principal, params.id, body.wipe),
    'workspaces.list': async () => ({ workspaces: await workspaces.list() }),
    'workspaces.create': async ({ body }) => workspaces.create(body.name),
  };
}
