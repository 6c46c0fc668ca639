import { SetupError } from './setup-error.mjs';
import { runNpm } from './run-process.mjs';

const minimumNode = /** @type {const} */ ([20, 19]);
const minimumNpm = 10;

/**
 * Checks the two programs the set-up itself runs on.
 *
 * @returns {Promise<string>} what was found
 */
export async function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    throw new SetupError(
      'node',
      `This is Node ${process.versions.node}; Cuecard needs ${minimumNode.join('.')} or newer.`,
      'Install a current LTS release of Node.js (nodejs.org, nvm, fnm or your package manager).',
    );
  }
  const npm = await npmVersion();
  if (!(Number.parseInt(npm, 10) >= minimumNpm)) {
    throw new SetupError(
      'node',
      npm === '' ? 'npm was not found.' : `This is npm ${npm}; Cuecard needs ${minimumNpm} or newer.`,
      npm === '' ? 'Install npm; it normally comes with Node.js.' : 'Run: npm install --global npm@11',
    );
  }
  return `${process.versions.node}, npm ${npm}`;
}

/** @returns {Promise<string>} empty when there is no npm */
async function npmVersion() {
  // npm names itself to the scripts it runs, which saves starting it a second time.
  const named = /\bnpm\/(\d+\.\d+\.\d+)/.exec(process.env['npm_config_user_agent'] ?? '')?.[1];
  if (named) return named;
  const { code, stdout } = await runNpm(['--version']);
  return code === 0 ? stdout.trim() : '';
}
