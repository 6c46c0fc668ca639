import type { Command } from 'commander';

import { critiqueReportText } from '../evaluation/critique-report.js';
import { readCritiqueSet } from '../evaluation/critique-set.js';
import { evaluateCritique } from '../evaluation/evaluate-critique.js';
import { openUseLiteEmbedder } from '../models/adapters/use-lite-embedder.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

interface Options {
  readonly data: string;
  readonly split?: string;
  readonly team?: string;
  readonly misses?: boolean;
  readonly json?: boolean;
}

/** Adds `eval critique`: how well sentences that their evidence does not say are found. */
export function addCritiqueCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  group
    .command('critique')
    .description(
      'How well sentences that their evidence does not say are found; rows of evidence, sentence and label.',
    )
    .requiredOption(
      '--data <file>',
      'JSON Lines, a JSON array or CSV/TSV with a header (evals/datasets/README.md)',
    )
    .option('--split <name>', 'only rows whose "split" is this; baselines choose their threshold on "fit"')
    .option('--team <folder>', 'team folder with names and guardrails (default: the demo team)')
    .option('--misses', 'print the sentences that were told wrong')
    .option('--json', 'print the figures as JSON')
    .action(async ({ data, split, team, misses, json }: Options) => {
      const rows = await readCritiqueSet(data);
      const embedder = await openUseLiteEmbedder({ dir: resources.embedderDir });
      try {
        const evaluation = await evaluateCritique({
          ...{ set: data, rows, split: split ?? null, embedder },
          team: loadTeam(team ?? resources.demoDir, 'team'),
        });
        process.stdout.write(
          json ? `${JSON.stringify(evaluation, null, 2)}\n` : critiqueReportText(evaluation, misses === true),
        );
        finish(0);
      } finally {
        await embedder.close();
      }
    });
}
