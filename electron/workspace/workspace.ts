import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { finishRemoval } from './remove-team-data.js';
import { MEMBERSHIP_FOLDER } from './team-files.js';

/** The files of one workspace: what one team's reps need on one machine. */
export interface WorkspacePaths {
  readonly dir: string;
  /** What the team is called until its own profile says more. */
  readonly name: string;
  /** Team files: profile, intents, macros, escalation policy. */
  readonly teamDir: string;
  /** Decisions and suggestions: what a rep cannot repeat. */
  readonly deskDatabase: string;
  /** Checkpoints of runs: made again when lost. */
  readonly runsDatabase: string;
  /** What left this computer, byte for byte. */
  readonly ledgerDatabase: string;
  /** Orders and customers the look-up tools read. */
  readonly shopDatabase: string;
  readonly settings: string;
  /** Which model passages and questions are found with. */
  readonly embedder: string;
  /** Which chat models are used, and how much; never a key. */
  readonly models: string;
  /** What may leave this computer. */
  readonly privacy: string;
  /** Which helpdesks are connected; never a token. */
  readonly helpdesks: string;
  /** Which business systems are connected; never a secret. */
  readonly businessSystems: string;
  /** What was read from helpdesks. */
  readonly helpdeskDatabase: string;
  /** What helpdesks told by events. */
  readonly helpdeskEvents: string;
  /** Where the key of all databases that hold words of customers is kept, encrypted by the system. */
  readonly databaseKey: string;
  /** Folder with the knowledge of a newer demo, until the engine has taken its articles over. */
  readonly arrivingDir: string;
  /** What is kept of the team that was joined. */
  readonly membershipDir: string;
}

/** Orders and customers that are loaded into the shop database at every start; only the demo team has them. */
export const DEMO_ORDERS_FILE = 'shop.json';

const MANIFEST = 'workspace.json';

/** What `workspace.json` holds; `format` rises when the layout of the folder changes. */
const WorkspaceManifest = z.object({ format: z.literal(1), name: z.string(), createdAt: z.string() });

/** Where a workspace keeps what; nothing is looked at. */
export function workspacePaths(dir: string, name: string): WorkspacePaths {
  return {
    dir,
    name,
    teamDir: path.join(dir, 'team'),
    deskDatabase: path.join(dir, 'desk.db'),
    runsDatabase: path.join(dir, 'runs.db'),
    ledgerDatabase: path.join(dir, 'ledger.db'),
    shopDatabase: path.join(dir, 'shop.db'),
    settings: path.join(dir, 'settings.json'),
    embedder: path.join(dir, 'embedder.json'),
    models: path.join(dir, 'models.json'),
    privacy: path.join(dir, 'privacy.json'),
    helpdesks: path.join(dir, 'helpdesks.json'),
    businessSystems: path.join(dir, 'business.json'),
    helpdeskDatabase: path.join(dir, 'helpdesk.db'),
    helpdeskEvents: path.join(dir, 'helpdesk-events.db'),
    // Named after what it was first made for.
    databaseKey: path.join(dir, 'helpdesk-key'),
    arrivingDir: path.join(dir, 'arriving'),
    membershipDir: path.join(dir, MEMBERSHIP_FOLDER),
  };
}

/**
 * A team's data that was to be removed from it is gone afterwards.
 * @throws AppErrorException WORKSPACE_NOT_FOUND when `dir` holds no workspace of a known format, WORKSPACE_NOT_WRITABLE.
 */
export function openWorkspace(dir: string): WorkspacePaths {
  finishRemoval(dir);
  const manifest = path.join(dir, MANIFEST);
  try {
    const { name } = WorkspaceManifest.parse(JSON.parse(fs.readFileSync(manifest, 'utf8')));
    return workspacePaths(dir, name);
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'written by another version of Cuecard' : 'not readable';
    throw new AppErrorException('WORKSPACE_NOT_FOUND', `${manifest} ${reason}`, { cause: error });
  }
}

/** Makes an empty workspace, or opens the one that is there. @throws AppErrorException WORKSPACE_NOT_WRITABLE. */
export function ensureWorkspace(dir: string, name: string): WorkspacePaths {
  const manifest = path.join(dir, MANIFEST);
  if (fs.existsSync(manifest)) return openWorkspace(dir);
  try {
    const paths = workspacePaths(dir, name);
    fs.mkdirSync(paths.teamDir, { recursive: true });
    const body = { format: 1, name, createdAt: new Date().toISOString() };
    fs.writeFileSync(`${manifest}.new`, JSON.stringify(body, null, 2));
    fs.renameSync(`${manifest}.new`, manifest);
    return paths;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause: error });
  }
}
