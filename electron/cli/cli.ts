import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';

import { AppErrorException, errorCatalogue } from '../../shared/errors/app-error.js';
import { locateResources } from '../workspace/locations.js';
import { runAssist } from './assist.js';
import { addBenchCommands } from './bench.js';
import { runDemoBuild } from './demo-build.js';
import { runDemoHub } from './demo-hub.js';
import { runDoctor } from './doctor.js';
import { addEvalCommands } from './eval.js';
import { addFeedbackCommands } from './feedback-export.js';
import { addHubCommand } from './hub.js';
import { handleInterruptions } from './interruption.js';
import { addKbCommands } from './kb.js';
import { addMembersCommands } from './members.js';
import { addModelCommands } from './models.js';
import { addReleasesCommands } from './releases.js';

/** Exit codes: 0 done, 2 usage or not found, 3 input not in the documented form, 4 part missing, 5 could not be done, 70 bug, 130 interrupted. */
const EXIT_USAGE = 2;
const EXIT_BUG = 70;

/** Builds the `cuecard` command with all its subcommands; each resolves to an exit code. */
function buildProgram(finish: (code: number) => void): Command {
  const resources = locateResources(path.dirname(fileURLToPath(import.meta.url)), null);
  const program = new Command('cuecard')
    .description('Evidenced replies for support reps, from the terminal.')
    .exitOverride()
    .showHelpAfterError('Run "cuecard --help" for what can be done.');

  program
    .command('assist')
    .description('Run the graph once on a conversation and print the card.')
    .requiredOption(
      '--conversation <file>',
      'conversation file (format: resources/demo/README.md), "-" for standard input',
    )
    .option('--workspace <dir>', 'workspace made by "kb import" (default: the demo team)')
    .option('--json', 'print the whole suggestion as JSON')
    .action(async (options: { conversation: string; workspace?: string; json?: boolean }) => {
      finish(await runAssist({ ...options, resources, env: process.env }));
    });

  addKbCommands(program, resources, finish);
  addModelCommands(program, resources, finish);
  addHubCommand(program, finish);
  addReleasesCommands(program, finish);
  addMembersCommands(program, finish);
  addFeedbackCommands(program, finish);

  program
    .command('doctor')
    .description('Say what is installed, what is missing and how to get it.')
    .option('--workspace <dir>', 'workspace whose search model is looked at (default: the demo team)')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { workspace?: string; json?: boolean }) =>
      finish(await runDoctor({ ...options, resources, env: process.env })),
    );

  addBenchCommands(program, resources, finish);
  addEvalCommands(program, resources, finish);

  const demo = program.command('demo').description('Work with the demo team.');
  demo
    .command('build')
    .description('Build the demo workspace that the app opens by default.')
    .requiredOption('--out <dir>', 'folder to build it in')
    .action(async (options: { out: string }) => finish(await runDemoBuild({ ...options, resources })));
  demo
    .command('hub')
    .description('Run the hub the demo is synced from, as "npm start" does, until it is interrupted.')
    .action(async () => finish(await runDemoHub({ resources, env: process.env })));

  return program;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
  if (error instanceof AppErrorException) {
    const { code, message, next, detail } = error.error;
    const where = detail === undefined ? '' : `\n  ${detail}`;
    process.stderr.write(`${code}: ${message}${where}\n  ${next}\n`);
    return errorCatalogue[code].exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`Cuecard has a bug, please report it:\n${text}\n`);
  return EXIT_BUG;
}

handleInterruptions();
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader went away (`cuecard assist | head`): nothing is left to print to.
  if (error.code === 'EPIPE') process.exit(0);
});
try {
  await buildProgram((code) => (process.exitCode = code)).parseAsync(process.argv);
} catch (error) {
  process.exitCode = report(error);
}
