import type { Command } from 'commander';

import type { ResourceLocations } from '../workspace/locations.js';
import { runBenchCards } from './bench-cards.js';
import { runBenchHelpdesk, type BenchHelpdeskCommand } from './bench-helpdesk.js';
import { runBenchHub, type BenchHubCommand } from './bench-hub.js';
import { runBenchIndex, type BenchIndexCommand } from './bench-index.js';
import { runBenchRetrieval, type BenchRetrievalCommand } from './bench-retrieval.js';
import { runBenchSync, type BenchSyncCommand } from './bench-sync.js';
import { runBenchVectors, type BenchVectorsCommand } from './bench-vectors.js';
import { wholeNumber } from './whole-number.js';

/** Adds `cuecard bench` (cards and stages) and its subcommands, one file each. */
export function addBenchCommands(
  program: Command,
  resources: ResourceLocations,
  finish: (code: number) => void,
): void {
  const group = program
    .command('bench')
    .description(
      'Measure how long things take on this machine; without a subcommand: cards of the demo team.',
    )
    .option('--rounds <n>', 'how often each conversation is run', wholeNumber(9999), 5)
    .option('--json', 'print the figures as JSON')
    .action(async (options: { rounds: number; json?: boolean }) =>
      finish(await runBenchCards({ ...options, resources, env: process.env })),
    );

  group
    .command('index')
    .description('Build, load and ask the vector index, and count how many true neighbours it finds.')
    .option('--chunks <n>', 'passages in the index', wholeNumber(2_000_000), 50_000)
    .option('--corpus <file>', 'JSONL with a field "text" a line, instead of generated articles')
    .option('--embedder <folder>', 'another embedder than the bundled one')
    .option('--grid', 'measure other shapes of the graph beside the one in use')
    .option('--cache <folder>', 'keep the vectors there for the next run')
    .option('--json', 'print the figures as JSON')
    .action(async (options: Omit<BenchIndexCommand, 'resources'>, command: Command) =>
      finish(await runBenchIndex({ ...options, ...command.optsWithGlobals(), resources })),
    );

  group
    .command('helpdesk')
    .description(
      'Let a customer write in a running Request Tracker; from the stored message to the complete card.',
    )
    .requiredOption('--url <url>', "the helpdesk's address; the token comes in CUECARD_HELPDESK_TOKEN")
    .requiredOption('--customer <login>', 'who writes; the password comes in CUECARD_CUSTOMER_PASSWORD')
    .option('--queue <name>', 'where tickets are made', 'Orders')
    .option('--messages <n>', 'how many the customer writes', wholeNumber(9999), 30)
    .option(
      '--quiet-seconds <n>',
      'how long requests are counted while nothing is new',
      wholeNumber(3600),
      60,
    )
    .option('--json', 'print the figures as JSON')
    .action(async (options: Omit<BenchHelpdeskCommand, 'resources' | 'env'>, command: Command) =>
      finish(
        await runBenchHelpdesk({ ...options, ...command.optsWithGlobals(), resources, env: process.env }),
      ),
    );

  group
    .command('hub')
    .description('Run a hub, let reps join and send feedback; throughput, times, memory, and what is stored.')
    .option('--reps <n>', 'reps with an event stream each', wholeNumber(20_000), 50)
    .option('--seconds <n>', 'how long they send', wholeNumber(600), 20)
    .option('--rate <n>', 'feedback events a second, of all together', wholeNumber(100_000), 500)
    .option('--database-url <url>', 'an empty Postgres database, instead of the embedded store')
    .option('--json', 'print the figures as JSON')
    .action(async (options: BenchHubCommand, command: Command) =>
      finish(await runBenchHub({ ...options, ...command.optsWithGlobals() })),
    );

  group
    .command('retrieval')
    .description('Import generated articles, ask meanwhile and afterwards; times, sizes, memory, stalls.')
    .option('--chunks <n>', 'passages in the knowledge', wholeNumber(200_000), 50_000)
    .option('--workspace <folder>', 'keep the workspace there; the next run only opens it and asks')
    .option('--json', 'print the figures as JSON')
    .action(async (options: Omit<BenchRetrievalCommand, 'resources'>, command: Command) =>
      finish(await runBenchRetrieval({ ...options, ...command.optsWithGlobals(), resources })),
    );

  group
    .command('sync')
    .description('Publish generated articles on a hub of its own and sync them: seconds, bytes, stalls.')
    .option('--articles <n>', 'articles of the first release', wholeNumber(100_000), 1000)
    .option('--changed <n>', 'articles that change afterwards', wholeNumber(100_000), 100)
    .option('--cache <folder>', "keep the lead's workspace there; the next run embeds only what changed")
    .option('--json', 'print the figures as JSON')
    .action(async (options: Omit<BenchSyncCommand, 'resources'>, command: Command) =>
      finish(await runBenchSync({ ...options, ...command.optsWithGlobals(), resources })),
    );

  group
    .command('vectors')
    .description(
      'Count how many true neighbours are found where vectors travelled as float16 or int8, and bytes.',
    )
    .option('--workspace <folder>', 'whose passages (default: the demo team)')
    .option('--chunks <n>', 'so many passages of generated articles instead', wholeNumber(2_000_000))
    .option(
      '--corpus <file>',
      'with --chunks: JSONL with a field "text" a line, instead of generated articles',
    )
    .option('--cache <folder>', 'keep the vectors there for the next run')
    .option('--json', 'print the figures as JSON')
    .action(async (options: Omit<BenchVectorsCommand, 'resources'>, command: Command) =>
      finish(await runBenchVectors({ ...options, ...command.optsWithGlobals(), resources })),
    );
}
