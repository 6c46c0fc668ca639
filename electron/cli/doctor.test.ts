import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { ResourceLocations } from '../workspace/locations.js';
import { runDoctor } from './doctor.js';

const build = fileURLToPath(new URL('../../build', import.meta.url));
let workspace: string;
beforeEach(() => (workspace = fs.mkdtempSync(path.join(tmpdir(), 'cuecard-doctor-'))));
afterEach(() => fs.rmSync(workspace, { recursive: true }));

/** What the doctor finds of the search model that `embedder.json` names. */
async function findingOn(content: object | string | null): Promise<unknown> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  if (content !== null) fs.writeFileSync(path.join(workspace, 'embedder.json'), text);
  const resources: Partial<ResourceLocations> = {
    engineWorkerFile: path.join(build, 'engine-worker.js'),
    demoWorkspaceDir: path.join(build, 'demo-workspace'),
  };
  let out = '';
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((part) => ((out += String(part)), true));
  try {
    const env = { CUECARD_HOME: workspace, SET: 'a key' };
    await runDoctor({ json: true, workspace, resources: resources as ResourceLocations, env });
  } finally {
    spy.mockRestore();
  }
  const findings = JSON.parse(out) as { name: string }[];
  return findings.find(({ name }) => name === 'Search model');
}

const service = { kind: 'openai_compatible', baseUrl: 'http://localhost:1/v1', model: 'm', dimensions: 3 };

it.each([
  ['nothing chosen', null, 'ok', 'bundled'],
  ['a service', { ...service, keyVariable: 'SET' }, 'ok', 'http://localhost:1/v1'],
  ['a service whose key is not set', { ...service, keyVariable: 'NOT_SET' }, 'warning', 'its key is missing'],
  [
    'a folder that is gone',
    { kind: 'onnx_directory', dir: '/no/where' },
    'warning',
    '/no/where is not there',
  ],
  ['a damaged file', '{"kind":', 'warning', 'not JSON'],
])('reports the search model: %s', async (_, content, status, detail) => {
  expect(await findingOn(content)).toMatchObject({
    status,
    detail: expect.stringContaining(detail) as string,
    ...(status === 'ok' ? {} : { fix: expect.stringMatching(/\w+/) as string }),
  });
});
