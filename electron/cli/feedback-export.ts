import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { InvalidArgumentError, Option, type Command } from 'commander';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { interruptible, withHub, withHubOptions, type HubOptions } from './hub-access.js';

interface ExportOptions extends HubOptions {
  readonly format: 'csv' | 'supervised' | 'preference';
  readonly redact: boolean;
  readonly since?: string;
  readonly out?: string;
}

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
          const chunks = await hub.receive('feedback.export', { query }, signal);
          if (out === undefined) await toStandardOutput(chunks);
          else await toFile(chunks, path.resolve(out));
          return 0;
        });
      finish(
        await interruptible(write, out === undefined ? 'Stopped.\n' : 'Stopped; nothing was written.\n'),
      );
    });
}

/** @throws InvalidArgumentError, which prints as usage. */
function timeOf(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('Give a date such as 2026-11-01.');
  return time.toISOString();
}

async function toStandardOutput(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of chunks) if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
}

/** @throws AppErrorException FEEDBACK_NOT_EXPORTED; a file that was there before stays as it was. */
async function toFile(chunks: AsyncIterable<Uint8Array>, file: string): Promise<void> {
  const unfinished = `${file}.${String(process.pid)}.new`;
  try {
    await pipeline(Readable.from(chunks), createWriteStream(unfinished, { mode: 0o600, flush: true }));
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    if (cause instanceof Error && 'syscall' in cause)
      throw new AppErrorException('FEEDBACK_NOT_EXPORTED', cause.message, { cause });
    throw cause;
  }
}
