import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { repoRoot } from './locations.mjs';
import { compilerAdvice, localNodeHeaders } from './npm-packages.mjs';
import { lastLines, runNpm, runProcess } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/** A small piece of real work for each module: loading alone does not find a library of the wrong kind. */
const probes = {
  'hnswlib-node': "const { HierarchicalNSW: I } = require('hnswlib-node'); new I('cosine', 2).initIndex(1);",
  libsql: "const D = require('libsql'); new D(':memory:').prepare('select 1').get();",
  'onnxruntime-node':
    "const o = require('onnxruntime-node'); new o.Tensor('float32', Float32Array.of(1), [1]);",
};

/** @typedef {keyof typeof probes} NativeModule */
export const nativeModules = /** @type {NativeModule[]} */ (Object.keys(probes));

/**
 * Loads one native module in a process of its own, so that a crash of it is a message and not the end of the set-up.
 *
 * @param {NativeModule} name
 * @returns {Promise<string | undefined>} why it does not work, or undefined when it does
 */
export async function probeNativeModule(name) {
  const { code, output } = await runProcess(process.execPath, ['-e', probes[name]], {
    cwd: repoRoot,
    timeoutMs: 60_000,
  });
  return code === 0 ? undefined : lastLines(output, 6) || `ended with code ${code}`;
}

/**
 * Makes sure that each native module works on this machine, and compiles or fetches again what does not.
 *
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<string>}
 */
export async function ensureNativeModules(step) {
  const result = nativeModules.join(', ');
  const stampFile = join(repoRoot, 'node_modules', '.cuecard-native.json');
  const fingerprint = await nativeFingerprint();
  if (fingerprint && (await readStamp(stampFile))?.['fingerprint'] === fingerprint) return result;
  step.doing('trying each one');
  for (const name of nativeModules) {
    if ((await probeNativeModule(name)) === undefined) continue;
    step.note(`${name} does not load; building it`);
    // `npm rebuild` runs the package's own installation, which is what an interrupted one lacks.
    const rebuilt = await runNpm(['rebuild', name, '--foreground-scripts'], {
      cwd: repoRoot,
      env: { ...(await localNodeHeaders()), ONNXRUNTIME_NODE_INSTALL: 'skip' },
    });
    const problem = await probeNativeModule(name);
    if (problem === undefined) continue;
    const needsCompiler = name === 'hnswlib-node';
    throw new SetupError(
      'native',
      `${name} does not work here.\n${needsCompiler && rebuilt.code !== 0 ? lastLines(rebuilt.output) : problem}`,
      needsCompiler
        ? compilerAdvice
        : 'Its binary comes with npm packages: delete node_modules and run the same command again. ' +
            'If it stays, this system or processor may not be supported (see README.md).',
    );
  }
  await writeStamp(stampFile, { fingerprint: await nativeFingerprint() });
  return result;
}

/**
 * Changes whenever a module was replaced or Node was: only then they are tried out again.
 *
 * @returns {Promise<string | undefined>} undefined when a module is not there at all
 */
async function nativeFingerprint() {
  const require = createRequire(join(repoRoot, 'package.json'));
  const parts = [process.versions.modules, process.platform, process.arch];
  for (const name of nativeModules) {
    try {
      const entry = require.resolve(name);
      parts.push(entry, String((await stat(entry)).mtimeMs));
    } catch {
      return undefined;
    }
  }
  // The one module that is compiled here is also the one whose binary can be missing while its code is there.
  const addon = join(repoRoot, 'node_modules', 'hnswlib-node', 'build', 'Release', 'addon.node');
  const info = await stat(addon).catch(() => undefined);
  return info && [...parts, info.size, info.mtimeMs].join('|');
}
