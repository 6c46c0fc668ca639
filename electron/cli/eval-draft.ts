import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { Command } from 'commander';

import { ModelSettings } from '../../shared/domain/model-settings.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { silentLogger } from '../../shared/lib/logger.js';
import type { StartingState } from '../agents/starting-state.js';
import { composeAssist, type Assist } from '../compose-assist.js';
import { draftFigures, type DraftedCase } from '../evaluation/draft-figures.js';
import { draftReportText } from '../evaluation/draft-report.js';
import { conversationOf, readDraftSet, type DraftCase } from '../evaluation/draft-set.js';
import { machineLine } from '../evaluation/machine.js';
import { prepareDemoWorkspace } from '../workspace/demo-workspace.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { openWorkspace } from '../workspace/workspace.js';
import { wholeNumber } from './whole-number.js';

interface Options {
  readonly dir: string;
  readonly workspace?: string;
  readonly model?: string;
  readonly baseUrl: string;
  readonly keyVariable?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** Adds `eval draft`: how good replies are, local and with a model, on the same cases in the same run. */
export function addDraftCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  group
    .command('draft')
    .description('How grounded, complete and well cited replies are: local, and with a model beside it.')
    .requiredOption('--dir <folder>', 'cases.jsonl (evals/datasets/README.md)')
    .option(
      '--workspace <dir>',
      'whose knowledge and team to use (default: the demo, in a folder of its own)',
    )
    .option('--model <name>', "also with this model of a service that speaks OpenAI's protocol")
    .option('--base-url <url>', 'its address, up to and with /v1', 'http://localhost:11434/v1')
    .option('--key-variable <name>', 'environment variable that holds its key')
    .option('--limit <n>', 'only the first n cases', wholeNumber(1_000_000))
    .option('--json', 'print the figures as JSON')
    .action(async (options: Options) => {
      const cases = (await readDraftSet(options.dir)).slice(0, options.limit);
      const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-eval-'));
      const workspace = options.workspace
        ? openWorkspace(path.resolve(options.workspace))
        : prepareDemoWorkspace(resources.demoWorkspaceDir, path.join(dir, 'demo'));
      const assist = composeAssist({
        ...{ workspace, resources },
        createLogger: () => silentLogger,
        now: () => new Date(),
        runsDatabase: null,
        ...(options.model === undefined
          ? { chat: null }
          : { modelSettings: settingsOf(options.model, options) }),
      });
      try {
        const { local, model } = await draftAll(assist, cases, options.model !== undefined);
        const figures = [
          draftFigures('local', local),
          ...(options.model === undefined ? [] : [draftFigures(options.model, model)]),
        ];
        const machine = machineLine();
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ machine, figures }, null, 2)}\n`
            : draftReportText(machine, figures),
        );
        finish(0);
      } finally {
        await assist.close();
        fs.rmSync(dir, { recursive: true, force: true });
      }
    });
}

/** Each case by the local strategies, then, from what they found, with the model: as a rep gets it. */
async function draftAll(
  { graph }: Assist,
  cases: readonly DraftCase[],
  withModel: boolean,
): Promise<{ readonly local: DraftedCase[]; readonly model: DraftedCase[] }> {
  const [local, model]: [DraftedCase[], DraftedCase[]] = [[], []];
  for (const of of cases) {
    const conversation = conversationOf(of, new Date());
    const base = {
      ...{ conversation, variant: 'standard' as const },
      signal: new AbortController().signal,
      onEvent: () => undefined,
    };
    const kept: { found: StartingState | null } = { found: null };
    const suggestion = await graph.run({
      ...base,
      runId: randomUUID(),
      onFound: (found) => {
        kept.found = found;
      },
    });
    local.push({ of, suggestion, end: null });
    if (!withModel) continue;
    const result = await graph.runModel({
      ...base,
      runId: randomUUID(),
      startsFrom: kept.found,
      mayReuse: false,
    });
    model.push({ of, suggestion: result.suggestion, end: result.ok ? null : result.end });
  }
  return { local, model };
}

/** One connection with one model for all tasks. @throws AppErrorException EVALUATION_DATA_INVALID for an address that is none. */
function settingsOf(model: string, { baseUrl, keyVariable }: Options): ModelSettings {
  const parsed = ModelSettings.safeParse({
    isOn: true,
    connections: [
      {
        ...{ id: 'eval', name: 'eval', protocol: 'openai', baseUrl },
        ...{ needsKey: keyVariable !== undefined, keyVariable: keyVariable ?? null },
      },
    ],
    models: [{ id: 'model', connection: 'eval', model }],
    main: ['model'],
    usesCache: false,
  });
  if (!parsed.success) throw new AppErrorException('EVALUATION_DATA_INVALID', `--base-url ${baseUrl}`);
  return parsed.data;
}
