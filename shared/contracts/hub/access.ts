import { z } from 'zod';

import { Member, Role } from '../../domain/member.js';
import { TeamKey } from '../../domain/release.js';
import { defineEndpoint } from './define-endpoint.js';

/** What a device holds after it joined. Tokens are opaque; the refresh token is used once and answered by the next one. */
export const Tokens = z.object({
  accessToken: z.string(),
  accessExpiresAt: z.iso.datetime(),
  refreshToken: z.string(),
});
export type Tokens = z.infer<typeof Tokens>;

export const Workspace = z.object({ id: z.uuid(), name: z.string(), createdAt: z.iso.datetime() });
export type Workspace = z.infer<typeof Workspace>;

export const Joined = z.object({
  tokens: Tokens,
  member: Member,
  workspace: Workspace,
  /** The chain from the first key to the one that signs now; the device pins the last after the person compared its words. */
  teamKeys: z.array(TeamKey).min(1),
});
export type Joined = z.infer<typeof Joined>;

export const Invite = z.object({
  id: z.uuid(),
  role: Role,
  name: z.string(),
  email: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type Invite = z.infer<typeof Invite>;

const deviceName = z.string().min(1).max(200);
const name = z.string().trim().min(1).max(200);
const byId = z.object({ id: z.uuid() });

export const accessEndpoints = {
  'access.join': defineEndpoint({
    method: 'POST',
    path: '/v1/join',
    summary: 'Join a team with a one-time invite code.',
    access: 'public',
    body: z.object({ code: z.string().min(1).max(200), deviceName }),
    answer: Joined,
  }),
  'access.oidc': defineEndpoint({
    method: 'GET',
    path: '/v1/oidc',
    summary: 'How to sign in through the company, if this hub allows it.',
    access: 'public',
    answer: z.object({
      provider: z.object({ issuer: z.url(), clientId: z.string(), scope: z.string() }).nullable(),
    }),
  }),
  'access.oidc_join': defineEndpoint({
    method: 'POST',
    path: '/v1/oidc/join',
    summary: 'Join with an ID token of the company; the person must have been invited by e-mail address.',
    access: 'public',
    body: z.object({ idToken: z.string().max(20_000), nonce: z.string().max(200), deviceName }),
    answer: Joined,
  }),
  'access.refresh': defineEndpoint({
    method: 'POST',
    path: '/v1/token',
    summary: 'Exchange a refresh token; a token that was used before ends the session.',
    access: 'public',
    body: z.object({
      refreshToken: z.string().max(200),
      /** Made by the device and kept by it before it asks: whoever shows it again made this exchange, and its answer was lost. */
      exchangeKey: z.string().min(32).max(200).optional(),
    }),
    answer: Tokens,
  }),
  'access.leave': defineEndpoint({
    method: 'POST',
    path: '/v1/leave',
    summary: 'End the session of this device.',
    access: ['rep', 'lead', 'operator'],
  }),
  'access.me': defineEndpoint({
    method: 'GET',
    path: '/v1/me',
    summary: 'Who this device is signed in as.',
    access: ['rep', 'lead', 'operator'],
    answer: z.object({ member: Member.nullable(), workspace: Workspace }),
  }),
  'access.team_keys': defineEndpoint({
    method: 'GET',
    path: '/v1/team-keys',
    summary: 'The public keys of the team, oldest first.',
    access: ['rep', 'lead', 'operator'],
    answer: z.object({ teamKeys: z.array(TeamKey) }),
  }),
  'access.rotate_team_key': defineEndpoint({
    method: 'POST',
    path: '/v1/team-keys/rotate',
    summary: 'Make a new key that the present one endorses; releases from now on are signed with it.',
    access: ['operator'],
    answer: z.object({ teamKey: TeamKey }),
  }),
  'members.list': defineEndpoint({
    method: 'GET',
    path: '/v1/members',
    summary: 'All members, oldest first.',
    access: ['lead', 'operator'],
    answer: z.object({ members: z.array(Member) }),
  }),
  'members.invites': defineEndpoint({
    method: 'GET',
    path: '/v1/invites',
    summary: 'Invites that were not used yet.',
    access: ['lead', 'operator'],
    answer: z.object({ invites: z.array(Invite) }),
  }),
  'members.invite': defineEndpoint({
    method: 'POST',
    path: '/v1/invites',
    summary: 'Invite somebody; the code is shown once. A lead may invite reps.',
    access: ['lead', 'operator'],
    body: z.object({
      role: Role,
      name,
      email: z.email().max(320).nullable().default(null),
      expiresInHours: z
        .int()
        .min(1)
        .max(24 * 30)
        .default(72),
    }),
    answer: z.object({ invite: Invite, code: z.string() }),
  }),
  'members.cancel_invite': defineEndpoint({
    method: 'DELETE',
    path: '/v1/invites/:id',
    summary: 'Make an unused invite worthless. A lead may cancel those for reps.',
    access: ['lead', 'operator'],
    params: byId,
  }),
  'members.change_role': defineEndpoint({
    method: 'PATCH',
    path: '/v1/members/:id',
    summary: 'Give a member another role; its devices have it at their next request.',
    access: ['operator'],
    params: byId,
    body: z.object({ role: Role }),
    answer: Member,
  }),
  'members.revoke': defineEndpoint({
    method: 'POST',
    path: '/v1/members/:id/revoke',
    summary:
      'End all sessions of a member; with `wipe` its devices delete what they hold at their next contact.',
    access: ['operator'],
    params: byId,
    body: z.object({ wipe: z.boolean() }),
    answer: Member,
  }),
  'workspaces.list': defineEndpoint({
    method: 'GET',
    path: '/v1/workspaces',
    summary: 'All workspaces of this hub. Only with the hub key.',
    access: 'hub_key',
    answer: z.object({ workspaces: z.array(Workspace) }),
  }),
  'workspaces.create': defineEndpoint({
    method: 'POST',
    path: '/v1/workspaces',
    summary:
      'Make a workspace with a key of its own and an invite for its first operator. Only with the hub key.',
    access: 'hub_key',
    body: z.object({ name }),
    answer: z.object({ workspace: Workspace, code: z.string() }),
  }),
} as const;

/** With the hub key, names the workspace a request is about; not needed where the hub has just one. */
export const WORKSPACE_HEADER = 'cuecard-workspace';
