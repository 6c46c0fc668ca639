import type { ReleaseManifest } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import {
  joinByCode,
  pendingFrom,
  readHubAddress,
  readInvitation,
  type PendingMembership,
} from '../sync/join.js';
import type { AppliedRelease } from '../sync/release-target.js';
import type { Membership } from '../sync/membership.js';
import { signInAtCompany, type OpenBrowser } from './company-sign-in.js';

/** An address with the code in it (`https://hub.example.com#CODE`), or the two apart. */
export interface InvitationText {
  readonly address: string;
  readonly code: string;
}

export interface JoinDeps {
  readonly deviceName: string;
  readonly openBrowser: OpenBrowser;
  readonly now: () => Date;
}

/** @throws AppErrorException HUB_INVITE_INVALID, HUB_NOT_A_HUB, HUB_UNREACHABLE and what else the hub says. */
export async function joinWithCode(
  { address, code }: InvitationText,
  { deviceName, now }: JoinDeps,
  signal: AbortSignal,
): Promise<PendingMembership> {
  return joinByCode(readInvitation(address, code), deviceName, now(), signal);
}

/**
 * Lets the person sign in at the company in the system's browser, then joins with what the company says.
 * @throws AppErrorException TEAM_SIGN_IN_FAILED, HUB_OIDC_REFUSED, and as {@link joinWithCode}.
 */
export async function joinThroughCompany(
  address: string,
  { deviceName, openBrowser, now }: JoinDeps,
  signal: AbortSignal,
): Promise<PendingMembership> {
  const hubUrl = readHubAddress(withoutCode(address));
  const hub = createHubClient({ baseUrl: hubUrl, tokens: null });
  const { provider } = await hub.request('access.oidc', {}, signal);
  if (!provider) throw new AppErrorException('HUB_OIDC_REFUSED', 'this hub has no company sign-in');
  const { idToken, nonce } = await signInAtCompany(provider, openBrowser, signal);
  const joined = await hub.request('access.oidc_join', { body: { idToken, nonce, deviceName } }, signal);
  return pendingFrom(hubUrl, joined, now());
}

/** Host of the company's sign-in of a hub; null where it offers none. @throws as {@link joinWithCode}. */
export async function companySignInOf(address: string, signal: AbortSignal): Promise<string | null> {
  const hub = createHubClient({ baseUrl: readHubAddress(withoutCode(address)), tokens: null });
  const { provider } = await hub.request('access.oidc', {}, signal);
  return provider && new URL(provider.issuer).host;
}

/** A hub with the tokens of a membership that was not confirmed. */
export function hubOf({ membership, joined }: PendingMembership): HubClient {
  const tokens = {
    accessToken: () => Promise.resolve(joined.tokens.accessToken),
    expired: () => undefined,
    refused: () => undefined,
  };
  return createHubClient({ baseUrl: membership.hubUrl, tokens });
}

/** The team whose data lies here, when that is another one than the team that is joined. */
export function otherTeamHere(
  joining: Membership,
  kept: Membership | null,
  held: AppliedRelease | null,
): string | null {
  const { id } = joining.workspace;
  const heldBy = held && (JSON.parse(held.signed.manifest) as ReleaseManifest).workspaceId;
  const isOther = (kept !== null && kept.workspace.id !== id) || (heldBy !== null && heldBy !== id);
  return isOther ? (kept?.workspace.name ?? '') : null;
}

const withoutCode = (address: string): string => address.trim().split('#')[0] ?? '';
