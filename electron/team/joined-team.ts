import type { HubEvent } from '../../shared/contracts/hub/events.js';
import type { SyncStatus } from '../../shared/domain/sync-status.js';
import { AppErrorException, errorCodeOf, type AppError } from '../../shared/errors/app-error.js';
import type { CreateLogger } from '../../shared/lib/logger.js';
import { createHubClient, type HubClient, type HubClientOptions } from '../sync/hub-client.js';
import type { Membership, MembershipFile } from '../sync/membership.js';
import type { ReleaseTarget } from '../sync/release-target.js';
import { createSession, type TokenVault } from '../sync/session.js';
import { openStaging } from '../sync/staging.js';
import { createSyncService } from '../sync/sync-service.js';

/** What hangs on the membership: opened with it, closed before it. */
export interface Attachment {
  /** Told what the hub announces besides releases. */
  onHubEvent?(event: HubEvent): void;
  /** The hub answers again after it could not be reached, or its events are heard again: some may have been missed. */
  onReachable?(): void;
  close(): Promise<void> | void;
}

export type OpenWhileJoined = (hub: HubClient, membership: Membership) => Attachment;

export interface JoinedTeamDeps {
  readonly membership: MembershipFile;
  readonly vault: TokenVault;
  readonly stagingFile: string;
  readonly target: ReleaseTarget;
  readonly freeBytes: () => Promise<number>;
  readonly appVersion: string;
  readonly createLogger: CreateLogger;
  readonly now: () => Date;
  /** What sends requests to the hub; the platform's own `fetch` when left out. */
  readonly hubFetch?: HubClientOptions['fetchFor'];
  readonly onEnded: (error: AppError) => void;
  /** Of the sync, or of the membership itself, as when the member got another role. */
  readonly onChanged: () => void;
}

/** One membership at work: its session, its sync, and what others hung onto it. */
export interface JoinedTeam {
  readonly hub: HubClient;
  membership(): Membership;
  sync(): SyncStatus;
  retryNow(): Promise<void>;
  attach(open: OpenWhileJoined): () => Promise<void>;
  /** Ends the session at the hub, if it can be reached within moments. */
  signOut(): Promise<void>;
  close(): Promise<void>;
}

/** An exchange of tokens that is under way may take so long when the app closes. */
export const EXCHANGE_LIMIT_MS = 3000;
const SIGN_OUT_LIMIT_MS = 4000;

export function openJoinedTeam(deps: JoinedTeamDeps, joined: Membership): JoinedTeam {
  const { vault, onChanged, createLogger } = deps;
  const log = createLogger('team');
  const attached = new Set<Attachment>();
  const closing = new AbortController();
  let { member, workspace } = joined;

  const session = createSession(vault, createHubClient({ baseUrl: joined.hubUrl, tokens: null }));
  const hub = createHubClient({
    ...{ baseUrl: joined.hubUrl, tokens: session },
    ...(deps.hubFetch && { fetchFor: deps.hubFetch }),
  });
  const staging = openStaging(deps.stagingFile);
  const current = (): Membership => ({ ...(deps.membership.read() ?? joined), member, workspace });

  /** The member may have got another role, or be one no more, which its session then says. */
  const lookUpMember = async (): Promise<void> => {
    const now = await hub.request('access.me', {}, closing.signal);
    if (!now.member) return;
    const isSame =
      now.member.role === member.role && now.member.id === member.id && now.workspace.name === workspace.name;
    if (isSame) return;
    ({ member, workspace } = { member: now.member, workspace: now.workspace });
    deps.membership.write(current());
    onChanged();
  };
  const followMember = (): void => {
    lookUpMember().catch((cause: unknown) => {
      if (!closing.signal.aborted) log.info('member.not_looked_up', { code: errorCodeOf(cause) });
    });
  };

  const sync = createSyncService({
    client: hub,
    // What was joined goes on where its file is lost meanwhile.
    membership: { read: current, write: (next) => deps.membership.write(next) },
    ...{ staging, target: deps.target, freeBytes: deps.freeBytes },
    appVersion: deps.appVersion,
    log: createLogger('sync'),
    now: deps.now,
    onHubEvent(event) {
      if (event.name === 'member_changed' && event.memberId === member.id) followMember();
      for (const attachment of attached) attachment.onHubEvent?.(event);
    },
    onListening() {
      for (const attachment of attached) attachment.onReachable?.();
    },
  });
  session.onEnded(deps.onEnded);
  let isAway = false;
  sync.onStatusChanged(({ activity: { kind } }) => {
    if (isAway && kind === 'idle') for (const attachment of attached) attachment.onReachable?.();
    // A try in between says nothing yet.
    if (kind === 'idle' || kind === 'offline') isAway = kind === 'offline';
    onChanged();
  });
  sync.start();
  followMember();

  return {
    hub,
    membership: current,
    sync: () => sync.status(),
    retryNow: () => sync.retryNow(),
    attach(open) {
      const attachment = open(hub, current());
      attached.add(attachment);
      return async () => {
        if (attached.delete(attachment)) await attachment.close();
      };
    },
    async signOut() {
      const limit = AbortSignal.timeout(SIGN_OUT_LIMIT_MS);
      await hub.request('access.leave', {}, limit).catch((cause: unknown) => {
        log.info('team.not_signed_out', { code: errorCodeOf(cause) });
      });
    },
    async close() {
      closing.abort(new AppErrorException('TEAM_JOIN_CANCELLED', 'closing'));
      const open = [...attached];
      attached.clear();
      await Promise.all([
        session.close(EXCHANGE_LIMIT_MS),
        sync.close(),
        ...open.map((attachment) => attachment.close()),
      ]);
      staging.close();
    },
  };
}
