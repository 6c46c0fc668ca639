import path from 'node:path';

import type { Command } from 'commander';

import { PRICES_AS_OF } from '../../shared/domain/model-price.js';
import { modelPresets } from '../../shared/domain/model-presets.js';
import { ModelSettings, noModels, type ModelConnection } from '../../shared/domain/model-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { composePrivacy } from '../compose-privacy.js';
import { testConnection } from '../models/chat/test-connection.js';
import { keyFromEnvironment } from '../models/try-service.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import { cuecardHome, demoWorkspaceDir, type ResourceLocations } from '../workspace/locations.js';
import { readOwnModels, saveOwnModels } from '../workspace/model-choice.js';
import { loadTeam } from '../workspace/team-loader.js';
import { openWorkspace, type WorkspacePaths } from '../workspace/workspace.js';
import { interruption } from './interruption.js';
import { warningText } from './kb-engine.js';
import { modelsText, trialText } from './models-text.js';

interface Options {
  readonly workspace?: string;
  readonly json?: boolean;
}

interface UseOptions extends Options {
  readonly model: string;
  readonly small?: string;
  readonly url?: string;
  readonly keyVariable?: string;
}

/** Adds `cuecard models`: which chat models answer, choosing and testing them. Keys come from environment variables. */
export function addModelCommands(
  program: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const workspaceOf = ({ workspace }: Options): WorkspacePaths =>
    workspace === undefined
      ? prepareDemoWorkspace(resources.demoWorkspaceDir, demoWorkspaceDir(cuecardHome(process.env)))
      : openWorkspace(path.resolve(workspace));
  const withOptions = (command: Command): Command =>
    command
      .option('--workspace <dir>', 'workspace folder (default: the demo team)')
      .option('--json', 'print the result as JSON');
  const print = (options: Options, value: object, text: string): void =>
    void process.stdout.write(options.json ? `${JSON.stringify(value, null, 2)}\n` : text);

  const models = program.command('models').description('Chat models: list, choose, test, turn off.');
  withOptions(
    models.command('list').description('Say which chat models are chosen, and which services are known.'),
  ).action((options: Options) => {
    const settings = chosen(workspaceOf(options));
    print(options, { settings, presets: modelPresets, prices: PRICES_AS_OF }, modelsText(settings));
    finish(0);
  });
  withOptions(
    models
      .command('use')
      .description("Test a model and use it; customers' messages are sent there, private data replaced."),
  )
    .argument('<service>', modelPresets.map(({ id }) => id).join(', '))
    .requiredOption('--model <name>', 'model as the service names it')
    .option('--small <name>', 'smaller model of the same service for the steps that only read')
    .option('--url <url>', 'address, where it is not the usual one')
    .option(
      '--key-variable <name>',
      'environment variable that holds the key (the key itself is never stored)',
    )
    .action(async (service: string, options: UseOptions, command: Command) => {
      const workspace = workspaceOf(options);
      const settings = settingsFor(service, options, command);
      const [connection] = settings.connections;
      if (!connection) return;
      const trial = await tryModel(workspace, connection, options.model);
      saveOwnModels(workspace.models, settings);
      print(options, { settings, trial }, `${modelsText(settings)}${trialText(trial)}`);
      finish(0);
    });
  withOptions(models.command('test').description('Ask the chosen models one word each.')).action(
    async (options: Options) => {
      const workspace = workspaceOf(options);
      const settings = chosen(workspace);
      const trials = [];
      for (const { connection: id, model } of settings.models) {
        const connection = settings.connections.find((entry) => entry.id === id);
        if (connection) trials.push({ model, ...(await tryModel(workspace, connection, model)) });
      }
      if (trials.length === 0) throw new AppErrorException('MODELS_NONE_CHOSEN');
      print(options, { trials }, trials.map((trial) => `${trial.model}: ${trialText(trial)}`).join(''));
      finish(0);
    },
  );
  withOptions(
    models.command('off').description('Ask no model; replies are composed on this machine.'),
  ).action((options: Options) => {
    const workspace = workspaceOf(options);
    const settings = { ...chosen(workspace), isOn: false };
    saveOwnModels(workspace.models, settings);
    print(options, { settings }, modelsText(settings));
    finish(0);
  });
}

/** The rep's own, else the team's of the folder. */
function chosen(workspace: WorkspacePaths): ModelSettings {
  const { settings, problem } = readOwnModels(workspace.models);
  if (problem) process.stderr.write(warningText(problem));
  return settings ?? loadTeam(workspace.teamDir, workspace.name).profile.models ?? noModels;
}

function settingsFor(service: string, options: UseOptions, command: Command): ModelSettings {
  const preset = modelPresets.find(({ id }) => id === service);
  if (!preset) return command.error(`error: there is no service "${service}"; see "cuecard models list"`);
  const { id, name, protocol, needsKey, keyHeader, headers } = preset;
  const { model, small, url, keyVariable } = options;
  const parsed = ModelSettings.safeParse({
    isOn: true,
    connections: [
      {
        ...{ id, name, protocol, needsKey, keyHeader, headers },
        baseUrl: url ?? preset.baseUrl,
        keyVariable: keyVariable ?? null,
      },
    ],
    models: [
      { id: 'main', connection: id, model },
      ...(small === undefined ? [] : [{ id: 'small', connection: id, model: small }]),
    ],
    main: ['main'],
    small: small === undefined ? [] : ['small', 'main'],
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return command.error(`error: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
}

async function tryModel(workspace: WorkspacePaths, connection: ModelConnection, model: string) {
  const privacy = composePrivacy({
    workspace,
    profile: () => loadTeam(workspace.teamDir, workspace.name).profile,
    createLogger: () => silentLogger,
    now: () => new Date(),
  });
  try {
    const secrets = { key: keyFromEnvironment(connection), header: null };
    return await testConnection({
      connection,
      model,
      secrets,
      ledger: privacy.ledger,
      signal: interruption(),
    });
  } finally {
    privacy.close();
  }
}
