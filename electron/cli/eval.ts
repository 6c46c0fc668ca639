import type { Command } from 'commander';

import type { ResourceLocations } from '../workspace/locations.js';

/** Adds `cuecard eval` and its subcommands, one file each: how good an answer is, with its baselines in the same run. */
export function addEvalCommands(
  program: Command,
  _resources: ResourceLocations,
  _finish: (code: number) => void,
): void {
  program.command('eval').description('Measure how good intents, retrieval and reading are on a data set.');
}
