import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

import { silentLogger } from '../shared/lib/logger.js';
import { readHubConfig } from './config.js';
import { startHub } from './start-hub.js';
import { copyPgliteTemplate } from './storage/pglite-for-tests.js';

it('speaks TLS with given certificate files', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cuecard-tls-'));
  const certificate = path.join(folder, 'cert.pem');
  const key = path.join(folder, 'key.pem');
  const request = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...request, ...names, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const env = {
    CUECARD_HUB_PORT: '0',
    CUECARD_HUB_TLS_CERTIFICATE: certificate,
    CUECARD_HUB_TLS_KEY: key,
  };
  await copyPgliteTemplate(path.join(folder, 'hub', 'database'));
  const hub = await startHub(readHubConfig(env, path.join(folder, 'hub')), {}, () => silentLogger);
  expect(hub.url).toMatch(/^https:/);
  const ca = await readFile(certificate);
  const status = await new Promise((resolve, reject) => {
    get(`${hub.url}/healthz`, { ca }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });
  expect(status).toBe(200);
  await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
  await hub.stop();
  const missing = { ...env, CUECARD_HUB_TLS_KEY: path.join(folder, 'none.pem') };
  await expect(
    startHub(readHubConfig(missing, path.join(folder, 'hub')), {}, () => silentLogger),
  ).rejects.toMatchObject({ error: { code: 'HUB_CONFIG_INVALID' } });
  await rm(folder, { recursive: true, force: true });
});
