import type { Command } from 'commander';

import type { ResourceLocations } from '../workspace/locations.js';
import { runBenchCards } from './bench-cards.js';
import { wholeNumber } from './whole-number.js';

/** Adds `cuecard bench` (cards and stages) and its subcommands, one file each. */
export function addBenchCommands(
  program: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  program
    .command('bench')
    .description(
      'Measure how long things take on this machine; without a subcommand: cards of the demo team.',
    )
    .option('--rounds <n>', 'how often each conversation is run', wholeNumber(9999), 5)
    .option('--json', 'print the figures as JSON')
    .action(async (options: { rounds: number; json?: boolean }) =>
      finish(await runBenchCards({ ...options, resources, env: process.env })),
    );
}
