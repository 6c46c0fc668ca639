import type { Command } from 'commander';

import { createTeamDetector } from '../privacy/team-detector.js';
import { evaluatePii, piiReportText } from '../evaluation/pii-report.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { loadTeam } from '../workspace/team-loader.js';

interface Options {
  readonly data: string;
  readonly split?: string;
  readonly team?: string;
  readonly mistakes?: boolean;
  readonly json?: boolean;
}

/** Adds `eval pii`: how much of the personal data in a file would be replaced before it leaves. */
export function addPiiCommand(
  group: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  group
    .command('pii')
    .description('How well personal data is found; rows of text, lang and spans (start, end, kind).')
    .requiredOption('--data <file>', 'JSON Lines or a JSON array (evals/datasets/README.md)')
    .option('--split <name>', 'only rows whose "split" is this')
    .option('--team <folder>', 'team folder with the patterns of its order numbers (default: the demo team)')
    .option('--mistakes', 'print what was missed and what was taken for personal data')
    .option('--json', 'print the figures as JSON')
    .action(async ({ data, split, team, mistakes, json }: Options) => {
      const { profile } = loadTeam(team ?? resources.demoDir, 'team');
      const evaluation = await evaluatePii(data, { detector: createTeamDetector(profile), split });
      process.stdout.write(
        json ? `${JSON.stringify(evaluation, null, 2)}\n` : piiReportText(evaluation, mistakes === true),
      );
      finish(0);
    });
}
