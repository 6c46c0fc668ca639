import fs from 'node:fs';
import path from 'node:path';

import { AppErrorException, type AppError } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { composePrivacy } from '../compose-privacy.js';
import { createEngineClient } from '../engine/engine-client.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { createServiceEmbedders } from '../models/adapters/openai-embedder.js';
import { keyFromEnvironment } from '../models/try-service.js';
import { readEmbedderChoice } from '../workspace/embedder-choice.js';
import { loadTeam } from '../workspace/team-loader.js';
import { ensureWorkspace, type WorkspacePaths } from '../workspace/workspace.js';
import { createProgressLine } from './import-progress-line.js';
import { EXIT_INTERRUPTED } from './interruption.js';

export interface KbOptions {
  /** Folder; made when it is not there and `name` is given. */
  readonly workspace: string;
  readonly name?: string;
  readonly json?: boolean;
  readonly resources: ResourceLocations;
}

/**
 * Runs work on the knowledge of a workspace and closes it, with its progress on standard error. Ctrl-C ends it with what was
 * embedded so far kept.
 * @returns the exit code.
 * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND when there is no such workspace.
 */
export async function withKnowledge(
  { workspace: dir, name, json = false, resources }: KbOptions,
  work: (knowledge: KnowledgeBase, workspace: WorkspacePaths) => Promise<void>,
  followsSources = false,
): Promise<number> {
  if (name === undefined && !fs.existsSync(path.resolve(dir))) {
    throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', path.resolve(dir));
  }
  const workspace = ensureWorkspace(path.resolve(dir), name ?? 'Team');
  const choice = readEmbedderChoice(workspace.embedder);
  if (choice.problem) process.stderr.write(warningText(choice.problem));
  const team = loadTeam(workspace.teamDir, workspace.name);
  const privacy = composePrivacy({
    workspace,
    profile: () => team.profile,
    createLogger: () => silentLogger,
    now: () => new Date(),
  });
  const engine = createEngineClient({
    workerFile: resources.engineWorkerFile,
    options: {
      workspaceDir: workspace.dir,
      arrivingDir: workspace.arrivingDir,
      embedderDir: resources.embedderDir,
      team,
      followsSources,
      embedder: choice.settings,
    },
    log: silentLogger,
    embedRemotely: createServiceEmbedders(keyFromEnvironment, privacy),
  });
  const stop = json ? () => undefined : engine.knowledge.onImportProgress(createProgressLine(process.stderr));
  try {
    await work(engine.knowledge, workspace);
    return 0;
  } catch (cause) {
    if (!(cause instanceof AppErrorException) || cause.error.code !== 'SUGGESTION_CANCELLED') throw cause;
    process.stderr.write(
      'Stopped; the knowledge is as it was before. Passages embedded so far are kept: the same command goes on from there.\n',
    );
    return EXIT_INTERRUPTED;
  } finally {
    stop();
    await engine.close();
    privacy.close();
  }
}

/** A problem that ends nothing: what happened, where, what to do next. */
export const warningText = ({ code, message, next, detail }: AppError): string =>
  `${code}: ${message}${detail === undefined ? '' : `\n  ${detail}`}\n  ${next}\n`;
