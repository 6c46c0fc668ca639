import fs from 'node:fs';
import path from 'node:path';

import type { Command } from 'commander';

import { EmbedderDraft, type EmbedderTrial } from '../../shared/domain/embedder-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { composePrivacy } from '../compose-privacy.js';
import { readChangeState } from '../knowledge/change-state.js';
import { openEmbedder, type EmbedderPlaces } from '../models/open-embedder.js';
import { tryEmbedder } from '../models/try-embedder.js';
import { keyFromEnvironment, tryService } from '../models/try-service.js';
import { readEmbedderChoice, saveEmbedderChoice } from '../workspace/embedder-choice.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';
import { ensureWorkspace, openWorkspace, type WorkspacePaths } from '../workspace/workspace.js';
import { awaitEmbedder } from './await-embedder.js';
import { changeText, embedderName, sentText, trialText } from './embedder-text.js';
import { createProgressLine } from './import-progress-line.js';
import { interruption } from './interruption.js';
import { warningText, withKnowledge } from './kb-engine.js';
import { wholeNumber } from './whole-number.js';

interface Options {
  readonly workspace?: string;
  readonly name?: string;
  readonly json?: boolean;
}

interface ServiceOptions extends Options {
  readonly url: string;
  readonly model: string;
  readonly keyVariable?: string;
  readonly queryPrefix?: string;
  readonly passagePrefix?: string;
  readonly dimensions?: number;
}

/** Adds `cuecard kb embedder`: which model passages and questions are found with, and choosing another. */
export function addEmbedderCommands(
  kb: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const withOptions = (command: Command): Command =>
    command
      .option('--workspace <dir>', 'workspace folder (default: "cuecard-workspace")')
      .option('--json', 'print the result as JSON');
  const embedder = withOptions(
    kb.command('embedder').description('Say which model finds the passages, or choose another.'),
  ).action(async (options: Options) => {
    await show(options, resources);
    finish(0);
  });
  const choice = (name: string, description: string): Command =>
    withOptions(embedder.command(name).description(description)).option(
      '--name <name>',
      'makes a new workspace for the team of this name',
    );
  // Options of the command above are taken by it, wherever they stand.
  const choose = async (draft: unknown, command: Command): Promise<void> =>
    finish(await use(parse(draft, command), command.optsWithGlobals<Options>(), resources));

  choice('bundled', 'Use the model that comes with Cuecard.').action((_: Options, command: Command) =>
    choose({ kind: 'bundled' }, command),
  );
  choice('onnx', 'Use a folder with an ONNX model and its tokenizer (bge, e5, gte, MiniLM).')
    .argument('<dir>', 'folder with model.onnx (or onnx/model.onnx) and tokenizer.json')
    .action((dir: string, _: Options, command: Command) =>
      choose({ kind: 'onnx_directory', dir: path.resolve(dir) }, command),
    );
  choice(
    'openai',
    'Use a service with the embeddings protocol of OpenAI; passages and questions are sent to it.',
  )
    .requiredOption('--url <url>', 'address up to and with /v1, for example http://localhost:11434/v1')
    .requiredOption('--model <model>', 'name of the model')
    .option(
      '--key-variable <name>',
      'environment variable that holds the key (the key itself is never stored)',
    )
    .option('--query-prefix <text>', 'put before each question')
    .option('--passage-prefix <text>', 'put before each passage')
    .option('--dimensions <n>', 'ask the model for shorter vectors', wholeNumber(8192))
    .action(({ url, model, ...rest }: ServiceOptions, command: Command) =>
      choose(
        {
          ...{ kind: 'openai_compatible', baseUrl: url, model },
          ...{
            keyVariable: rest.keyVariable,
            queryPrefix: rest.queryPrefix,
            passagePrefix: rest.passagePrefix,
          },
          dimensions: rest.dimensions,
        },
        command,
      ),
    );
}

/** What `kb import` makes when no other is named. */
const DEFAULT_WORKSPACE = 'cuecard-workspace';

const optionOf: Readonly<Record<string, string>> = {
  baseUrl: '--url',
  model: '--model',
  keyVariable: '--key-variable',
  dimensions: '--dimensions',
};

function parse(draft: unknown, command: Command): EmbedderDraft {
  const parsed = EmbedderDraft.safeParse(draft);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  return command.error(`error: ${optionOf[field] ?? field}: ${issue?.message ?? 'not understood'}`);
}

async function show(options: Options, resources: ResourceLocations): Promise<void> {
  const workspace = openWorkspace(path.resolve(options.workspace ?? DEFAULT_WORKSPACE));
  const { settings, problem } = readEmbedderChoice(workspace.embedder);
  if (problem) process.stderr.write(warningText(problem));
  const opened = await openEmbedder(settings, places(resources)).then(
    async (embedder) => {
      await embedder.close();
      return { id: embedder.id, unusable: null };
    },
    (cause: unknown) => {
      if (!(cause instanceof AppErrorException)) throw cause;
      return { id: null, unusable: cause.error };
    },
  );
  if (opened.unusable) process.stderr.write(warningText(opened.unusable));
  const state = readChangeState(workspace.dir, opened.id ?? '');
  const text = `Search model: ${embedderName(settings)}${opened.id === null ? '' : ` (${opened.id})`}\n${changeText(state, opened.id)}`;
  const value = { settings, id: opened.id, problem: problem ?? opened.unusable, ...state };
  process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : text);
}

/** Tries it, keeps the choice, embeds what has no vector of it yet. @returns the exit code. */
async function use(draft: EmbedderDraft, options: Options, resources: ResourceLocations): Promise<number> {
  const { name, json = false } = options;
  const dir = path.resolve(options.workspace ?? DEFAULT_WORKSPACE);
  const workspace = name === undefined ? openWorkspace(dir) : ensureWorkspace(dir, name);
  const signal = interruption();
  const trial = await tryDraft(draft, workspace, resources, signal);
  const say = (text: string): void => void (json ? process.stderr : process.stdout).write(text);
  say(`Search model: ${embedderName(trial.settings)}\n${trialText(trial)}${sentText(trial.settings)}`);
  saveEmbedderChoice(workspace.embedder, trial.settings);
  const onProgress = json ? () => undefined : createProgressLine(process.stderr);
  return withKnowledge({ workspace: dir, json, resources }, async (knowledge) => {
    await awaitEmbedder(knowledge, trial.id, onProgress, signal);
    const state = readChangeState(workspace.dir, trial.id);
    const value = { settings: trial.settings, id: trial.id, problem: null, ...state };
    process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : changeText(state, trial.id));
  });
}

async function tryDraft(
  draft: EmbedderDraft,
  workspace: WorkspacePaths,
  resources: ResourceLocations,
  signal: AbortSignal,
): Promise<EmbedderTrial> {
  if (draft.kind === 'openai_compatible') {
    const team = loadTeam(workspace.teamDir, workspace.name);
    const privacy = composePrivacy({
      workspace,
      profile: () => team.profile,
      createLogger: () => silentLogger,
      now: () => new Date(),
    });
    try {
      return await tryService(draft, keyFromEnvironment, privacy, signal);
    } finally {
      privacy.close();
    }
  }
  if (draft.kind === 'onnx_directory' && !fs.existsSync(draft.dir))
    throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', draft.dir);
  return tryEmbedder(draft, (settings) => openEmbedder(settings, places(resources)), signal);
}

/** A service is only described here; nothing is sent to it. */
const places = ({ embedderDir }: ResourceLocations): EmbedderPlaces => ({
  bundledDir: embedderDir,
  embedRemotely: () => Promise.reject(new AppErrorException('EMBEDDER_UNREACHABLE')),
});
