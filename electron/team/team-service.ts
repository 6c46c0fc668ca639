import { setTimeout as wait } from 'node:timers/promises';

import type { TeamStatus } from '../../shared/domain/team-status.js';
import { appError, AppErrorException, errorCodeOf, type AppError } from '../../shared/errors/app-error.js';
import type { HubClient } from '../sync/hub-client.js';
import type { PendingMembership } from '../sync/join.js';
import { createMembershipFile, type Membership } from '../sync/membership.js';
import { companySignInOf, hubOf, joinThroughCompany, joinWithCode, otherTeamHere } from './join-team.js';
import type { InvitationText, JoinDeps } from './join-team.js';
import { openJoinedTeam, type JoinedTeam, type JoinedTeamDeps, type OpenWhileJoined } from './joined-team.js';
import { keepMembership } from './keep-membership.js';
import { lookForWipe } from './look-for-wipe.js';
import { markRemoval, type Removal } from '../workspace/remove-team-data.js';
import { EndedMembership, readJson, removeFile, teamFiles, writeJson } from '../workspace/team-files.js';
import { statusOf, type PendingTeam } from './team-status.js';
import { createTokenVault, type SecretPlace } from './token-vault.js';

export interface TeamServiceDeps
  extends
    JoinDeps,
    Pick<JoinedTeamDeps, 'target' | 'freeBytes' | 'appVersion' | 'createLogger' | 'hubFetch'> {
  /** Folder for what is kept of the membership. */
  readonly membershipDir: string;
  readonly tokens: SecretPlace;
  /** A removal was marked: everything of the workspace is to be closed, `finishRemoval` called, and opened anew. */
  readonly onRemoval: () => void;
  /** Pauses before a removal that could not be marked is tried again, in milliseconds. */
  readonly removalRetryMs?: readonly number[];
}

/** The team of this computer: joining it, staying in sync with it, leaving it. */
export interface TeamService {
  status(): TeamStatus;
  /** Returns the function that stops listening. */
  onStatusChanged(listener: (status: TeamStatus) => void): () => void;
  /** Host of the company's sign-in; null where the hub offers none. @throws AppErrorException HUB_NOT_A_HUB, HUB_UNREACHABLE. */
  companySignIn(address: string): Promise<string | null>;
  /**
   * Uses the invite. Status is then `to_confirm`, and nothing is kept before {@link confirm}.
   * @throws AppErrorException TEAM_ALREADY_JOINED, TEAM_JOIN_CANCELLED, HUB_INVITE_INVALID and what else the hub says.
   */
  begin(invitation: InvitationText): Promise<void>;
  /** As {@link begin}, with the company's sign-in in the system's browser. @throws AppErrorException besides, TEAM_SIGN_IN_FAILED. */
  beginAtCompany(address: string): Promise<void>;
  /** The words match: keeps the membership and begins to sync. @throws AppErrorException TEAM_NOTHING_TO_CONFIRM, WORKSPACE_NOT_WRITABLE. */
  confirm(): void;
  /** Stops joining; one that waited for confirmation is ended at the hub as well. */
  cancel(): Promise<void>;
  /** Ends the session at the hub and deletes the team's data here. After the end of a membership: forgets it, with the data that is left. */
  leave(): Promise<void>;
  /** Asks the hub now. Does nothing without a team. */
  retryNow(): Promise<void>;
  /** Null without a team. */
  hub(): HubClient | null;
  /** Opens something at once or when a team is joined, each time; closes it when the membership ends or the app does. */
  whileJoined(open: OpenWhileJoined): void;
  start(): void;
  close(): Promise<void>;
}

const CANCEL_LIMIT_MS = 2000;
/** A disk is seldom full for longer while somebody works at it; afterwards the next start does it. */
const REMOVAL_RETRY_MS = [5000, 30_000, 120_000, 600_000] as const;

