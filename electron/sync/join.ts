import type { Joined } from '../../shared/contracts/hub/access.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { trustedKeys, wordsOf } from '../../release/team-key.js';
import { createHubClient, type HubClient } from './hub-client.js';
import type { Membership } from './membership.js';

/** Where and with what to join. */
export interface Invitation {
  readonly hubUrl: string;
  readonly code: string;
}

/** Let in by the hub, not used yet: the person first compares the words. */
export interface PendingMembership {
  readonly membership: Membership;
  readonly joined: Joined;
  /** The team's key in eight words. */
  readonly words: readonly string[];
}

/**
 * Reads `https://hub.example.com#CODE`, or an address and a code apart; an address without a scheme means https, but for this machine.
 * @throws AppErrorException HUB_INVITE_INVALID, HUB_ADDRESS_INVALID.
 */
export function readInvitation(address: string, code = ''): Invitation {
  const [place = '', ...rest] = address.trim().split('#');
  const given = (code.trim() || rest.join('#')).trim();
  if (given === '') throw new AppErrorException('HUB_INVITE_INVALID', 'there is no code');
  return { hubUrl: readHubAddress(place), code: given };
}

/** @throws AppErrorException HUB_ADDRESS_INVALID. */
export function readHubAddress(address: string): string {
  const text = address.trim();
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(text);
  const full = /^https?:\/\//i.test(text) ? text : `${isLocal ? 'http' : 'https'}://${text}`;
  try {
    const { origin, pathname, protocol, hostname } = new URL(full);
    const isSafe = protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
    if (!isSafe) throw new TypeError('not encrypted');
    return `${origin}${pathname}`.replace(/\/+$/, '');
  } catch (cause) {
    const reason = cause instanceof Error && cause.message === 'not encrypted' ? 'use https' : text;
    throw new AppErrorException('HUB_ADDRESS_INVALID', reason, { cause });
  }
}

/** Uses the code. What comes back is kept once the person has said that the words match. */
export async function joinByCode(
  { hubUrl, code }: Invitation,
  deviceName: string,
  now: Date,
  signal?: AbortSignal,
): Promise<PendingMembership> {
  const open = createHubClient({ baseUrl: hubUrl, tokens: null });
  const joined = await open.request('access.join', { body: { code, deviceName } }, signal);
  return pendingFrom(hubUrl, joined, now);
}

/** @throws AppErrorException RELEASE_SIGNATURE_INVALID when the chain of keys the hub shows is broken. */
export function pendingFrom(hubUrl: string, joined: Joined, now: Date): PendingMembership {
  const { workspace, member, teamKeys } = joined;
  const [first] = teamKeys;
  if (!first) throw new AppErrorException('RELEASE_SIGNATURE_INVALID', 'the team has no key');
  const newest = trustedKeys(first, teamKeys, workspace.id).at(-1) ?? first;
  return {
    joined,
    membership: { hubUrl, workspace, member, joinedAt: now.toISOString(), pinnedKey: newest, keys: [newest] },
    words: wordsOf(newest.publicKey),
  };
}

/** Keys the hub shows now, as far as they follow from the pinned one. */
export async function followKeys(
  client: Pick<HubClient, 'request'>,
  { pinnedKey, workspace }: Membership,
  signal?: AbortSignal,
): Promise<Membership['keys']> {
  const { teamKeys } = await client.request('access.team_keys', {}, signal);
  return trustedKeys(pinnedKey, teamKeys, workspace.id);
}
