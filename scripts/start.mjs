import { startDemoHub } from './launch/demo-hub.mjs';
import { launchApp } from './launch/launch-app.mjs';
import { createProgress } from './setup/progress.mjs';
import { setUpApp } from './setup/set-up.mjs';
import { reportSetupFailure } from './setup/setup-error.mjs';
import { hasDisplay } from './setup/system-libraries.mjs';

const help = `npm start [-- OPTIONS]

Installs what is missing, builds what has changed, and opens Cuecard on the demo team.

  --setup-only           stop before the app opens
  --exit-after-cards N   end the app after N cards (for demonstrations without a display)
  --no-hub               open the demo without the hub it is otherwise synced from
  --help                 this text
Anything else is passed on to Electron.

Exit codes: 0 done; 9 to 17 a set-up step failed (9 lock, 10 Node or npm, 11 npm packages, 12 native modules,
13 system libraries, 14 Electron, 15 embedder, 16 build, 17 display); 130 Ctrl-C; 143 SIGTERM; else the app's own.
`;

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
async function main(args) {
  const options = parseArguments(args);
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const progress = createProgress();
  try {
    const startedAt = Date.now();
    progress.say('Cuecard: getting ready');
    const runtime = await setUpApp(progress, { headless: !hasDisplay() });
    progress.say(`  Ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
    if (options.setupOnly) return 0;
    progress.say('Cuecard: opening');
    const hub = options.withHub ? await startDemoHub(progress.say) : null;
    try {
      const env = { ...options.env, ...hub?.env };
      return await launchApp(runtime, { args: options.rest, env, say: progress.say });
    } finally {
      await hub?.end();
    }
  } catch (error) {
    return reportSetupFailure(error);
  }
}

/** @param {string[]} args */
function parseArguments(args) {
  /** @type {{ help: boolean, setupOnly: boolean, withHub: boolean, rest: string[], env: Record<string, string> }} */
  const options = { help: false, setupOnly: false, withHub: true, rest: [], env: {} };
  for (let index = 0; index < args.length; index++) {
    const [name = '', inline] = (args[index] ?? '').split('=');
    if (name === '--help') options.help = true;
    else if (name === '--setup-only') options.setupOnly = true;
    else if (name === '--no-hub') options.withHub = false;
    else if (name === '--exit-after-cards')
      options.env['CUECARD_EXIT_AFTER_CARDS'] = inline ?? args[++index] ?? '';
    else options.rest.push(args[index] ?? '');
  }
  return options;
}