export function createTeamService(deps: TeamServiceDeps): TeamService {
  const { tokens, target, now, removalRetryMs = REMOVAL_RETRY_MS } = deps;
  const log = deps.createLogger('team');
  const files = teamFiles(deps.membershipDir);
  const file = createMembershipFile(files.membership);
  const listeners = new Set<(status: TeamStatus) => void>();
  const opens: OpenWhileJoined[] = [];
  const closing = new AbortController();
  let ended = readJson(files.ended, EndedMembership);
  let pending: PendingTeam | null = null;
  let joined: JoinedTeam | null = null;
  let joining: AbortController | null = null;
  /** From here on the app is about to close all of the workspace. */
  let isRemoving = false;

  const status = (): TeamStatus =>
    statusOf({ pending, joined, ended, isEncrypted: () => tokens.isEncrypted() });
  const tell = (): void => {
    if (closing.signal.aborted) return;
    for (const listener of listeners) listener(status());
  };

  const open = (membership: Membership): void => {
    const opened = openJoinedTeam(
      {
        ...{ membership: file, vault: createTokenVault(tokens, membership), stagingFile: files.staging },
        ...{ target, freeBytes: deps.freeBytes },
        ...(deps.hubFetch && { hubFetch: deps.hubFetch }),
        ...{ appVersion: deps.appVersion, createLogger: deps.createLogger, now, onChanged: tell },
        onEnded: (error) => void onEnded(membership, error),
      },
      membership,
    );
    joined = opened;
    for (const attach of opens) opened.attach(attach);
    log.info('team.joined', { role: membership.member.role });
  };
  let closed: Promise<unknown> = Promise.resolve();
  const closeJoined = async (): Promise<void> => {
    closed = Promise.all([closed, joined?.close()]);
    joined = null;
    await closed;
  };

  const isTaken = (): boolean => joined !== null || isRemoving;
  const isJoining = (): boolean => pending !== null || joining !== null;

  const mark = (removal: Removal): void => {
    markRemoval(files, removal);
    isRemoving = true;
    log.info('team.removal_marked', { code: removal.ended?.error.code ?? 'asked' });
  };
  const unmark = (): void => {
    removeFile(files.removal);
    isRemoving = false;
  };

  /** @throws AppErrorException WORKSPACE_NOT_WRITABLE; then the data is there, and nothing says that it is gone. */
  const markWiped = (of: EndedMembership): void => {
    const told = { ...of, isWiped: true };
    mark({ ended: told, joined: null });
    ended = told;
  };
  /** Goes on trying while the data is there: the disk was full, or somebody joins, whose answer would be cut off. */
  const wipe = async (pausesMs: readonly number[]): Promise<void> => {
    for (const pause of pausesMs) {
      await wait(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      if (closing.signal.aborted || isTaken() || ended?.error.code !== 'HUB_MEMBER_WIPED') return;
      if (isJoining()) continue;
      try {
        markWiped(ended);
        return deps.onRemoval();
      } catch (cause) {
        log.error('team.removal_not_marked', { code: errorCodeOf(cause) });
      }
    }
  };

  const onEnded = async (membership: Membership, error: AppError): Promise<void> => {
    if (isRemoving) return;
    log.warn('team.ended', { code: error.code });
    const { hubUrl, workspace } = membership;
    ended = { hubUrl, teamName: workspace.name, endedAt: now().toISOString(), error, isWiped: false };
    const mustRemove = error.code === 'HUB_MEMBER_WIPED';
    let isMarked = false;
    try {
      if (mustRemove) {
        markWiped(ended);
        isMarked = true;
      }
      // What cannot be read now may be readable at the next start, as with a keychain that is locked.
      else if (createTokenVault(tokens, membership).read()) writeJson(files.ended, ended);
    } catch (cause) {
      log.error('team.end_not_written', { code: errorCodeOf(cause) });
    }
    await closeJoined();
    // It is told once it is true: when all was opened anew.
    if (isMarked) return deps.onRemoval();
    tell();
    if (mustRemove) await wipe(removalRetryMs);
  };

  const forgetEnd = (): void => {
    ended = null;
    try {
      removeFile(files.ended);
    } catch (cause) {
      // The next start asks the hub, which knows better.
      log.warn('team.end_not_removed', { code: errorCodeOf(cause) });
    }
  };

  const lookAgain = async (membership: Membership): Promise<void> => {
    const found = await lookForWipe(membership, createTokenVault(tokens, membership), closing.signal);
    if (!found || !ended || isTaken() || closing.signal.aborted) return;
    if (found.kind === 'wiped') {
      ended = { ...ended, error: appError('HUB_MEMBER_WIPED') };
      return wipe([0, ...removalRetryMs]);
    }
    if (isJoining()) return;
    file.write(found.membership);
    forgetEnd();
    open(found.membership);
    tell();
  };
  let looking: Promise<void> = Promise.resolve();

  const begin = async (join: (signal: AbortSignal) => Promise<PendingMembership>): Promise<void> => {
    if (isTaken()) throw new AppErrorException('TEAM_ALREADY_JOINED');
    const own = new AbortController();
    const isFree = service.cancel();
    joining = own;
    try {
      await isFree;
      const of = await join(own.signal);
      const replaces = otherTeamHere(of.membership, file.read(), await target.current());
      if (own.signal.aborted) {
        await endAtHub(of);
        own.signal.throwIfAborted();
      }
      if (isTaken()) {
        await endAtHub(of);
        throw new AppErrorException('TEAM_ALREADY_JOINED');
      }
      pending = { of, replaces };
      tell();
    } catch (cause) {
      throw own.signal.aborted ? new AppErrorException('TEAM_JOIN_CANCELLED') : cause;
    } finally {
      if (joining === own) joining = null;
    }
  };

  const endAtHub = async (of: PendingMembership): Promise<void> => {
    await hubOf(of)
      .request('access.leave', {}, AbortSignal.timeout(CANCEL_LIMIT_MS))
      .catch((cause: unknown) => log.info('team.not_signed_out', { code: errorCodeOf(cause) }));
  };

  const service: TeamService = {
    status,
    onStatusChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    companySignIn: (address) => companySignInOf(address, closing.signal),
    begin: (invitation) => begin((signal) => joinWithCode(invitation, deps, signal)),
    beginAtCompany: (address) => begin((signal) => joinThroughCompany(address, deps, signal)),
    confirm() {
      if (!pending) throw new AppErrorException('TEAM_NOTHING_TO_CONFIRM');
      const { of, replaces } = pending;
      // First, so that a kill in between leaves no data of another team; the mark has the membership, so that it leaves that of no other either.
      if (replaces !== null) mark({ ended: null, joined: of.membership });
      try {
        keepMembership(of, tokens, file);
      } catch (cause) {
        if (replaces !== null) unmark();
        throw cause;
      }
      forgetEnd();
      pending = null;
      if (isRemoving) return deps.onRemoval();
      open(of.membership);
      tell();
    },
    async cancel() {
      joining?.abort();
      const last = pending;
      pending = null;
      if (!last) return;
      tell();
      await endAtHub(last.of);
    },
    async leave() {
      if (ended?.isWiped) {
        forgetEnd();
        return tell();
      }
      if (isRemoving || !(joined ?? ended)) return;
      mark({ ended: null, joined: null });
      await joined?.signOut();
      await closeJoined();
      deps.onRemoval();
    },
    retryNow: async () => joined?.retryNow(),
    hub: () => joined?.hub ?? null,
    whileJoined(attach) {
      opens.push(attach);
      joined?.attach(attach);
    },
    start() {
      const membership = file.read();
      if (!membership) return;
      if (!ended) return open(membership);
      looking = lookAgain(membership).catch((cause: unknown) => {
        log.warn('team.not_looked_up', { code: errorCodeOf(cause) });
      });
    },
    async close() {
      const last = pending;
      pending = null;
      joining?.abort();
      closing.abort();
      listeners.clear();
      await Promise.all([closeJoined(), looking, last && endAtHub(last.of)]);
    },
  };
  return service;
}
