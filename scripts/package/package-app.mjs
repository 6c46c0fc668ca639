import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { resolveElectron } from '../setup/electron-runtime.mjs';
import { repoRoot } from '../setup/locations.mjs';
import { lastLines, runProcess } from '../setup/run-process.mjs';
import { exists, hashTree, readStamp, writeStamp } from '../setup/stamp.mjs';

const outputDir = join(repoRoot, 'dist');

/**
 * Packages the app for this machine as a plain folder, with the Electron of this clone. Done already for the same
 * build: nothing to do.
 *
 * @param {(text: string) => void} say
 * @returns {Promise<{ executablePath: string } | { problem: string }>}
 */
export async function packageApp(say) {
  const runtime = await resolveElectron();
  if (!runtime) return { problem: 'There is no Electron to package: run `npm start` once.' };
  const { productName } = await builderConfig();
  const executablePath = join(outputDir, executableIn(productName));
  const stampFile = join(outputDir, '.cuecard-package.json');
  const inputs = `${runtime.distPath} ${await hashTree(repoRoot, packageInputs, isPackaged)}`;
  if ((await readStamp(stampFile))?.['inputs'] === inputs && (await exists(executablePath))) {
    return { executablePath };
  }
  say('Packaging the app ...');
  await rm(outputDir, { recursive: true, force: true });
  const builder = join(repoRoot, 'node_modules', 'electron-builder', 'cli.js');
  const args = ['--dir', '--publish', 'never', `-c.electronDist=${runtime.distPath}`];
  const { code, output } = await runProcess(
    process.execPath,
    [builder, ...args, `-c.electronVersion=${runtime.version}`],
    // Hard links would let the packager's changes to its copy reach the runtime that all clones share.
    { cwd: repoRoot, env: { USE_HARD_LINKS: 'false', CSC_IDENTITY_AUTO_DISCOVERY: 'false' } },
  );
  if (code !== 0) return { problem: `electron-builder failed.\n${lastLines(output, 25)}` };
  if (!(await exists(executablePath))) return { problem: `electron-builder made no ${executablePath}.` };
  await writeStamp(stampFile, { inputs });
  return { executablePath };
}

const packageInputs = [
  'build',
  'resources/demo',
  'resources/icons',
  'package.json',
  'package-lock.json',
  'electron-builder.yml',
];

/**
 * What of build/ the package does not hold must not make it old.
 * @param {string} path
 */
function isPackaged(path) {
  return (
    !path.startsWith('build/') ||
    /^build\/(renderer|embedder|demo-workspace)\/|^build\/[^/.][^/]*\.c?js$/.test(path)
  );
}

/** @param {string} productName */
function executableIn(productName) {
  if (process.platform === 'darwin') {
    const folder = process.arch === 'arm64' ? 'mac-arm64' : 'mac';
    return join(folder, `${productName}.app`, 'Contents', 'MacOS', productName);
  }
  if (process.platform === 'win32') return join('win-unpacked', `${productName}.exe`);
  return join(process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked', 'cuecard');
}

/** @returns {Promise<{ productName: string }>} */
async function builderConfig() {
  const { parse } = await import('yaml');
  return parse(await readFile(join(repoRoot, 'electron-builder.yml'), 'utf8'));
}
