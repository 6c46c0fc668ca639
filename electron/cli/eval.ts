import type { Command } from 'commander';

import type { ResourceLocations } from '../workspace/locations.js';
import { addCritiqueCommand } from './eval-critique.js';
import { addDraftCommand } from './eval-draft.js';
import { addInjectionCommand } from './eval-injection.js';
import { addIntentsCommand } from './eval-intents.js';
import { addPiiCommand } from './eval-pii.js';
import { addReadingCommands } from './eval-reading.js';
import { runEvalRetrieval } from './eval-retrieval.js';
import { addToolsCommand } from './eval-tools.js';
import { wholeNumber } from './whole-number.js';

/** Adds `cuecard eval` and its subcommands, one file each: how good an answer is, with its baselines in the same run. */
export function addEvalCommands(
  program: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const group = program
    .command('eval')
    .description('Measure how good intents, retrieval and reading are on a data set.');

  group
    .command('retrieval')
    .description('Import a BEIR set as articles, search it as the app does, and say how well and how fast.')
    .requiredOption('--dir <folder>', 'corpus.jsonl, queries.jsonl, qrels/<split>.tsv (docs/retrieval.md)')
    .option('--split <name>', 'which judgements to use', 'test')
    .option('--limit <n>', 'only the first n questions', wholeNumber(1_000_000))
    .option('--embedder <folder>', 'another embedder than the bundled one (electron/models/README.md)')
    .option('--noise', 'ask again in capitals, with typing errors, very long and empty')
    .option('--workspace <dir>', 'keep the imported corpus there for the next run')
    .option('--json', 'print the figures as JSON')
    .action(
      async (options: {
        dir: string;
        split: string;
        limit?: number;
        embedder?: string;
        noise?: boolean;
        workspace?: string;
        json?: boolean;
      }) => finish(await runEvalRetrieval({ ...options, resources })),
    );

  addCritiqueCommand(group, resources, finish);
  addDraftCommand(group, resources, finish);
  addIntentsCommand(group, resources, finish);
  addReadingCommands(group, resources, finish);
  addPiiCommand(group, resources, finish);
  addInjectionCommand(group, resources, finish);
  addToolsCommand(group, resources, finish);
}
