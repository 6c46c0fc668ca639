import { setTimeout as wait } from 'node:timers/promises';

import { z } from 'zod';

import { DemoInvitation } from '../../shared/domain/demo-invitation.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { MembershipFile } from '../sync/membership.js';
import type { DemoHubFiles } from '../workspace/demo-hub-files.js';
import { readJson, writeJson } from '../workspace/team-files.js';
import type { TeamService } from './team-service.js';

export interface DemoTeamDeps {
  /** Where the demo's hub is or will be in a moment. */
  readonly hubUrl: string;
  readonly files: DemoHubFiles;
  readonly membership: Pick<MembershipFile, 'read' | 'write'>;
  readonly team: Pick<TeamService, 'status' | 'begin' | 'confirm' | 'cancel'>;
  readonly log: Logger;
}

/** That the app has joined, and which workspace. */
const Joined = z.object({ workspaceId: z.uuid() });

const LOOK_EVERY_MS = 250;
/** A first start of the hub takes seconds; one that takes longer than this did not start. */
const LOOK_FOR_MS = 120_000;

/** The demo's hub may have had to take another port: its member follows it. To be called before the team service starts. */
export function followDemoHub({ hubUrl, files, membership }: DemoTeamDeps): void {
  const kept = membership.read();
  if (!kept || kept.hubUrl === hubUrl) return;
  if (readJson(files.joined, Joined)?.workspaceId === kept.workspace.id)
    membership.write({ ...kept, hubUrl });
}

/**
 * Joins the demo's team, once, as soon as its hub has left an invitation: a person who tries the demo types nothing. Whoever leaves it or
 * joins another team is not brought back. Does not throw: without the hub the demo works as well.
 */
export async function joinDemoTeam(deps: DemoTeamDeps, signal: AbortSignal): Promise<void> {
  const { hubUrl, files, team, log } = deps;
  const isWanted = (): boolean => team.status().kind === 'not_joined' && !signal.aborted;
  if (readJson(files.joined, Joined)) return;
  try {
    const invitation = await invitationOf(deps, isWanted, signal);
    if (!invitation || !isWanted()) return;
    await team.begin({ address: hubUrl, code: invitation.code });
    const begun = team.status();
    const isSame = begun.kind === 'to_confirm' && begun.words.join(' ') === invitation.words.join(' ');
    if (!isSame) return await team.cancel();
    team.confirm();
    writeJson(files.joined, { workspaceId: invitation.workspaceId });
  } catch (cause) {
    if (!signal.aborted) log.warn('demo.not_joined', { code: errorCodeOf(cause) });
  }
}

async function invitationOf(
  { hubUrl, files }: Pick<DemoTeamDeps, 'hubUrl' | 'files'>,
  isWanted: () => boolean,
  signal: AbortSignal,
): Promise<DemoInvitation | null> {
  const until = Date.now() + LOOK_FOR_MS;
  while (isWanted() && Date.now() < until) {
    const invitation = readJson(files.invitation, DemoInvitation);
    // One of a hub that was killed names another address, or a code that was used or cancelled.
    if (invitation?.url === hubUrl) return invitation;
    await wait(LOOK_EVERY_MS, undefined, { signal, ref: false });
  }
  return null;
}
