import { once } from 'node:events';
import path from 'node:path';

import { InvalidArgumentError, Option, type Command } from 'commander';

import { writeWholeFile } from '../feedback/write-whole-file.js';
import { interruptible, withHub, withHubOptions, type HubOptions } from './hub-access.js';

interface ExportOptions extends HubOptions {
  readonly format: 'csv' | 'supervised' | 'preference';
  readonly redact: boolean;
  readonly since?: string;
  readonly out?: string;
}

type Chunks = AsyncIterable<Uint8Array>;

/** Adds `cuecard feedback export`. */
export function addFeedbackCommands(program: Command, finish: (code: number) => void): void {
  const group = program.command('feedback').description("Take the reps' feedback from a hub.");
  withHubOptions(
    group
      .command('export')
      .description('Write feedback as CSV, or as pairs to train or tune a model with (JSONL).'),
  )
    .addOption(
      new Option('--format <format>', 'csv: everything; supervised, preference: chat fine-tuning pairs')
        .choices(['csv', 'supervised', 'preference'])
        .default('csv'),
    )
    .option('--no-redact', 'leave in what tells who a customer is')
    .option('--since <time>', 'only what came from then on, for example 2026-11-01', timeOf)
    .option('--out <file>', 'write there, whole or not at all, instead of to standard output')
    .action(async (options: ExportOptions) => {
      const { format, redact, since, out } = options;
      const query = { format, redact, ...(since === undefined ? {} : { since }) };
      const write = async (signal: AbortSignal): Promise<number> =>
        withHub(options, process.env, async (hub) => {
          const receive = (): Promise<Chunks> => hub.receive('feedback.export', { query }, signal);
          if (out === undefined) await toStandardOutput(await receive());
          else await writeWholeFile(path.resolve(out), receive);
          return 0;
        });
      finish(
        await interruptible(write, () =>
          out === undefined ? 'Stopped.\n' : 'Stopped; nothing was written.\n',
        ),
      );
    });
}

/** @throws InvalidArgumentError, which prints as usage. */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Give a date such as 2026-11-01.');
  return time.toISOString();
}

async function toStandardOutput(chunks: Chunks): Promise<void> {
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}
