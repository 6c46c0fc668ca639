import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repoRoot = dirname(dirname(fileURLToPath(import.meta.url)));
const depcruise = join(repoRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const folders = ['electron', 'renderer', 'shared', 'scripts', 'e2e'];

/**
 * Runs the check as `npm run boundaries` does, in `root`.
 * @param {string} root
 */
async function boundaries(root) {
  const args = [depcruise, '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long', ...folders];
  const run = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error) => error);
  // The report wraps its lines; a message is one text again without the wrapping.
  return { code: run.code ?? 0, report: String(run.stdout).replaceAll(/\s+/g, ' ') };
}

/** Who imports what against the rules, and what the report must then say. */
const violations = [
  {
    rule: 'shared-stands-alone',
    file: 'shared/domain/order.ts',
    line: "export { thing } from 'some-package';",
    says: 'put what needs Node or Electron into electron/',
  },
  {
    rule: 'electron-package-at-the-edge',
    file: 'electron/feedback/box.ts',
    line: "import { dialog } from 'electron'; dialog();",
    says: 'add what you need to electron/platform',
  },
  {
    rule: 'stages-never-meet',
    file: 'electron/agents/drafting/write.ts',
    line: "import { plan } from '../tools/plan.js'; plan();",
    says: 'a noun in shared/domain that travels in the graph state',
  },
  {
    rule: 'agents-know-ports-only',
    file: 'electron/agents/retrieval/find.ts',
    line: "import { hnsw } from '../../knowledge/hnsw.js'; hnsw();",
    says: 'compose.ts chooses the adapter',
  },
  {
    rule: 'foundations-stand-apart',
    file: 'electron/helpdesk/inbox.ts',
    line: "import type { Hnsw } from '../knowledge/hnsw.js'; export type X = Hnsw;",
    says: 'electron/engine (knowledge with models) or electron/suggestions combines',
  },
  {
    rule: 'engine-without-network',
    file: 'electron/engine/ask.ts',
    line: "import { createServiceEmbedders } from '../models/adapters/openai-embedder.js'; createServiceEmbedders();",
    says: 'through its client only',
  },
  {
    rule: 'handlers-call-services',
    file: 'electron/ipc/handlers/order.ts',
    line: "import { hnsw } from '../../knowledge/hnsw.js'; hnsw();",
    says: 'add a method to the service',
  },
  {
    rule: 'platform-knows-no-support-work',
    file: 'electron/platform/tray.ts',
    line: "import { box } from '../feedback/box.js'; box();",
    says: 'hand it a plain value or a function from main.ts',
  },
  {
    rule: 'features-never-meet',
    file: 'renderer/features/inbox/list.tsx',
    line: "import { card } from '../suggestion/card.js'; card();",
    says: 'renderer/app composes them',
  },
  {
    rule: 'window-and-main-meet-in-contracts',
    file: 'renderer/bridge/client.ts',
    line: "import { hnsw } from '../../electron/knowledge/hnsw.js'; hnsw();",
    says: 'ask through renderer/bridge',
  },
  {
    rule: 'window-without-node',
    file: 'renderer/app/files.ts',
    line: "import fs from 'node:fs'; fs.rmSync('x');",
    says: 'the window is sandboxed',
  },
  {
    rule: 'no-circles',
    file: 'renderer/ui/button.ts',
    line: "import { label } from './label.js'; export const button = label;",
    says: 'move what both need into a file of its own',
  },
  {
    rule: 'e2e-runs-the-app',
    file: 'e2e/order.spec.ts',
    line: "import { hnsw } from '../electron/knowledge/hnsw.js'; hnsw();",
    says: 'look at the window through e2e/pages',
  },
  {
    rule: 'e2e-takes-types-only',
    file: 'e2e/schema.spec.ts',
    line: "import { order } from '../shared/domain/plain.js'; order();",
    says: 'write `import type`',
  },
  {
    rule: 'tests-stay-tests',
    file: 'electron/workspace/seed.ts',
    line: "import { made } from './seed.test.js'; made();",
    says: 'What ships imports no test',
  },
  {
    rule: 'nothing-unresolved',
    file: 'electron/workspace/lost.ts',
    line: "import { gone } from './gone.js'; gone();",
    says: 'correct the path',
  },
];

const targets = {
  'electron/models/adapters/openai-embedder.ts':
    "import OpenAI from 'openai'; export const createServiceEmbedders = () => new OpenAI();",
  'electron/knowledge/hnsw.ts': 'export const hnsw = () => 1; export interface Hnsw { a: 1 }',
  'electron/agents/tools/plan.ts': 'export const plan = () => 1;',
  'electron/workspace/seed.test.ts': 'export const made = () => 1;',
  'renderer/features/suggestion/card.ts': 'export const card = () => 1;',
  'renderer/ui/label.ts': "import { button } from './button.js'; export const label = () => button;",
  'shared/domain/plain.ts': 'export const order = () => 1;',
  'scripts/none.mjs': 'export {};',
  'package.json': JSON.stringify({ type: 'module', dependencies: { 'some-package': '1', openai: '1' } }),
  'node_modules/electron/package.json': JSON.stringify({
    name: 'electron',
    version: '1.0.0',
    main: 'index.js',
  }),
  'node_modules/electron/index.js': 'module.exports = {};',
  'node_modules/openai/package.json': JSON.stringify({ name: 'openai', version: '1.0.0' }),
  'node_modules/openai/index.js': 'module.exports = {};',
  'node_modules/some-package/package.json': JSON.stringify({ name: 'some-package', version: '1.0.0' }),
  'node_modules/some-package/index.js': 'module.exports = {};',
};

describe('a tree that breaks the rules', () => {
  let root = '';
  let found = { code: 0, report: '' };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cuecard-boundaries-'));
    const files = { ...targets, ...Object.fromEntries(violations.map(({ file, line }) => [file, line])) };
    for (const [file, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    await cp(join(repoRoot, '.dependency-cruiser.cjs'), join(root, '.dependency-cruiser.cjs'));
    found = await boundaries(root);
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  // Catches a rule that stopped matching, for example because a folder was renamed.
  it.each(violations)('$rule is reported for $file, with where to go instead', ({ rule, file, says }) => {
    expect(found.report).toContain(`error ${rule}: ${file} →`);
    expect(found.report.toLowerCase()).toContain(says.toLowerCase());
  });

  // Catches a check that reports and yet lets the build go on.
  it('fails', () => expect(found.code).toBeGreaterThan(0));

  // Catches a rule so wide that it forbids what is right: what each file may do is not reported.
  it('reports nothing else', () => {
    const reported = [...found.report.matchAll(/error ([a-z0-9-]+): ([^ ]+)/g)].map(
      ([, rule, file]) => `${rule} ${file}`,
    );
    const wanted = violations.map(({ rule, file }) => `${rule} ${file}`);
    expect(reported.sort()).toEqual(wanted.sort());
  });
});

// Catches an import in the real tree that skips a border.
it('the real tree keeps the rules', async () => {
  expect((await boundaries(repoRoot)).report).toContain('no dependency violations found');
}, 240_000);
